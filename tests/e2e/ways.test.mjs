// The ways through the site: keyboard alone, language kept, no dead link, bad addresses answered
// kindly, failures that can be retried, hidden counts kept hidden.
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

const focused = (page) =>
  page.evaluate(
    () => document.activeElement?.getAttribute('href') ?? document.activeElement?.tagName ?? '',
  );

async function tab_to(page, wanted, most = 80) {
  for (let i = 0; i < most; i += 1) {
    await page.keyboard.press('Tab');
    const where = await focused(page);
    if (wanted.test(where)) return where;
  }
  assert.fail(`${wanted} was not reached by ${most} tabs`);
}

test('with the keyboard alone: answers, a claim, its derivation, and back to where one was', async () => {
  const { page, finish } = await look(browser);
  await open(page, '/answers');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), '#content', 'the first stop is the skip link');
  const link = await tab_to(page, /^\/claim\?/);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/claim?**');
  await settled(page);
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'H1');
  assert.ok((await page.locator('article').count()) > 0);
  await page.locator('article summary').last().focus();
  await page.keyboard.press('Enter');
  assert.ok((await page.locator('.derivation li').count()) > 1);
  await page.goBack();
  await page.waitForFunction((to) => document.activeElement?.getAttribute('href') === to, link);
  await finish();
});

/** Pages without the header; their own settings hold the language. */
const kOwnSwitch = ['speak', 'partner', 'bedroom'];

test('the language switch keeps the page and is remembered', async () => {
  const { page, finish } = await look(browser);
  for (const [name, path] of Object.entries(pages)) {
    if (kOwnSwitch.includes(name)) continue;
    await open(page, path);
    const before_switch = page.url();
    const english = await page.textContent('main');
    await page.click('button.lang');
    await settled(page);
    assert.equal(page.url(), before_switch);
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    assert.notEqual(await page.textContent('main'), english);
    await open(page, path);
    assert.equal(await page.getAttribute('html', 'lang'), 'zh-CN');
    await page.click('button.lang');
  }
  await finish();
});

test('no link is dead: those of the site open without an error, those outside are https', async () => {
  const { page, finish } = await look(browser);
  const inside = new Set();
  for (const path of [...Object.values(pages), '/answers?all=1']) {
    await open(page, path);
    for (const link of await page.$$eval('a[href]', (links) =>
      links.map((one) => one.getAttribute('href')),
    )) {
      if (link.startsWith('#')) continue;
      if (link.startsWith('/')) inside.add(link);
      else assert.match(link, /^https:\/\/[^\s]+\.[^\s]+$/, `${path}: ${link}`);
    }
  }
  assert.ok(inside.size > 10);
  const dead = [];
  for (const link of inside) {
    await page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, link);
    await settled(page);
    if ((await page.locator('[data-error]').count()) > 0) dead.push(link);
  }
  assert.deepEqual(dead, []);
  await finish();
});

test('a bad address gets a kind sentence and a way on, in both languages', async () => {
  const subject = new URLSearchParams(pages.claim.split('?')[1]).get('subject');
  const bad = [
    '/claim',
    '/claim?subject=riluzole',
    '/claim?subject=zzqqxx&object=zzqqxx',
    `/claim?subject=${encodeURIComponent(subject)}&object=%F0%9F%A7%8A`,
    '/answers?outcome=zzqqxx',
    '/answers?as_of=soon',
    '/answers?prior=7',
    '/answers?prior=abc',
    '/graph?concept=zzqqxx',
    `/graph?concept=${encodeURIComponent(subject)}&depth=99`,
    '/claim?subject=<b>x</b>&object=%27',
    '/no-such-page',
  ];
  for (const lang of ['en', 'zh']) {
    const { page, finish } = await look(browser, { lang });
    for (const path of bad) {
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
  }
});

test('a question is answered in its language, and one that is not understood gets suggestions', async () => {
  for (const [lang, known, unknown, letters] of [
    ['en', 'Does riluzole prolong survival?', 'zzqqxx vvkk?', /[a-z]/],
    ['zh', '利鲁唑能延长生存吗?', '今天天气怎么样?', /[\u4e00-\u9fff]/],
  ]) {
    const { page, finish } = await look(browser, { lang });
    await open(page, '/answers');
    await page.fill('#question', known);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.reply .said');
    assert.match(await page.innerText('.reply .said'), letters);
    assert.ok((await page.locator('.reply a[href^="/claim"]').count()) > 0);
    await page.fill('#question', unknown);
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => document.querySelector('.reply') && !document.querySelector('.reply .said'),
    );
    const suggested = page.locator('.reply a').first();
    await suggested.click();
    await page.waitForSelector('.reply .said');
    await finish();
  }
});

