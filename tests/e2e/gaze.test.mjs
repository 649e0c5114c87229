// The pages by the eyes alone, and by one switch: simulated eyes of 40 px sd at 30 Hz follow links,
// give a verdict, fill a field, call, rest and wake; axe finds nothing in gaze mode.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { kAxe, launch, look, made_up, open, settled } from './browser.mjs';
import { gaze_user, one_switch_user } from './gaze_user.mjs';

let browser;
let server;
before(async () => {
  [browser, server] = await Promise.all([launch(), made_up()]);
});
after(async () => {
  await browser?.close();
  server?.stop();
});

const kRoom = { width: 1280, height: 800 };

/** A page with eyes before it. */
async function with_eyes(path, { lang = 'en', seed = 1, curator = null, ...more } = {}) {
  const seen = await look(browser, { url: server.url, lang, ...kRoom });
  const user = await gaze_user(seen.page, { seed, ...more });
  if (curator)
    await seen.page.addInitScript((name) => localStorage.setItem('thaw.curator', name), curator);
  await open(seen.page, path);
  const finish = async () => {
    user.stop();
    await seen.finish();
  };
  return { page: seen.page, user, finish };
}
const state = (page) => page.evaluate(() => document.documentElement.dataset.gaze);
const state_is = (page, wanted) =>
  page.waitForFunction((word) => document.documentElement.dataset.gaze === word, wanted);

for (const lang of ['en', 'zh'])
  test(`in ${lang} the eyes follow links from the answers to a claim and go back`, async () => {
    const { page, user, finish } = await with_eyes('/answers', { lang, seed: 3 });
    await state_is(page, 'on');
    await user.choose(page.locator('main a[href^="/claim"]').first());
    await page.waitForFunction(() => location.pathname === '/claim');
    await settled(page);
    await user.choose(page.locator('[data-gaze-bar-keys] button').nth(4));
    await page.waitForFunction(() => location.pathname === '/answers');
    await user.choose(page.locator('nav.groups a').nth(1));
    await page.waitForFunction(() => location.pathname === '/evidence');
    assert.ok(user.tally.wrong <= 1, JSON.stringify(user.tally));
    await finish();
  });

test('a verdict with its reason is given by the eyes, and undone by them', async () => {
  const { page, user, finish } = await with_eyes('/review', { curator: 'mei', seed: 5 });
  const item = () => page.getAttribute('[data-item]', 'data-item');
  const first = await item();
  await user.choose(page.locator('[data-verdict]').first());
  await page.waitForFunction(
    (id) => document.querySelector('[data-item]')?.getAttribute('data-item') !== id,
    first,
  );
  const second = await item();
  await user.choose(page.locator('[data-verdict]').nth(1));
  await user.choose(page.locator('.ready button').first());
  await page.waitForFunction(
    (id) => document.querySelector('[data-item]')?.getAttribute('data-item') !== id,
    second,
  );
  await user.choose(page.locator('[data-undo]'));
  await page.waitForFunction(
    (id) => document.querySelector('[data-item]')?.getAttribute('data-item') === id,
    second,
  );
  await finish();
});

test('a select box and a text field are filled by the eyes', async () => {
  const { page, user, finish } = await with_eyes('/answers', { seed: 9 });
  const box = page.locator('main select').first();
  const before = await box.inputValue();
  await user.choose(box);
  await page.waitForSelector('dialog:modal');
  await user.choose(page.locator('dialog .choices button[aria-pressed=false]').first());
  await page.waitForFunction(() => !document.querySelector('dialog:modal'));
  assert.notEqual(await box.inputValue(), before);
  await settled(page);
  const ask = page.locator('main input[type=text], main input[type=search]').first();
  await user.choose(ask);
  for (const letter of 'als') await user.choose(page.locator(`dialog [data-key="${letter}"]`));
  await user.choose(page.locator('dialog .ends button').first());
  assert.equal(await ask.inputValue(), 'als');
  await finish();
});

test('a text field takes Chinese by its letters, and letters again at a key', async () => {
  const { page, user, finish } = await with_eyes('/answers', { lang: 'zh', seed: 10 });
  await settled(page);
  const ask = page.locator('main input[type=text], main input[type=search]').first();
  await user.choose(ask);
  for (const letter of 'xiang') await user.choose(page.locator(`dialog [data-key="${letter}"]`));
  await user.choose(page.locator('dialog .offers [data-key="想"]'));
  await user.choose(page.locator('dialog [data-act="language"]'));
  for (const letter of 'tdp') await user.choose(page.locator(`dialog [data-key="${letter}"]`));
  await user.choose(page.locator('dialog .ends button').first());
  assert.equal(await ask.inputValue(), '想tdp');
  await finish();
});

test('at rest a look at the dot takes the tracker’s offset over', async () => {
  const { page, user, finish } = await with_eyes('/people', { seed: 13 });
  await user.choose(page.locator('[data-gaze-bar-keys] [data-dwell=rest]'));
  await page.waitForSelector('[data-gaze-rest] .recentre');
  await user.choose(page.locator('.recentre'));
  await page.waitForFunction(() =>
    /Taken over/.test(document.querySelector('.recentre').innerText),
  );
  assert.equal(await state(page), 'rest');
  await user.choose(page.locator('[data-gaze-rest] .one'));
  await user.choose(page.locator('[data-gaze-rest] .two'));
  await state_is(page, 'on');
  await finish();
});

