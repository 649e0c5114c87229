// Asking the data, against a real server: a table comes in, a graph is drawn by keys and proposed by
// the data, the question is answered or refused with its reason, the estimate comes with its checks.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { kAxe, kUrl, launch, look, open } from './browser.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

const takes_tables = async () =>
  ![403, 404].includes(
    (
      await fetch(`${kUrl}/api/tables`, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      })
    ).status,
  );

/** People whose age moves both who is treated and how they fare; the treatment adds 2. */
function confounded(n = 600) {
  let state = 7;
  const draw = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const bell = () => draw() + draw() + draw() + draw() + draw() + draw() - 3;
  const lines = ['age,treated,score,site'];
  for (let i = 0; i < n; i += 1) {
    const age = 60 + 8 * bell();
    const treated = draw() < 1 / (1 + Math.exp(-(age - 60) / 6)) ? 1 : 0;
    const score = 10 + 0.5 * (age - 60) + 2 * treated + bell();
    lines.push(`${age.toFixed(2)},${treated},${score.toFixed(3)},${'abc'[i % 3]}`);
  }
  return lines.join('\n');
}
const file = (name, text) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

async function bring(page, text = confounded()) {
  await open(page, '/data');
  await page.setInputFiles('input[type=file]', file('people.csv', text));
  await page.waitForSelector('#treatment');
}
async function ask(page, treatment = 'treated', outcome = 'score') {
  await page.selectOption('#treatment', treatment);
  await page.selectOption('#outcome', outcome);
}
/** Draws from -> to with the keyboard alone. */
async function draw(page, from, to) {
  await page.locator(`[data-node="${from}"]`).focus();
  await page.keyboard.press('Enter');
  await page.locator(`[data-node="${to}"]`).focus();
  await page.keyboard.press('Enter');
  await page.waitForSelector(`[data-edge="${from} ${to}"]`);
}
/** The whole question: the table, what is asked, and age as the common cause, drawn. */
async function ask_confounded(page) {
  await bring(page);
  await ask(page);
  await draw(page, 'age', 'treated');
  await draw(page, 'age', 'score');
  await draw(page, 'treated', 'score');
}

test('a graph drawn by keys says what to hold equal, and the estimate is near the truth', async (t) => {
  if (!(await takes_tables())) return t.skip('no tables here');
  const { page, finish } = await look(browser);
  await ask_confounded(page);
  await page.waitForSelector('[data-identifiable=true]');
  await page.waitForSelector('fieldset input[name=adjust]');
  await page.getByRole('button', { name: 'Estimate', exact: true }).click();
  await page.waitForSelector('[data-estimate]', { timeout: 60_000 });
  const headline = await page.innerText('.headline');
  const value = Number(headline.match(/by ([\d.]+)/)[1]);
  assert.ok(Math.abs(value - 2) < 0.4, headline);
  assert.ok((await page.locator('[data-check]').count()) >= 4);
  await page.evaluate(kAxe);
  const found = await page.evaluate(() => window.axe.run(document.querySelector('main')));
  assert.deepEqual(
    found.violations.map((one) => one.id),
    [],
  );
  await finish();
});

test('a hidden common cause makes it unanswerable, and no number is given', async (t) => {
  if (!(await takes_tables())) return t.skip('no tables here');
  const { page, finish } = await look(browser, { width: 360 });
  await bring(page);
  await ask(page);
  await draw(page, 'treated', 'score');
  await page.locator('[data-edge="treated score"]').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /share a hidden cause/ }).click();
  await page.waitForSelector('[data-identifiable]');
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  assert.ok(wide <= 0, `the page is ${wide} px too wide`);
  await finish();
});

test('the data propose a graph, and the list takes an edge away again', async (t) => {
  if (!(await takes_tables())) return t.skip('no tables here');
  const { page, finish } = await look(browser, { lang: 'zh' });
  await bring(page);
  await ask(page);
  await page.getByRole('button', { name: '提出一张图' }).click();
  await page.waitForSelector('[data-edge]', { timeout: 60_000 });
  const edges = await page.locator('[data-edge]').count();
  await page.getByRole('button', { name: '列表', exact: true }).click();
  await page.locator('li button').last().click();
  assert.equal(await page.locator('section li select').count(), edges - 1);
  await finish();
});

