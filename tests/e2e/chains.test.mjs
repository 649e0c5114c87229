// The Chains page: the chains of two concepts drawn, their steps opened, asked for by sign, length
// and kind; with the keyboard alone; kind words where there is no chain.
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
const kWay = '/chains?from=drug:riluzole&to=thaw:als_progression';

test('each step of a chain opens its evidence in place, and closes again', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, kWay);
  const step = page.locator('.chain button').first();
  assert.equal(await step.getAttribute('aria-expanded'), 'false');
  await step.focus();
  await page.keyboard.press('Enter');
  await settled(page);
  assert.ok((await page.locator('.detail .source a').count()) > 0);
  assert.equal(await page.locator('.detail a[href^="/claim?"]').count(), 1);
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('.detail').count(), 0);
  await finish();
});

test('a sign, a number of steps and a number of chains are asked for and stay in the address', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  const asked = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/chains')) asked.push(new URL(request.url()).searchParams);
  });
  await open(page, kWay);
  const all = await page.locator('ol > li').count();
  await page.selectOption('#hops', '2');
  await settled(page);
  assert.ok((await page.locator('ol > li').count()) < all);
  await page.getByRole('button', { name: 'raises', exact: true }).click();
  await settled(page);
  assert.equal(asked.at(-1).get('sign'), '+');
  assert.equal(asked.at(-1).get('max_hops'), '2');
  assert.match(page.url(), /max_hops=2/);
  assert.match(await page.innerText('main'), /No chain joins these two/);
  assert.ok((await page.locator('main a[href^="/graph?"]').count()) >= 2);
  await finish();
});

test('the picture of all chains holds each of their concepts once', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, kWay);
  const names = new Set(await page.locator('ol .chain .concept').allInnerTexts());
  await page.getByRole('button', { name: 'Picture of all' }).click();
  assert.equal(await page.locator('.frame a.node').count(), names.size);
  await finish();
});

test('without a beginning the page offers some, also in Chinese on a phone', async () => {
  for (const lang of ['en', 'zh']) {
    const { page, finish } = await look(browser, { url: server.url, lang, width: 360 });
    await open(page, '/chains');
    const first = page.locator('main li a').first();
    assert.ok((await first.boundingBox()).height >= 43.5);
    await first.click();
    await settled(page);
    await page.waitForSelector('ol .chain');
    await finish();
  }
});

test('both ends are found by typing, and can be swapped', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, '/chains');
  await page.fill('#from', 'edarav');
  await page.waitForSelector('#from-list [role=option]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/from=drug/);
  await settled(page);
  assert.match(await page.innerText('h1'), /From edaravone/);
  await page.getByRole('button', { name: 'Swap' }).click();
  await settled(page);
  assert.match(await page.innerText('h1'), /to edaravone/);
  await finish();
});