test('rest leaves only CALL and the two marks; two marks wake', async () => {
  const { page, user, finish } = await with_eyes('/people', { seed: 12 });
  await user.choose(page.locator('[data-gaze-bar-keys] [data-dwell=rest]'));
  await state_is(page, 'rest');
  await page.waitForSelector('[data-gaze-rest]');
  const before = await page.evaluate(() => globalThis.seen_selections.length);
  user.eye.look({ x: 640, y: 500 });
  await page.waitForTimeout(500);
  assert.equal(await page.evaluate(() => globalThis.seen_selections.length), before);
  await user.choose(page.locator('[data-gaze-rest] .call'));
  await page.waitForSelector('.calling');
  assert.equal(await state(page), 'rest');
  await user.choose(page.locator('[data-gaze-rest] .one'));
  assert.equal(await state(page), 'rest');
  await user.choose(page.locator('[data-gaze-rest] .two'));
  await state_is(page, 'on');
  assert.equal(await page.locator('[data-gaze-rest]').count(), 0);
  await finish();
});

test('a lost tracker is quiet: a word for who asks, no banner; it comes back by itself', async () => {
  const { page, user, finish } = await with_eyes('/about', { seed: 2 });
  await state_is(page, 'on');
  user.hush();
  await state_is(page, 'lost');
  assert.equal(await page.locator('[role=alert]').count(), 0);
  await finish();
});

test('a pointer that rests on a link follows it; a click by hand pauses the dwell', async () => {
  const { page, finish } = await look(browser, { url: server.url, ...kRoom });
  await page.addInitScript(() => localStorage.setItem('thaw.gaze', 'on'));
  await open(page, '/answers');
  const link = await page.locator('nav.groups a').nth(1).boundingBox();
  const at = [link.x + link.width / 2, link.y + link.height / 2];
  await page.mouse.move(600, 330);
  await page.waitForTimeout(1100);
  await page.mouse.move(...at, { steps: 3 });
  await page.waitForFunction(() => location.pathname === '/evidence', undefined, { timeout: 4000 });
  await page.mouse.move(20, 330);
  await page.mouse.down();
  await page.mouse.up();
  const other = await page.locator('nav.groups a').nth(2).boundingBox();
  await page.mouse.move(other.x + 40, other.y + 40, { steps: 3 });
  await page.waitForTimeout(1500);
  assert.equal(new URL(page.url()).pathname, '/evidence', 'a hand was at work');
  await finish();
});

test('one switch follows a link, gives a verdict, calls, rests and wakes', async () => {
  const { page, finish } = await look(browser, { url: server.url, ...kRoom });
  const user = await one_switch_user(page);
  await page.addInitScript(() => localStorage.setItem('thaw.curator', 'mei'));
  await page.goto('/evidence');
  await user.pass(500);
  await user.choose(page.locator('nav.pages a').nth(1));
  await page.waitForFunction(() => location.pathname === '/review');
  await page.waitForSelector('[data-verdict]');
  const first = await page.getAttribute('[data-item]', 'data-item');
  const verdict = page.locator('[data-verdict]').first();
  await user.bring_into_view(verdict);
  await user.choose(verdict);
  await page.waitForFunction(
    (id) => document.querySelector('[data-item]')?.getAttribute('data-item') !== id,
    first,
  );
  await user.choose(page.locator('[data-gaze-bar-keys] [data-dwell=call]'));
  await page.waitForSelector('.calling');
  await user.choose(page.locator('[data-gaze-bar-keys] [data-dwell=call]'));
  await user.choose(page.locator('[data-gaze-bar-keys] [data-dwell=rest]'));
  await user.pass(500);
  await user.choose(page.locator('[data-gaze-rest] .one'));
  await user.choose(page.locator('[data-gaze-rest] .two'));
  await user.pass(100);
  await state_is(page, 'on');
  await finish();
});

for (const lang of ['en', 'zh'])
  test(`in gaze mode axe finds nothing, nothing scrolls sideways, keys are large, in ${lang}`, async () => {
    for (const [width, height] of [
      [1280, 800],
      [360, 700],
    ]) {
      const { page, finish } = await look(browser, { url: server.url, lang, width, height });
      await page.addInitScript(() => {
        localStorage.setItem('thaw.gaze', 'on');
        localStorage.setItem('thaw.gaze.settings', '{"pointer":false}');
        localStorage.setItem('thaw.curator', 'mei');
      });
      for (const path of [
        '/answers',
        '/claim?subject=drug:riluzole&object=thaw:survival',
        '/review',
      ]) {
        await open(page, path);
        const where = `${path} at ${width}`;
        await page.evaluate(kAxe);
        const found = await page.evaluate(async () => (await globalThis.axe.run()).violations);
        assert.deepEqual(
          found.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`),
          [],
          where,
        );
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.ok(over <= 0, `${where} is ${over}px too wide`);
        if (width < 1000) continue;
        const small = await page.$$eval(
          'main :is(button, select), header nav a, [data-gaze-bar-keys] > *',
          (targets) =>
            targets
              .filter((one) => one.checkVisibility())
              .map((one) => [one.getBoundingClientRect(), one.outerHTML.slice(0, 100)])
              .filter(([box]) => box.height < 109 || box.width < 109)
              .map(([box, html]) => `${box.width}x${box.height} ${html}`),
        );
        assert.deepEqual(small, [], where);
      }
      await finish();
    }
  });
