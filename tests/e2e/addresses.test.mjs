// Addresses of the pages for working on evidence that hold nonsense: a kind sentence and a way on.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launch, look, made_up, open } from './browser.mjs';

let browser;
let server;
before(async () => {
  [browser, server] = await Promise.all([launch(), made_up()]);
});
after(async () => {
  await browser?.close();
  server?.stop();
});

const kBad = [
  '/chains?from=zzqqxx&to=zzqqxx',
  '/chains?from=drug:riluzole&to=thaw:survival&sign=x&k=-1&max_hops=99&via=%3Cb%3E',
  '/evidence?concept=zzqqxx',
  '/evidence?sort=zz&min_belief=abc&offset=-5&kind=%27',
  '/evidence?offset=99999999',
  '/evidence?view=papers&q=%F0%9F%A7%8A',
  '/evidence?view=nothing',
  '/paper',
  '/paper?id=zzqqxx',
  '/paper?id=PMID:28522181&read=1&threshold=7',
  '/review?outcome=zzqqxx',
  '/review?item=zzqqxx',
  '/contradictions?about=zzqqxx',
  '/contradictions?offset=1e9',
  '/weights?subject=zzqqxx&object=zzqqxx',
  '/weights?set=:,,a.b.c:9&prior=7',
  '/changes?since=soon&claim=zzqqxx',
];

for (const lang of ['en', 'zh']) {
  test(`nonsense in an address is answered kindly, in ${lang}`, async () => {
    const { page, finish } = await look(browser, { url: server.url, lang });
    for (const path of kBad) {
      await open(page, path);
      const text = await page.innerText('main');
      assert.ok(text.length > 20, path);
      assert.doesNotMatch(text, /undefined|NaN|\[object|\{\w+\}|Error:|\bat .+:\d+:\d+/, path);
      assert.ok(
        (await page.locator('main a[href^="/"], main button').count()) > 0,
        `${path}: no way on`,
      );
      if (lang === 'zh') assert.match(text, /[\u4e00-\u9fff]/, path);
    }
    await finish();
  });
}

test('a place past the end of a list is not called an empty list', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  for (const path of ['/evidence', '/contradictions', '/changes']) {
    await open(page, `${path}?offset=200000`);
    assert.match(await page.innerText('main'), /ends before this place/, path);
    await page.getByRole('link', { name: 'To its beginning' }).click();
    await page.waitForFunction(() => /^\D+: [\d,]+$/m.test(document.body.innerText));
  }
  await finish();
});

test('a server without one of the pages’ answers says so on that page, the others work', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await page.route('**/api/changes**', (route) =>
    route.fulfill({
      status: 404,
      json: { error: { kind: 'not_found', message: 'there is nothing at /api/changes' } },
    }),
  );
  await open(page, '/changes');
  assert.equal(await page.locator('[data-error]').count(), 1);
  await page.locator('nav.pages a').first().click();
  await page.waitForSelector('[data-belief]');
  await finish();
});
