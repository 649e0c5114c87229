// Working on the evidence of a real store: a verdict that is kept, counted and taken back; a file
// brought in with its report, a bad one refused, a long one stopped. It changes the store, so its
// name comes last. Skipped where the server takes no changes.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { api, kUrl, launch, look, open } from './browser.mjs';

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** Whether the server has a route, and takes a change from a page of its own. */
const has = async (path, init) =>
  ![403, 404, 405].includes((await fetch(kUrl + path, init)).status);
const post = (path) =>
  has(path, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
const kName = 'e2e';
const waiting = async () => (await api(`/api/review?limit=1&curator=${kName}`)).total;

test('a verdict is on the store’s books at once, and undo takes it back', async (t) => {
  if (!(await post('/api/assess'))) return t.skip('no verdicts here');
  const { page, finish } = await look(browser);
  await open(page, '/review');
  await page.fill('#curator', kName);
  await page.keyboard.press('Enter');
  await page.waitForSelector('[data-verdict]');
  await page.waitForSelector('[aria-busy=false] [data-item]');
  const before_it = await waiting();
  const first = await page.getAttribute('[data-item]', 'data-item');
  await page.keyboard.press('4');
  await page.locator('.ready button').first().click();
  await page.waitForSelector('[data-undo]:not([disabled])');
  assert.equal(await waiting(), before_it - 1);
  const { queue } = await api('/api/review?limit=200');
  const entry = queue.find((one) => one.item === first);
  if (entry) {
    const own = entry.verdicts.filter((one) => one.curator === kName);
    assert.equal(own.at(-1).verdict, 'wrong_concept');
    assert.ok(own.at(-1).reason.length > 3);
  }
  await page.keyboard.press('u');
  await page.waitForSelector(`[data-item="${first}"]`);
  assert.equal(await waiting(), before_it);
  await finish();
});

async function bring(page, file) {
  await open(page, '/evidence?view=import');
  await page.setInputFiles('input[type=file]', file);
  await page.getByRole('button', { name: 'Bring them in' }).click();
}
/** The card of the file of this visit, once it is in one of these states. */
const card_of = (page, ...states) =>
  page.waitForSelector(
    states.map((one) => `section[aria-label*="being"] [data-job=${one}]`).join(', '),
    { timeout: 60_000 },
  );
const made = (name, text) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

test('an example file comes in, and its refused lines are named with their numbers', async (t) => {
  if (!(await post('/api/uploads'))) return t.skip('no imports here');
  const { page, finish } = await look(browser);
  const example = new URL('../../docs/formats/examples/findings.jsonl', import.meta.url);
  await bring(page, fileURLToPath(example));
  await card_of(page, 'done');
  const card = page.locator('[data-job=done]').first();
  await card.locator('summary').last().click();
  assert.match(await card.innerText(), /no such drug/);
  assert.deepEqual(
    (await card.locator('table').last().locator('tbody td:first-child').allInnerTexts()).map(
      Number,
    ),
    [3, 4],
  );
  await finish();
});

test('a file that is nothing known is refused, and the store is as it was', async (t) => {
  if (!(await post('/api/uploads'))) return t.skip('no imports here');
  const before_it = (await api('/api/status')).items;
  const { page, finish } = await look(browser);
  await bring(page, made('rubbish.xyz', '\u0000\u0001 nothing that anybody knows'));
  const card = await card_of(page, 'failed', 'done');
  assert.ok((await card.innerText()).length > 30);
  assert.equal((await api('/api/status')).items, before_it);
  await finish();
});

test('a long import shows how far it is and can be stopped', async (t) => {
  if (!(await post('/api/uploads'))) return t.skip('no imports here');
  const lines = Array.from({ length: 60_000 }, (_, i) =>
    JSON.stringify({ source: { id: `E2E:${i}`, citation: `E2E:${i}`, year: 2000 } }),
  );
  const { page, finish } = await look(browser);
  await bring(page, made('long.jsonl', lines.join('\n')));
  await card_of(page, 'running', 'done');
  // A fast machine may be done before the button is found: both ends are right.
  const cancel = page.getByRole('button', { name: 'Cancel' }).first();
  await cancel.click({ timeout: 3000 }).catch(() => {});
  await card_of(page, 'cancelled', 'done');
  await page.locator('progress').first().waitFor({ state: 'detached' });
  await finish();
});
