// The Changes page: since a day, what moved and why, down to the findings; days that are none.
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

test('a change shows before, after, its cause, and the findings behind it', async () => {
  for (const [lang, words] of [
    ['en', [/from 85% to 62%/, /less sure/, /A paper was retracted/]],
    ['zh', [/从 85% 到 62%/, /更不可信/, /一篇论文被撤稿/]],
  ]) {
    const { page, finish } = await look(browser, { url: server.url, lang, width: 360 });
    await open(page, '/changes');
    const card = page.locator('main ol > li').first();
    for (const word of words) assert.match(await card.innerText(), word);
    await card.locator('summary').click();
    assert.match(await card.locator('tbody').innerText(), /T11/);
    assert.match(await card.locator('tbody').innerText(), /\+1\.20/);
    await finish();
  }
});

test('a day or a span is asked for and stays in the address; a day that is none is explained', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  const asked = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/changes')) asked.push(new URL(request.url()).searchParams);
  });
  await open(page, '/changes?since=2026-11-21');
  assert.equal(asked.at(-1).get('since'), '2026-11-21');
  assert.match(await page.innerText('main'), /Nothing has moved/);
  assert.ok((await page.locator('main a[href="/review"]').count()) > 0);
  await page.getByRole('button', { name: 'the beginning' }).click();
  await settled(page);
  assert.equal(asked.at(-1).get('since'), null);
  await page.getByRole('button', { name: 'one week' }).click();
  await settled(page);
  assert.match(asked.at(-1).get('since'), /^\d{4}-\d\d-\d\d$/);
  await open(page, '/changes?since=soon');
  assert.match(await page.innerText('#since-told'), /2026-11-01/);
  await finish();
});
