// The speaking page keeps what was said until the server has it, its phrases are changed on it, and its
// sound is asked for by one touch; the panels that need a question or a helper hold up to axe.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kAxe } from './browser.mjs';
import { begin, desk, get, write } from './speak_desk.mjs';

begin();

const violations = async (page) => {
  await page.evaluate(kAxe);
  return page.evaluate(async () => {
    const out = await globalThis.axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return out.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 140)}`);
  });
};

test('what was said while the server was away is told after a reload, in order and once', async () => {
  const { page, finish } = await desk({ cut: true });
  await page.route('**/api/speak/said', (route) => route.abort());
  await write(page, ['wo', '我']);
  await page.click('.corner.speak');
  await write(page, ['ni', '你']);
  await page.click('.corner.speak');
  await page.waitForFunction(
    () => JSON.parse(localStorage.getItem('thaw.speak.unsaid') ?? '{}').waiting?.length === 2,
  );
  await page.unroute('**/api/speak/said');
  await page.reload();
  await page.waitForFunction(
    () => JSON.parse(localStorage.getItem('thaw.speak.unsaid')).waiting.length === 0,
  );
  const { said } = await get('/api/speak/said');
  assert.deepEqual(
    said.map((one) => one.text),
    ['你。', '我。'],
  );
  await finish();
});

test('what the server refuses is shown quietly, kept, and let go once it was seen', async () => {
  const { page, finish } = await desk();
  await page.route('**/api/speak/said', (route) =>
    route.fulfill({ status: 400, json: { error: { kind: 'bad_input', message: 'no' } } }),
  );
  await write(page, ['wo', '我']);
  await page.click('.corner.speak');
  await page.waitForSelector('[data-note="unsaid"]');
  assert.match(await page.innerText('[data-note="unsaid"]'), /我。/);
  await page.reload();
  await page.waitForSelector('[data-note="unsaid"]');
  await page.click('[data-panel="more"]');
  await page.click('[data-more="text"]');
  assert.match(await page.innerText('[data-refused]'), /我。/);
  await page.click('[data-act="unsaid-seen"]');
  await page.waitForSelector('[data-refused]', { state: 'detached' });
  assert.equal(await page.locator('[data-note="unsaid"]').count(), 0);
  await finish();
});

test('what is written becomes a phrase, is moved and removed, without leaving the page', async () => {
  const { page, finish } = await desk();
  await write(page, ['wo', '我'], ['xiang', '想'], ['he', '喝']);
  await page.click('[data-panel="phrases"]');
  await page.waitForSelector('[data-act="edit"]');
  await page.click('[data-key="next"]');
  await page.click('[data-key="next"]');
  await page.click('[data-act="edit"]');
  await page.click('[data-act="phrase-add"]');
  const texts = () =>
    page.$$eval('.phrase', (all) => all.map((one) => one.firstChild.textContent.trim()));
  const shows = (wanted) =>
    page.waitForFunction(
      (text) =>
        [...document.querySelectorAll('.phrase')].map((one) => one.innerText).join() === text,
      wanted,
    );
  await shows('叫妈妈来,叫护士,陪陪我,我想喝');
  await page.click('[data-act="phrase-left"]');
  await shows('叫妈妈来,叫护士,我想喝,陪陪我');
  await page.click('.phrase:has-text("叫护士")');
  await page.click('[data-act="phrase-remove"]');
  await shows('叫妈妈来,我想喝,陪陪我');
  assert.deepEqual(await violations(page), []);
  const { said } = await get('/api/speak/said');
  assert.deepEqual(said, [], 'changing phrases says nothing');
  await page.click('[data-act="edited"]');
  await page.click('.phrase:has-text("我想喝")');
  await page.waitForFunction(async () => {
    const { said } = await (await fetch('/api/speak/said')).json();
    return said[0]?.text === '我想喝';
  });
  assert.equal((await texts()).length, 3);
  await finish();
});

test('axe finds nothing on the second step of sending and on the whole-sentence helper', async () => {
  const { page, finish } = await desk({ width: 1280, height: 800 });
  await page.route('**/api/gaze/expander', (route) =>
    route.fulfill({
      json: { configured: true, host: 'model.example', leaves: { en: 'Letters.', zh: '字母。' } },
    }),
  );
  await page.click('[data-panel="more"]');
  await page.click('[data-more="questions"]');
  await page.click('[data-more="review"]');
  await page.locator('[data-item]').first().click();
  await page.waitForSelector('[data-question]');
  await write(page, ['bu', '不'], ['hao', '好']);
  await page.click('.corner.speak');
  await page.click('[data-panel="sentences"]');
  await page.waitForSelector('[data-state="heard"]');
  assert.deepEqual(await violations(page), [], 'sentences');
  await page.click('[data-act="approve-all"]');
  await page.click('[data-act="send"]');
  await page.waitForSelector('[data-whole]');
  assert.deepEqual(await violations(page), [], 'sending');
  await page.click('[data-act="not-yet"]');
  await page.click('[data-panel="more"]');
  await page.click('[data-more="expander"]');
  await page.waitForSelector('[data-act="expand"]');
  assert.deepEqual(await violations(page), [], 'expander');
  await finish();
});

test('a small window says how small its keys are and offers large ones', async () => {
  const { page, finish } = await desk({ lang: 'en', width: 1024, height: 768 });
  await page.click('[data-panel="more"]');
  await page.click('[data-more="settings"]');
  const [, shown] = (await page.innerText('[data-small]')).match(/keys of (\d+) px/);
  const { width, height } = await page.locator('.corner.call').boundingBox();
  assert.ok(Math.abs(Math.min(width, height) - Number(shown)) <= 2, `${width} ${height} ${shown}`);
  await page.click('[data-act="large-keys"]');
  await page.waitForSelector('.desk.tired');
  const large = await page.locator('.corner.call').boundingBox();
  assert.ok(Math.min(large.width, large.height) >= 110);
  await finish();
});

test('words of the draft are at least 110 pixels wide and high at 1280x800', async () => {
  const { page, finish } = await desk({ width: 1280, height: 800 });
  await write(page, ['wo', '我'], ['xiang', '想']);
  for (const box of await page.$$eval('[data-word]', (all) =>
    all.map((one) => one.getBoundingClientRect().toJSON()),
  ))
    assert.ok(box.width >= 110 && box.height >= 110, JSON.stringify(box));
  await finish();
});
