// The Contradictions page: both sides, how evenly matched, what would settle it; only about one thing.
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

test('each contradiction shows two sides with their bars and what would settle it', async () => {
  for (const lang of ['en', 'zh']) {
    const { page, finish } = await look(browser, { url: server.url, lang });
    await open(page, '/contradictions');
    const cards = page.locator('main ol > li');
    assert.ok((await cards.count()) > 1);
    for (const [i, card] of (await cards.all()).entries()) {
      assert.equal(await card.locator('.side').count(), i === 0 ? 1 : 2);
      assert.equal(await card.locator('.side [role=img]').count(), i === 0 ? 1 : 2);
      assert.match(await card.innerText(), lang === 'zh' ? /怎样才能分清/ : /What would settle it/);
    }
    const within = cards.first();
    for (const side of ['.supports', '.opposes'])
      assert.ok((await within.locator(`${side} .source a`).count()) > 0, side);
    assert.match(await within.locator('.opposes').innerText(), /−0\.40/);
    assert.doesNotMatch(await within.locator('.supports').innerText(), /Bensimon 2002/);
    const [left, right] = await cards.nth(1).locator('.side').all();
    assert.equal((await left.boundingBox()).y, (await right.boundingBox()).y, 'side by side');
    await finish();
  }
});

test('only about one thing: chosen by typing, kept in the address, taken off again', async () => {
  const { page, finish } = await look(browser, { url: server.url, width: 360 });
  await open(page, '/contradictions');
  const all = await page.locator('main ol > li').count();
  await page.fill('#concept', 'AMX');
  await page.waitForSelector('[role=option]');
  await page.keyboard.press('Enter');
  await page.waitForURL(/about=drug/);
  await settled(page);
  assert.ok((await page.locator('main ol > li').count()) < all);
  await page.getByRole('button', { name: 'Show all' }).click();
  await settled(page);
  assert.equal(await page.locator('main ol > li').count(), all);
  await open(page, '/contradictions?about=gene:SOD1');
  assert.match(await page.innerText('main'), /Nothing contradicts here/);
  await finish();
});