test('a file that is no table is refused with its line', async (t) => {
  if (!(await takes_tables())) return t.skip('no tables here');
  const { page, finish } = await look(browser);
  await open(page, '/data');
  await page.setInputFiles('input[type=file]', file('bad.csv', 'a,b\n1,2\n3\n'));
  const note = await page.waitForSelector('[role=alert]');
  assert.match(await note.innerText(), /bad\.csv:3/);
  assert.doesNotMatch(await note.innerText(), /tmp/);
  await finish();
});

test('an estimate sent to the evidence is there as an item of its claim', async (t) => {
  if (!(await takes_tables())) return t.skip('no tables here');
  const { page, finish } = await look(browser);
  await ask_confounded(page);
  await page.waitForSelector('fieldset input[name=adjust]');
  await page.getByRole('button', { name: 'Estimate', exact: true }).click();
  await page.waitForSelector('[data-estimate]', { timeout: 60_000 });
  await page.locator('[data-estimate] summary').last().click();
  for (const [id, name] of [
    ['evidence-subject', 'riluzole'],
    ['evidence-object', 'ALS progression'],
  ]) {
    await page.fill(`#${id}`, name);
    await page.locator('[role=option]:visible').first().click();
  }
  await page.selectOption('#higher', 'less');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.waitForFunction(() => /estimate:/.test(document.querySelector('main').innerText));
  // A higher score is less progression: what raises the score lowers that.
  const pair = new URLSearchParams({ subject: 'riluzole', object: 'ALS progression' });
  await page.waitForFunction(
    async (query) => {
      const { claims } = await (await fetch(`/api/weigh?${query}&explain=1`)).json();
      return claims.some(
        (claim) =>
          claim.sign === '-' &&
          claim.groups.some((group) => group.items.some((item) => /estimate:/.test(item.item))),
      );
    },
    String(pair),
    { timeout: 20_000 },
  );
  await finish();
});

test('a kept analysis is the bytes that the server has, and says the same again', async (t) => {
  if (!(await takes_tables())) return t.skip('no tables here');
  const { page, finish } = await look(browser);
  await ask_confounded(page);
  const kept = async () => {
    await page.getByRole('button', { name: 'Estimate', exact: true }).click();
    await page.waitForSelector('[data-estimate]', { timeout: 60_000 });
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the analysis (JSON)' }).click(),
    ]);
    return readFileSync(await file.path(), 'utf8');
  };
  const first = await kept();
  assert.equal(JSON.parse(first).analysis.question.treatment, 'treated');
  assert.equal(await kept(), first);
  await finish();
});

test('a cohort of the registry gives curves, a ratio, and says that its people are made up', async (t) => {
  if (!(await takes_tables())) return t.skip('no tables here');
  const { page, finish } = await look(browser);
  await open(page, '/data');
  const take = page.getByRole('button', { name: 'Take this cohort' });
  if ((await take.count()) === 0) {
    await finish();
    return t.skip('no registry here');
  }
  await take.click();
  await page.waitForSelector('#treatment');
  assert.match(await page.innerText('main'), /These people are made up/);
  await draw(page, 'age_at_onset', 'treatment');
  await draw(page, 'age_at_onset', 'event');
  await draw(page, 'ln_pre_slope', 'treatment');
  await draw(page, 'ln_pre_slope', 'event');
  await draw(page, 'treatment', 'event');
  await page.waitForSelector('[data-identifiable=true]');
  await page.getByRole('button', { name: 'Estimate', exact: true }).click();
  await page.waitForSelector('[data-estimate] svg', { timeout: 60_000 });
  const headline = await page.innerText('.headline');
  assert.ok(Number(headline.match(/at ([\d.]+) times/)[1]) < 1.1, headline);
  assert.ok((await page.locator('[data-check]').count()) >= 4);
  await finish();
});
