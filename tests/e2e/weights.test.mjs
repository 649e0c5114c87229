// The Weights page: one answer weighed again as numbers move, presets side by side, reliability.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, look, made_up, open, settled } from './browser.mjs';

let browser;
let server;
before(async () => {
  [browser, server] = await Promise.all([launch(), made_up()]);
});
after(async () => {
  await browser?.close();
  server?.stop();
});
const said = (page) => page.locator('[data-belief]').first().innerText();

test('a number moved by hand or by key moves the answer, and one button brings it back', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, '/weights?subject=drug:amx0035&object=thaw:alsfrs_r_decline');
  const at_first = await said(page);
  assert.match(at_first, /^belief 11%/);
  await page.fill('[id="p-cap_nats.rct_confirmatory"]', '0.5');
  await page.keyboard.press('Tab');
  await page.waitForFunction(() =>
    /from 11% to/.test(document.querySelector('[data-belief]').innerText),
  );
  assert.match(page.url(), /set=cap_nats\.rct_confirmatory%3A0\.5/);
  const after_fill = await said(page);
  await page.locator('.changed input[type=range]').focus();
  await page.keyboard.press('ArrowRight');
  await page.waitForFunction(() => /%3A0\.6/.test(location.search));
  await settled(page);
  assert.notEqual(await said(page), after_fill);
  await page.click('[data-reset]');
  await settled(page);
  assert.equal(await said(page), at_first);
  assert.doesNotMatch(page.url(), /set=/);
  await finish();
});

test('an address with changed numbers opens on them, and nonsense in it changes nothing', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  const pair = 'subject=drug:amx0035&object=thaw:alsfrs_r_decline';
  await open(page, `/weights?${pair}&set=cap_nats.rct_confirmatory:0.5`);
  assert.match(await said(page), /from 11% to/);
  await open(page, `/weights?${pair}&set=cap_nats.none:4,grade.weak:99,x,__proto__.a:1`);
  assert.match(await said(page), /^belief 11%/);
  assert.equal(await page.locator('[data-reset]').count(), 0);
  await finish();
});

test('many quick moves ask the server only for where they end', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, '/weights?subject=drug:amx0035&object=thaw:alsfrs_r_decline');
  const asked = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/reweigh')) asked.push(request.postDataJSON().parameters);
  });
  await page.locator('.number input[type=range]').nth(1).focus();
  for (let i = 0; i < 10; i += 1) await page.keyboard.press('ArrowRight');
  await settled(page);
  assert.ok(asked.length < 5, `${asked.length} requests`);
  assert.deepEqual(asked.at(-1), { ignorance_weight: 3 });
  await finish();
});

test('every preset has its line; one that cannot weigh this says so and the others stay', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await page.route('**/api/weigh?*preset=indra*', (route) =>
    route.fulfill({ status: 400, json: { error: { kind: 'bad_input', message: 'no reader' } } }),
  );
  await open(page, '/weights');
  assert.match(await page.innerText('[data-preset=indra]'), /could not be worked out.*no reader/s);
  for (const name of ['thaw', 'open-targets'])
    assert.match(await page.innerText(`[data-preset=${name}]`), /\d+%/);
  await finish();
});

test('the reliability curve is there as a picture and as a table, with intervals', async () => {
  for (const [lang, width] of [
    ['en', 1280],
    ['zh', 360],
  ]) {
    const { page, finish } = await look(browser, { url: server.url, lang, width });
    await open(page, '/weights');
    assert.equal(await page.locator('figure g .way').count(), 3);
    assert.ok((await page.locator('figure .interval').count()) >= 5);
    const box = await page.locator('figure svg[role=img]').boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= width);
    await page.locator('figure summary').click();
    assert.ok((await page.locator('figure details tbody tr').count()) >= 15);
    await finish();
  }
});
