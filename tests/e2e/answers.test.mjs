// The answers page says what the server said, in words that do not promise more: every direct claim
// has its bar and leads to it, the unknown is marked, and the settings live in the address.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { api, kUrl, launch, look, open, settled } from './browser.mjs';

let browser;
let status;
let ranking;
before(async () => {
  browser = await launch();
  status = await api('/api/status');
  ranking = await api(`/api/rank?outcome=${encodeURIComponent(status.default_outcome)}&top=12`);
});
after(() => browser?.close());

const kWords = {
  en: {
    helps: 'of possible worlds: it helps',
    error: /computing error (±\d+\.[1-9]|±[1-9]\d*\.\d|below 0\.1) points/,
    little: 'Little is known: mostly the starting point speaks',
    untested: 'Only mechanisms speak; not tested directly.',
    plain: /not a recommendation, and it says nothing about you/,
  },
  zh: {
    helps: '的可能世界里\uff1a它有益',
    error: /计算误差(不到| ±)\s?\d+\.\d 个百分点/,
    little: '所知甚少\uff1a主要是起点在说话',
    untested: '只有机制在说话\uff1b没有直接检验过。',
    plain: /不是推荐\uff0c也不说明您个人的情况/,
  },
};

/** The least unknown share of what was tested directly, else the largest of the best chain. */
function unknown(answer) {
  const direct = [...(answer.parts ?? []).map((part) => part.ignorance)];
  if (answer.ignorance !== null) direct.push(answer.ignorance);
  if (direct.length > 0) return Math.min(...direct);
  return Math.max(...(answer.chain?.hops ?? [{ ignorance: 1 }]).map((hop) => hop.ignorance));
}

for (const lang of ['en', 'zh']) {
  test(`every answer says its share of possible worlds, and where little is known, in ${lang}`, async () => {
    const { page, finish } = await look(browser, { lang });
    await open(page, '/answers');
    assert.match(await page.innerText('.lead'), kWords[lang].plain);
    const rows = page.locator('.ranking > li');
    assert.equal(await rows.count(), ranking.answers.length);
    for (const [i, answer] of ranking.answers.entries()) {
      const text = await rows.nth(i).innerText();
      assert.ok(text.includes(kWords[lang].helps), text);
      assert.match(text, kWords[lang].error);
      assert.doesNotMatch(text, /(^|\s)(0|100)% (of possible|的可能)/, text);
      assert.equal(text.includes(kWords[lang].little), unknown(answer) >= 0.6, text);
      assert.equal(
        text.includes(kWords[lang].untested),
        answer.parts ? answer.parts.length === 0 : answer.opinion === null,
        text,
      );
    }
    assert.doesNotMatch(await page.innerText('main'), /chance it (helps|harms)|有(益|害)的可能 /);
    await finish();
  });
}

test('every direct claim has its bar, labelled by what was measured, and leads to its page', async () => {
  const { page, finish } = await look(browser);
  await open(page, '/answers');
  const rows = page.locator('.ranking > li');
  for (const [i, answer] of ranking.answers.entries()) {
    const shown = rows.nth(i).locator('[data-part]');
    assert.equal(await shown.count(), answer.parts?.length ?? 0, answer.candidate.name.en);
    for (const [k, part] of (answer.parts ?? []).entries()) {
      const link = shown.nth(k).locator('a');
      assert.equal(await link.innerText(), `on ${part.object.name.en}`);
      assert.equal(
        await link.getAttribute('href'),
        `/claim?${new URLSearchParams({ subject: answer.candidate.id, object: part.object.id })}`,
      );
      const bar = await shown.nth(k).locator('[role=img]').getAttribute('aria-label');
      assert.ok(
        bar.includes(`against ${Math.round(100 * part.opinion.against)}%`) || /[<>]/.test(bar),
      );
    }
  }
  const first = page.locator('[data-part] a').first();
  if ((await first.count()) > 0) {
    await first.click();
    await settled(page);
    assert.ok((await page.locator('article').count()) > 0, 'the part leads to its claim');
  }
  await finish();
});

test('a server without parts still gets its one bar', async () => {
  const { page, finish } = await look(browser);
  const old = ranking.answers.map(({ parts: _, ...answer }) => answer);
  await page.route('**/api/rank**', (route) =>
    route.fulfill({ json: { ...ranking, answers: old } }),
  );
  await open(page, '/answers');
  assert.equal(await page.locator('[data-part]').count(), 0);
  assert.equal(
    await page.locator('.ranking .belief').count(),
    old.filter((answer) => answer.opinion).length,
  );
  await finish();
});

test('the outcomes stand in the order of the server, the default one is chosen', async () => {
  const { page, finish } = await look(browser);
  await open(page, '/answers');
  assert.deepEqual(
    await page.locator('#outcome option').allInnerTexts(),
    status.outcomes.map((one) => one.name.en),
  );
  assert.equal(await page.inputValue('#outcome'), status.default_outcome);
  await finish();
});

test('year and starting point live in the address and come back from it', async () => {
  const { page, finish } = await look(browser);
  await open(page, '/answers');
  await page.fill('#as-of', '2015');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/answers?as_of=2015');
  await page.locator('fieldset button').nth(1).click();
  await page.waitForURL('**/answers?as_of=2015&prior=0.1');
  await settled(page);
  await page.reload();
  await settled(page);
  assert.equal(await page.inputValue('#as-of'), '2015');
  assert.equal(await page.locator('fieldset [aria-pressed=true]').innerText(), 'sceptical: 10%');
  const link = await page.locator('.ranking h2 a').first().getAttribute('href');
  assert.match(link, /as_of=2015&prior=0\.1/);
  await page.fill('#as-of', '');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/answers?prior=0.1');
  await finish();
});

test('a year that is none is refused kindly and changes nothing', async () => {
  for (const [lang, words] of [
    ['en', /Please give a year from 1994 to \d{4}/],
    ['zh', /请填 1994 到 \d{4} 之间的年份/],
  ]) {
    const { page, finish } = await look(browser, { lang });
    await open(page, '/answers?as_of=2015');
    const before_all = await page.innerText('.ranking');
    for (const nonsense of ['soon', '20x5', '1', '3000', '-2015', '2015.5', '<b>', '1e3']) {
      await page.fill('#as-of', nonsense);
      await page.keyboard.press('Enter');
      assert.match(await page.innerText('#as-of-told'), words, nonsense);
      assert.equal(await page.getAttribute('#as-of', 'aria-invalid'), 'true');
      assert.equal(page.url(), `${kUrl}/answers?as_of=2015`);
      assert.equal(await page.innerText('.ranking'), before_all);
    }
    await page.fill('#as-of', '2010');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/answers?as_of=2010');
    assert.equal((await page.innerText('#as-of-told')).trim(), '');
    await open(page, '/answers?as_of=soon');
    assert.match(await page.innerText('#as-of-told'), words);
    await finish();
  }
});
