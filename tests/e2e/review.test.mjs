// The Review page: one finding at a time by keys, by large targets and by pointer; the reason, what
// would change, undo; nothing is lost when the server does not take a verdict.
import assert from 'node:assert/strict';
import { after, before, beforeEach, afterEach, test } from 'node:test';
import { launch, look, made_up, open } from './browser.mjs';

let browser;
let server;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());
beforeEach(async () => {
  server = await made_up();
});
afterEach(() => server?.stop());

/** A page on which the curator has given a name before. */
async function at_work(kind = {}) {
  const seen = await look(browser, { url: server.url, ...kind });
  await seen.page.addInitScript(() => localStorage.setItem('thaw.curator', 'mei'));
  await open(seen.page, '/review');
  return seen;
}
const item = (page) => page.getAttribute('[data-item]', 'data-item');
const is_item = (page, id) =>
  page.waitForFunction(
    (wanted) => document.querySelector('[data-item]')?.getAttribute('data-item') === wanted,
    id,
  );

test('the name is asked once, a bad one is explained, and it is kept', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, '/review');
  assert.equal(await page.locator('[data-verdict]').count(), 0, 'no verdict without a name');
  await page.fill('#curator', '<b>');
  await page.keyboard.press('Enter');
  assert.match(await page.innerText('#curator-told'), /letters/);
  await page.fill('#curator', '陈梅');
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-verdict]');
  await open(page, '/review');
  assert.match(await page.innerText('main'), /You sign as 陈梅/);
  assert.equal(await page.locator('#curator').count(), 0);
  await finish();
});

test('by keys alone: forward, back, a verdict, undo', async () => {
  const { page, finish } = await at_work();
  const first = await item(page);
  await page.keyboard.press('j');
  const second = await item(page);
  assert.notEqual(second, first);
  await page.keyboard.press('k');
  await is_item(page, first);
  await page.keyboard.press('1');
  await is_item(page, second);
  assert.match(await page.innerText('.told'), /Yes, read right/);
  assert.equal(
    await page.evaluate(() => document.activeElement?.closest('[data-item]') !== null),
    true,
    'the new finding is where a screen reader reads on',
  );
  await page.keyboard.press('u');
  await is_item(page, first);
  assert.match(await page.innerText('.told'), /Taken back/);
  await finish();
});

test('a verdict that wants a reason waits for one: ready, own words, or not yet', async () => {
  const { page, finish } = await at_work({ lang: 'zh' });
  const first = await item(page);
  const sent = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/assess')) sent.push(request.postDataJSON());
  });
  await page.keyboard.press('3');
  await page.waitForSelector('#reason');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#reason').count(), 0);
  assert.equal(await item(page), first);
  await page.keyboard.press('2');
  await page.click('.reason button[type=submit]');
  assert.match(await page.innerText('.reason'), /请写下理由/);
  await page.fill('#reason', 'u1\n另一种细胞 ');
  await page.click('.reason button[type=submit]');
  await page.waitForFunction(
    (id) => document.querySelector('[data-item]')?.getAttribute('data-item') !== id,
    first,
  );
  assert.deepEqual(sent, [
    { item: first, verdict: 'reject', reason: 'u1 另一种细胞', curator: 'mei' },
  ]);
  const second = await item(page);
  await page.keyboard.press('5');
  await page.locator('.ready button').first().click();
  await page.waitForFunction(
    (id) => document.querySelector('[data-item]')?.getAttribute('data-item') !== id,
    second,
  );
  assert.equal(sent[1].verdict, 'not_causal');
  assert.ok(sent[1].reason.length > 3);
  await finish();
});

test('what a verdict would change is said before it is given, beside the source’s own words', async () => {
  const { page, finish } = await at_work();
  const text = await page.innerText('[data-item]');
  for (const said of [/if it was read right/, /if it was not/, /belief \d+%/, /points together/])
    assert.match(text, said);
  assert.equal(await page.locator('[data-item] blockquote mark').count(), 1);
  assert.equal(await page.locator('[data-item] .source a[href^="https://"]').count(), 1);
  await finish();
});

test('large buttons are at least 110 pixels high, stay large, and undo is in view beside them', async () => {
  const { page, finish } = await at_work({ width: 1024, height: 768 });
  await page.getByRole('button', { name: 'Large buttons' }).click();
  await open(page, '/review');
  const small = await page.$$eval(
    '[data-verdict], [data-undo], .steps button',
    (all) =>
      all
        .map((one) => one.getBoundingClientRect())
        .filter((box) => box.height < 110 || box.width < 110).length,
  );
  assert.equal(small, 0);
  await page.locator('[data-verdict=accept]').scrollIntoViewIfNeeded();
  const undo = await page.locator('[data-undo]').boundingBox();
  assert.ok(undo.y > 0 && undo.y + undo.height <= 768, 'undo is in view');
  await page.locator('[data-verdict=accept]').click();
  await page.waitForSelector('[data-undo]:not([disabled])');
  const still = await page.locator('[data-undo]').boundingBox();
  assert.deepEqual(still, undo, 'nothing moved under the eye');
  await page.click('[data-undo]');
  await page.waitForSelector('[data-undo][disabled]');
  await finish();
});

test('a verdict that was not taken stays to be given again', async () => {
  const { page, finish } = await at_work();
  const first = await item(page);
  let down = true;
  await page.route('**/api/assess', (route) =>
    down
      ? route.fulfill({ status: 503, json: { error: { kind: 'unavailable', message: 'busy' } } })
      : route.continue(),
  );
  await page.keyboard.press('1');
  await page.waitForSelector('[data-error]');
  assert.equal(await item(page), first);
  down = false;
  await page.keyboard.press('1');
  await page.waitForFunction(
    (id) => document.querySelector('[data-item]')?.getAttribute('data-item') !== id,
    first,
  );
  assert.equal(await page.locator('[data-error]').count(), 0);
  await finish();
});

test('when all is judged the page says so, and undo still brings the last one back', async () => {
  const { page, finish } = await at_work({ width: 360 });
  let last = '';
  for (let i = 0; i < 6; i += 1) {
    last = await item(page);
    await page.keyboard.press('1');
    await page.waitForFunction(
      (id) => document.querySelector('[data-item]')?.getAttribute('data-item') !== id,
      last,
    );
  }
  assert.match(await page.innerText('main'), /Nothing is waiting/);
  await open(page, '/review');
  assert.match(await page.innerText('main'), /Nothing is waiting/, 'also after a new start');
  await page.click('[data-undo]');
  await is_item(page, last);
  await finish();
});