test('what fails says so and can be tried again; what is slow shows its shape', async () => {
  const { page, finish } = await look(browser);
  let fail = true;
  await page.route('**/api/rank**', async (route) => {
    if (fail)
      return route.fulfill({
        status: 503,
        contentType: 'application/json',
        body: '{"error":{"kind":"unavailable","message":"still starting","suggestions":[]}}',
      });
    await new Promise((done) => setTimeout(done, 400));
    return route.continue();
  });
  await open(page, '/answers');
  assert.match(await page.innerText('[data-error]'), /still starting/);
  fail = false;
  await page.click('[data-error] button');
  await page.waitForSelector('.skeleton');
  await page.waitForSelector('.ranking li');
  await finish();
});

test('when the server does not answer at all the page says so, and a retry brings it back', async () => {
  const { page, finish } = await look(browser, { lang: 'zh' });
  let down = true;
  await page.route('**/api/**', (route) =>
    down ? route.fulfill({ status: 503, body: '' }) : route.continue(),
  );
  await page.goto(`${kUrl}/graph`);
  assert.match(await page.innerText('[data-error]'), /再试一次/);
  down = false;
  await page.click('[data-error] button');
  await settled(page);
  assert.ok((await page.locator('.frame a.node').count()) > 0);
  await finish();
});

test('a store without a registry says so kindly, without a banner', async () => {
  const { page, finish } = await look(browser);
  const status = await api('/api/status');
  const people = await api('/api/people');
  const empty = {
    ...people,
    synthetic: false,
    people: null,
    as_of: null,
    counts: [],
    age_at_onset: [],
    survival: null,
    decline: null,
    slope: null,
    reports_per_person: null,
  };
  await page.route('**/api/status', (route) =>
    route.fulfill({
      json: { ...status, synthetic: false, people: null, reports: null },
    }),
  );
  await page.route('**/api/people', (route) => route.fulfill({ json: empty }));
  await open(page, '/people');
  assert.match(await page.innerText('main'), /There is no registry here yet/);
  assert.equal(await page.locator('[data-banner]').count(), 0);
  await finish();
});

test('a count of 1 to 10 is nowhere: not in the document, not on the page', async () => {
  const people = await api('/api/people');
  const cells = [...people.counts.flatMap((variable) => variable.levels), ...people.age_at_onset];
  for (const cell of cells) {
    assert.equal(cell.hidden, cell.count === null);
    assert.ok(
      cell.count === null || cell.count === 0 || cell.count >= people.floor,
      JSON.stringify(cell),
    );
  }
  const ranking = await api(
    `/api/rank?outcome=${encodeURIComponent((await api('/api/status')).default_outcome)}&top=50`,
  );
  for (const { next_study: study } of ranking.answers) {
    const n = study?.people?.eligible ?? null;
    assert.ok(n === null || n === 0 || n > 10);
  }
  for (const lang of ['en', 'zh']) {
    const { page, finish } = await look(browser, { lang });
    await open(page, '/people');
    await page.evaluate(() =>
      document.querySelectorAll('details').forEach((one) => (one.open = true)),
    );
    if (people.people !== null) assert.ok((await page.locator('[data-cell]').count()) > 3);
    for (const text of await page.locator('[data-cell=hidden]').allInnerTexts()) {
      assert.doesNotMatch(text.replace('1–10', ''), /\d/, text);
    }
    for (const text of await page.locator('[data-cell=shown]').allInnerTexts()) {
      const n = Number(text.replaceAll(',', ''));
      assert.ok(n === 0 || n > 10, text);
    }
    await finish();
  }
});

test('the graph moves by keys, opens by Enter, and its list holds the same claims', async () => {
  const { page, finish } = await look(browser);
  await open(page, pages.graph);
  const place = () => page.getAttribute('.frame svg g', 'transform');
  await page.focus('.frame');
  const at_first = await place();
  await page.keyboard.press('ArrowLeft');
  const moved = await place();
  assert.notEqual(moved, at_first);
  await page.keyboard.press('+');
  assert.notEqual(await place(), moved);
  await page.keyboard.press('0');
  const here = page.url();
  const box = await page.locator('.frame a.node').first().boundingBox();
  const unmoved = await place();
  await page.mouse.move(box.x + 8, box.y + 8);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 40, { steps: 4 });
  await page.mouse.up();
  assert.notEqual(await place(), unmoved);
  assert.equal(page.url(), here, 'a drag that starts on a box does not open it');
  await page.keyboard.press('0');
  const lines = await page.locator('.frame a.edge').count();
  const other = page.locator('.frame a.node:not(.middle)').first();
  const name = await other.getAttribute('href');
  await other.focus();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.pathname + url.search === name);
  await open(page, pages.graph_list);
  assert.equal(await page.locator('main tbody tr').count(), lines);
  await finish();
});

test('a concept is found by typing part of its name, with the arrow keys and Enter', async () => {
  const { page, finish } = await look(browser);
  await open(page, '/graph');
  await page.fill('#concept', 'riluz');
  await page.waitForSelector('[role=option]');
  await page.waitForFunction(() =>
    /riluzole/i.test(document.querySelector('[role=option]')?.textContent ?? ''),
  );
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('[role=option][aria-selected=true]').count(), 1);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() =>
    /riluzole/i.test(document.querySelector('h1')?.textContent ?? ''),
  );
  await finish();
});
