// The person's own ALSFRS-R against the made-up server: twelve questions, one look each.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { launch, look, made_up, open } from './browser.mjs';

let browser;
let server;
let reports;
before(async () => {
  [browser, server] = await Promise.all([launch(), made_up()]);
  reports = await kept();
});
beforeEach(async () => {
  for (const one of await kept())
    if (!reports.some(({ id }) => id === one.id))
      await fetch(`${server.url}/api/care/report/remove`, {
        method: 'POST',
        body: JSON.stringify({ id: one.id }),
      });
});
after(async () => {
  await browser?.close();
  server?.stop();
});
const kept = async () => (await (await fetch(`${server.url}/api/care/reports`)).json()).reports;
const view = (kind) => look(browser, { url: server.url, height: 800, ...kind });

/** Answers every question: `level` of an item, or null to leave it open; `tube` of the feeding tube. */
async function answer(page, level, tube) {
  for (let at = 0; at < 13; at += 1) {
    await page.waitForSelector(`[data-step="${at}"]`);
    if (at === 4) await page.getByRole('button', { name: tube, exact: true }).click();
    else {
      const value = level(at < 4 ? at + 1 : at);
      if (value === null) await page.locator('[data-key^="skip"]').click();
      else await page.locator(`[data-level="${value}"]`).click();
    }
  }
  await page.waitForSelector('[data-summary]');
}

test('twelve answers make four domains and a total, and the report is kept with its day', async () => {
  const { page, finish } = await view({});
  await open(page, '/report');
  assert.match(await page.innerText('[data-stays]'), /stay on this machine until you consent/);
  await page.getByRole('button', { name: 'Begin' }).click();
  await answer(page, (item) => [4, 3, 2, 1, 0, 1, 2, 3, 4, 3, 2, 1][item - 1], 'Yes');
  assert.match(await page.innerText('[data-total]'), /26 of 48/);
  assert.match(await page.innerText('[data-domain=bulbar]'), /9 of 12/);
  assert.match(await page.innerText('[data-item="5"]'), /5b[\s\S]*feeding tube/);
  await page.getByRole('button', { name: 'One day earlier' }).click();
  await page.getByRole('button', { name: 'Keep the report' }).click();
  await page.waitForFunction(() => /Kept, on this machine/.test(document.body.innerText));
  const last = (await kept()).at(-1);
  assert.deepEqual(last.answers, [4, 3, 2, 1, 0, 1, 2, 3, 4, 3, 2, 1]);
  assert.equal(last.gastrostomy, true);
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  assert.equal(last.date, yesterday);
  await finish();
});

test('what is left open is not zero: no total, the domains show a range', async () => {
  const { page, finish } = await view({ lang: 'zh' });
  await open(page, '/report');
  await page.getByRole('button', { name: '开始' }).click();
  await answer(page, (item) => (item === 2 || item === 11 ? null : 3), '没有');
  assert.equal(await page.locator('[data-total]').count(), 0);
  assert.match(await page.innerText('[data-no-total]'), /2 题空着/);
  assert.match(await page.innerText('[data-domain=bulbar]'), /6 至 10/);
  await page.getByRole('button', { name: '保存' }).click();
  await page.waitForFunction(() => /已保存/.test(document.body.innerText));
  assert.equal((await kept()).at(-1).answers[1], null);
  await finish();
});

test('an answer is changed from the summary; a report without any answer is not kept', async () => {
  const { page, finish } = await view({});
  await open(page, '/report');
  await page.getByRole('button', { name: 'Begin' }).click();
  const before = (await kept()).length;
  for (let at = 0; at < 13; at += 1) {
    if (at === 5) continue;
    await page.locator(`[data-key="skip:${at}"]`).click();
  }
  await page.waitForSelector('[data-summary]');
  await page.getByRole('button', { name: 'Keep the report' }).click();
  await page.waitForFunction(() => /at least one question/.test(document.body.innerText));
  assert.equal((await kept()).length, before);
  await page.getByRole('button', { name: 'Change: Walking' }).click();
  assert.match(await page.innerText('h1'), /Walking/);
  await page.locator('[data-level="2"]').click();
  await page.getByRole('button', { name: 'Back' }).click();
  assert.equal(await page.getAttribute('[data-level="2"]', 'aria-pressed'), 'true');
  await finish();
});

test('a reload loses nothing: the report goes on where it stopped', async () => {
  const { page, finish } = await view({});
  await open(page, '/report');
  await page.getByRole('button', { name: 'Begin' }).click();
  await page.locator('[data-level="4"]').click();
  await page.waitForSelector('[data-step="1"]');
  await page.locator('[data-level="3"]').click();
  await page.waitForSelector('[data-step="2"]');
  await page.reload();
  await page.getByRole('button', { name: 'Go on where you stopped' }).click();
  await page.waitForSelector('[data-step="2"]');
  await page.getByRole('button', { name: 'Back' }).click();
  assert.equal(await page.getAttribute('[data-level="3"]', 'aria-pressed'), 'true');
  await finish();
});

test('at 1280 by 800 a question is one screen, every answer at least 110 pixels, and nothing overlaps', async () => {
  for (const lang of ['en', 'zh']) {
    const { page, finish } = await view({ lang, width: 1280 });
    await open(page, '/report');
    await page.locator('.ways button').first().click();
    for (let at = 0; at < 13; at += 1) {
      await page.waitForSelector(`[data-step="${at}"]`);
      const boxes = await page.$$eval('.asking button', (all) =>
        all.map((one) => one.getBoundingClientRect().toJSON()),
      );
      for (const [i, a] of boxes.entries()) {
        assert.ok(Math.min(a.width, a.height) >= 110, `step ${at}: ${a.height}`);
        assert.ok(a.bottom <= 800 && a.top >= 0, `step ${at}: ends at ${a.bottom}`);
        for (const b of boxes.slice(i + 1))
          assert.ok(a.right + 11 < b.left || a.bottom + 11 < b.top || b.right + 11 < a.left);
      }
      await page.locator('.answer').nth(1).click();
    }
    await finish();
  }
});

test('earlier reports stand as four pictures and the same in a table; removing takes two steps', async () => {
  const { page, finish } = await view({});
  await open(page, '/report');
  assert.equal(await page.locator('[data-course] svg').count(), 4);
  assert.match(
    await page.locator('[data-course] svg').first().getAttribute('aria-label'),
    /Mouth and throat: from 12 on 2026-02-12 to 9 on 2026-08-15/,
  );
  await page.getByText('The same as a table').click();
  assert.equal(await page.locator('tbody tr').count(), reports.length);
  assert.match(await page.locator('tbody tr').first().innerText(), /7 to 11[\s\S]*–/);
  await finish();
});
