// The Evidence page: a hundred thousand claims searched and paged, filters in the address; papers
// with their quotations marked; files brought in with progress, stopped, refused.
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
const file = (name, text) => ({ name, mimeType: 'application/json', buffer: Buffer.from(text) });

test('a word typed quickly is asked for once, and the list of a hundred thousand goes by parts', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  const asked = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/claims')) asked.push(new URL(request.url()).searchParams);
  });
  await open(page, '/evidence');
  assert.match(await page.innerText('main'), /Claims: 100,000/);
  assert.match(await page.innerText('.pager'), /1–50 of 100,000/);
  await page.click('a[rel=next]');
  await page.waitForFunction(() => /51–100/.test(document.querySelector('.pager')?.innerText));
  asked.length = 0;
  await page.locator('#search').pressSequentially('riluzole', { delay: 15 });
  await page.waitForURL(/q=riluzole/);
  await settled(page);
  assert.deepEqual(
    asked.map((query) => query.get('q')),
    ['riluzole'],
  );
  assert.equal(asked[0].get('offset'), null, 'a new word begins at the beginning');
  assert.equal(await page.inputValue('#search'), 'riluzole');
  await page.locator('#search').pressSequentially(' ');
  await page.waitForTimeout(400);
  await page.locator('#search').pressSequentially('slows');
  await page.waitForURL(/q=riluzole\+slows/);
  assert.equal(await page.inputValue('#search'), 'riluzole slows', 'a blank is not taken away');
  await finish();
});

test('filters stand in the address, can be sent, and are cleared by one button', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, '/evidence?contested=1&min_belief=0.5&kind=drug');
  assert.match(await page.innerText('summary'), /3 set/);
  assert.equal(await page.inputValue('#min_belief'), '0.5');
  await page.getByRole('button', { name: 'Clear the filters' }).click();
  await settled(page);
  assert.equal(new URL(page.url()).search, '');
  await page.fill('#search', 'zzqqxx');
  await page.keyboard.press('Enter');
  await settled(page);
  assert.match(await page.innerText('main'), /No claim fits/);
  await finish();
});

test('papers are found by their words, and the words around them are shown', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, '/evidence?view=papers');
  const all = await page.locator('main li').count();
  await page.fill('#search', 'riluzole');
  await page.waitForURL(/q=riluzole/);
  await settled(page);
  assert.ok((await page.locator('main li').count()) < all);
  assert.match(await page.innerText('main li'), /riluzole…/);
  await page.fill('#search', 'zzqqxx');
  await page.waitForURL(/q=zzqqxx/);
  await settled(page);
  assert.match(await page.innerText('main'), /No paper fits/);
  await finish();
});

test('a claim and its words in the text show each other', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, '/evidence?view=papers');
  await page.locator('main li a').first().click();
  await settled(page);
  await page.getByRole('button', { name: 'Read it with thaw' }).click();
  await page.waitForSelector('[data-claim=r2]');
  await settled(page);
  await page.locator('[data-claim=r1] button', { hasText: 'Show in the text' }).click();
  assert.match(await page.locator('.mark[data-picked]').allInnerTexts().then(String), /slowed/);
  assert.doesNotMatch(
    await page.locator('.mark[data-picked]').allInnerTexts().then(String),
    /Oxidative/,
  );
  const mark = page.locator('.mark', { hasText: 'Oxidative' });
  await mark.focus();
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('[data-claim][data-picked]').getAttribute('data-claim'), 'r2');
  await finish();
});

test('what a reader proposes is left out, brought back and kept', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, '/paper?id=PMID:28522181&read=1');
  const stranger = page.locator('[data-claim=r3]');
  assert.match(await stranger.innerText(), /known by the name spheroid swelling/);
  assert.equal(await stranger.getByRole('button', { name: 'Keep', exact: true }).count(), 0);
  assert.equal(await stranger.locator('a').count(), 0);
  const card = page.locator('[data-claim=r2]');
  await card.getByRole('button', { name: 'Leave out' }).click();
  assert.match(await card.innerText(), /left out/);
  await card.getByRole('button', { name: 'Bring it back' }).click();
  await card.getByRole('button', { name: 'Keep', exact: true }).click();
  await page.waitForFunction(() =>
    /kept/.test(document.querySelector('[data-claim=r2] .chip')?.textContent ?? ''),
  );
  assert.equal(await card.locator('a[href^="/review?item="]').count(), 1);
  await finish();
});

