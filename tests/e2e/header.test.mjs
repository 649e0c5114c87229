// The header: ten pages in four groups, calm on a phone, by keyboard, with the current page marked.
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
const kPages = [
  '/answers',
  '/graph',
  '/chains',
  '/evidence',
  '/review',
  '/contradictions',
  '/weights',
  '/changes',
  '/people',
  '/about',
];

test('every page is reached by two steps at most, and says where it stands', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, '/answers');
  for (const path of kPages) {
    await page.locator('nav.groups a').first().click();
    const direct = page.locator(`header nav a[href="${path}"]`).first();
    if (!(await direct.count())) {
      for (const group of await page.locator('nav.groups a').all()) {
        await group.click();
        if (await page.locator(`nav.pages a[href="${path}"]`).count()) break;
      }
    }
    await page.locator(`header nav a[href="${path}"]`).last().click();
    await page.waitForFunction((to) => location.pathname === to, path);
    const marked = page.locator('header [aria-current=page]');
    assert.equal(await marked.count(), 1, path);
    assert.equal(await marked.getAttribute('href'), path);
    assert.equal(await page.locator('header [aria-current=true]').count(), 1, path);
  }
  await finish();
});

test('on a phone the header is three lines, whatever the group and the language', async () => {
  for (const lang of ['en', 'zh']) {
    const { page, finish } = await look(browser, { url: server.url, lang, width: 360 });
    for (const path of kPages) {
      await open(page, path);
      const { height } = await page.locator('header').boundingBox();
      assert.ok(height <= 150, `${path} in ${lang}: ${height}px`);
    }
    await finish();
  }
});

test('a claim and a paper stand under the page they are opened from; no page under none', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, '/claim?subject=drug:riluzole&object=thaw:survival');
  assert.equal(await page.getAttribute('header [aria-current=page]', 'href'), '/answers');
  await open(page, '/paper?id=PMID:28522181');
  assert.equal(await page.getAttribute('header [aria-current=page]', 'href'), '/evidence');
  await open(page, '/no-such-page');
  assert.equal(await page.locator('header [aria-current]').count(), 0);
  await finish();
});
