// The claim page: the record's Chinese words where there are some, what to do where nothing is known,
// and the registry's box that shows its shape while it is computed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addresses, api, kUrl, launch, look, open, settled } from './browser.mjs';

let browser;
let pages;
before(async () => {
  browser = await launch();
  pages = await addresses();
});
after(() => browser?.close());

test('notes, participants and printed figures are shown in the language of the page', async () => {
  const query = pages.claim.split('?')[1];
  const weigh = await api(`/api/weigh?${query}&explain=1`);
  const items = weigh.claims.flatMap((claim) => claim.groups.flatMap((group) => group.items));
  for (const item of items) {
    item.note = 'an English note';
    item.note_zh = '中文备注';
    item.participants = 'English people';
    item.participants_zh = '中文参加者';
    item.also_printed = ['English figure'];
    item.also_printed_zh = ['中文数字'];
    if (item.effect)
      Object.assign(item.effect, { printed: 'English HR', printed_zh: '中文风险比' });
  }
  const words = {
    en: ['an English note', 'English people', 'English figure'],
    zh: ['中文备注', '中文参加者', '中文数字'],
  };
  if (items.some((item) => item.effect)) {
    words.en.push('English HR');
    words.zh.push('中文风险比');
  }
  for (const lang of ['en', 'zh']) {
    const { page, finish } = await look(browser, { lang });
    await page.route('**/api/weigh**', (route) => route.fulfill({ json: weigh }));
    await open(page, pages.claim);
    const text = await page.textContent('main');
    for (const said of words[lang]) assert.ok(text.includes(said), said);
    for (const other of words[lang === 'en' ? 'zh' : 'en']) assert.ok(!text.includes(other), other);
    await finish();
  }
});

test('two concepts that nothing joins: the page says so and offers ways on that are not dead', async () => {
  const query = new URLSearchParams(pages.claim.split('?')[1]);
  const empty = { ...(await api(`/api/weigh?${query}`)), claims: [], registry: null };
  for (const lang of ['en', 'zh']) {
    const { page, finish } = await look(browser, { lang });
    await page.route('**/api/weigh**', (route) => route.fulfill({ json: empty }));
    await open(page, pages.claim);
    const ways = await page
      .locator('[data-next] a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    assert.ok(ways.length >= 3);
    for (const way of ways) {
      await open(page, way);
      assert.equal(await page.locator('[data-error]').count(), 0, way);
      if (way.includes('?q=')) {
        await page.waitForSelector('.reply .said');
        assert.ok((await page.innerText('.reply .said')).length > 10, way);
      }
    }
    await finish();
  }
});

test('the box of the registry shows its shape while it is computed, and a failure can be retried', async () => {
  const status = await api('/api/status');
  if (status.people === null) return;
  const { page, finish } = await look(browser);
  let go_on;
  const held = new Promise((done) => (go_on = done));
  let fail = true;
  await page.route('**/api/weigh**', async (route) => {
    const answer = await (await route.fetch()).json();
    await route.fulfill({ json: { ...answer, registry: null } });
  });
  await page.route('**/api/registry**', async (route) => {
    await held;
    if (!fail) return route.continue();
    await route.fulfill({
      status: 503,
      json: { error: { kind: 'unavailable', message: 'still counting', suggestions: [] } },
    });
  });
  await page.goto(
    `${kUrl}/claim?${new URLSearchParams({ subject: 'riluzole', object: 'survival' })}`,
  );
  await page.waitForSelector('article');
  await page.waitForSelector('section .skeleton');
  go_on();
  await settled(page);
  assert.match(await page.innerText('[data-error]'), /still counting/);
  fail = false;
  await page.click('[data-error] button');
  await page.waitForFunction(() => /target trial/.test(document.querySelector('main').innerText));
  await finish();
});