test('a file comes in with its progress, and the report names the refused lines', async () => {
  const { page, finish } = await look(browser, { url: server.url, lang: 'zh' });
  await open(page, '/evidence?view=import');
  await page.getByRole('button', { name: '开始导入' }).click();
  assert.match(await page.innerText('main'), /请先选一个文件/);
  await page.setInputFiles('input[type=file]', file('new.jsonl', `{"a":1}${' '.repeat(200_000)}`));
  assert.match(await page.innerText('main'), /已选：new\.jsonl/);
  await page.getByRole('button', { name: '开始导入' }).click();
  await page.waitForSelector('[data-job=running] progress[value]');
  await page.waitForFunction(() => /每秒/.test(document.querySelector('[data-job]').innerText));
  await page.waitForSelector('[data-job=done]');
  await page.click('[data-job=done] summary');
  assert.match(await page.innerText('[data-job=done] table'), /no such drug/);
  assert.equal(await page.locator('progress').count(), 0);
  await finish();
});

test('an import is stopped by one button, and says what stays', async () => {
  const { page, finish } = await look(browser, { url: server.url, width: 360 });
  await open(page, '/evidence?view=import');
  await page.setInputFiles('input[type=file]', file('long.jsonl', '{"a":1}'));
  await page.getByRole('button', { name: 'Bring them in' }).click();
  await page.waitForSelector('[data-job=running]');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.waitForSelector('[data-job=cancelled]');
  assert.match(await page.innerText('[data-job=cancelled]'), /What had been read stays/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.waitForSelector('[data-job=done]');
  await finish();
});

test('a bad file is refused with its place, and a server that only reads says so', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, '/evidence?view=import');
  await page.setInputFiles('input[type=file]', file('bad.jsonl', 'no json at all'));
  await page.getByRole('button', { name: 'Bring them in' }).click();
  await page.waitForSelector('[data-job=failed]');
  assert.match(await page.innerText('[data-job=failed]'), /line 1: this is no JSON/);
  await page.route('**/api/uploads', (route) =>
    route.fulfill({ status: 403, json: { error: { kind: 'denied', message: 'read only' } } }),
  );
  await page.setInputFiles('input[type=file]', file('good.jsonl', '{}'));
  await page.getByRole('button', { name: 'Bring them in' }).click();
  await page.waitForSelector('[data-error=denied]');
  assert.match(await page.innerText('[data-error]'), /read but not change/);
  await finish();
});

test('twelve files at once all come in: sent one after another, never more streams than a browser holds', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  let streams = 0;
  page.on('request', (request) => {
    if (request.url().includes('/api/job/events')) streams += 1;
  });
  await open(page, '/evidence?view=import');
  const files = Array.from({ length: 12 }, (_, i) => file(`part${i}.jsonl`, '{"a":1}'));
  await page.setInputFiles('input[type=file]', files);
  await page.getByRole('button', { name: 'Bring them in' }).click();
  await page.waitForFunction(
    () => document.querySelectorAll('section[aria-label*="being"] [data-job=done]').length === 12,
  );
  assert.ok(streams < 12, `${streams} streams`);
  await finish();
});

test('a piece that got no answer is sent again, from where it was', async () => {
  const { page, finish } = await look(browser, { url: server.url });
  await open(page, '/evidence?view=import');
  const offsets = [];
  await page.route('**/api/upload?**', (route) => {
    offsets.push(new URL(route.request().url()).searchParams.get('offset'));
    return offsets.length === 2 ? route.abort() : route.continue();
  });
  await page.setInputFiles('input[type=file]', file('two.jsonl', `{"a":1}${' '.repeat(100_000)}`));
  await page.getByRole('button', { name: 'Bring them in' }).click();
  await page.waitForSelector('section[aria-label*="being"] [data-job=done]');
  assert.deepEqual(offsets, ['0', '65536', '65536']);
  await page.context().close();
  await finish().catch((error) => assert.match(String(error), /ERR_FAILED/));
});
