// The care board against the made-up server: reminders, their change, the week, the bedroom's clocks.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { launch, look, made_up, open } from './browser.mjs';

let browser;
let server;
before(async () => {
  [browser, server] = await Promise.all([launch(), made_up()]);
});
beforeEach(() => post('/api/mock/partner', { act: 'reset' }));
after(async () => {
  await browser?.close();
  server?.stop();
});

const post = (path, body) =>
  fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) });
const care = async () => (await fetch(`${server.url}/api/care`)).json();
const view = (kind) => look(browser, { url: server.url, ...kind });
const by_id = async (id) => (await care()).reminders.find((one) => one.id === id);

test('the page says plainly that it is not a medical alarm, before anything else', async () => {
  for (const [lang, words] of [
    ['en', /This is not a medical alarm/],
    ['zh', /这不是医疗报警器/],
  ]) {
    const { page, finish } = await view({ lang });
    await open(page, '/care');
    assert.match(await page.innerText('[data-notice]'), words);
    await finish();
  }
});

test('the most urgent reminder stands first; done and later are kept', async () => {
  const { page, finish } = await view({});
  await open(page, '/care');
  assert.deepEqual(
    await page.$$eval('[data-reminder]', (all) => all.map((one) => one.dataset.state)),
    ['overdue', 'due', 'waiting', 'waiting', 'off'],
  );
  await page.getByRole('button', { name: 'Done: Turn me' }).click();
  await page.waitForSelector('[data-reminder="1"][data-state=waiting]');
  assert.equal((await by_id('1')).state, 'waiting');
  await page.getByRole('button', { name: 'In 30 min: Eye drops' }).click();
  await page.waitForSelector('[data-reminder="2"][data-state=snoozed]');
  await page.getByRole('button', { name: 'Seen' }).click();
  await page.waitForSelector('[data-missed]', { state: 'detached' });
  await finish();
});

test('who did it can be named; by gaze nobody is named', async () => {
  const { page, finish } = await view({});
  await open(page, '/care');
  const last = async () =>
    (await (await fetch(`${server.url}/api/care/history?days=1`)).json()).days.at(-1).events.at(-1);
  await page.getByRole('button', { name: 'Done: Turn me' }).click();
  await page.waitForSelector('[data-reminder="1"][data-state=waiting]');
  assert.deepEqual([(await last()).name, (await last()).by], ['', 'gaze']);
  await page.getByRole('button', { name: 'Lin', exact: true }).click();
  await page.getByRole('button', { name: 'Done: Eye drops' }).click();
  await page.waitForSelector('[data-reminder="2"][data-state=waiting]');
  assert.deepEqual([(await last()).name, (await last()).by], ['Lin', 'partner']);
  await finish();
});

test('a reminder is made and changed by buttons alone', async () => {
  const { page, finish } = await view({});
  await open(page, '/care');
  const edit = page.locator('[data-edit]');
  await page.getByRole('button', { name: 'Add a reminder' }).click();
  await edit.getByRole('button', { name: 'Suction' }).click();
  await edit.getByRole('button', { name: 'Every: less 30' }).click();
  await edit.getByRole('button', { name: 'Only between two hours' }).click();
  await edit.getByRole('button', { name: 'Until: less 30' }).click();
  await edit.getByRole('button', { name: 'Keep' }).click();
  await edit.waitFor({ state: 'detached' });
  const made = (await care()).reminders.at(-1);
  assert.deepEqual(
    [made.kind, made.text.zh, made.every_min, made.from, made.until, made.at],
    ['suction', '吸痰', 210, '07:00', '21:30', null],
  );
  await page.getByRole('button', { name: 'Change: Medicine' }).click();
  await edit.getByRole('button', { name: 'Time 1: more 60' }).click();
  await edit.getByRole('button', { name: 'Add a time' }).click();
  for (let i = 0; i < 7; i += 1)
    await edit.getByRole('button', { name: 'Turn into a call after: less 5' }).click();
  await edit.getByRole('button', { name: 'Off', exact: true }).click();
  await edit.getByRole('button', { name: 'Keep' }).click();
  await edit.waitFor({ state: 'detached' });
  const medicine = await by_id('4');
  assert.deepEqual(medicine.at, ['00:00', '09:00', '20:00']);
  assert.deepEqual(
    [medicine.every_min, medicine.escalate_after_min, medicine.enabled],
    [null, null, false],
  );
  await finish();
});

test('a reminder without words is refused in a sentence, and removing one takes two steps', async () => {
  const { page, finish } = await view({});
  await open(page, '/care');
  const edit = page.locator('[data-edit]');
  await page.getByRole('button', { name: 'Change: Suction' }).click();
  await page.fill('#text-zh', ' ');
  await page.fill('#text-en', '');
  await edit.getByRole('button', { name: 'Keep' }).click();
  assert.match(await edit.locator('[role=alert]').innerText(), /words in at least one language/);
  await edit.getByRole('button', { name: 'Remove this reminder' }).click();
  assert.ok(await by_id('3'));
  await edit.getByRole('button', { name: 'Really remove it' }).click();
  await page.waitForSelector('[data-reminder="3"]', { state: 'detached' });
  assert.equal(await by_id('3'), undefined);
  await finish();
});

test('CALL starts a call, a second choice cancels it, and it works while the server is away', async () => {
  const { page, finish } = await view({});
  await open(page, '/care');
  const call = page.locator('[data-dwell=call]');
  await call.click();
  await page.waitForSelector('[data-calling=true]');
  await page.waitForFunction(() => /Calling since/.test(document.body.innerText));
  assert.equal((await care()).call.kind, 'call');
  await call.click();
  await page.waitForSelector('[data-calling=false]');
  assert.equal((await care()).call, null);
  await page.route('**/api/care/call', (route) => route.fulfill({ status: 503, json: {} }));
  await call.click();
  await page.waitForFunction(() => /Only this screen sounds/.test(document.body.innerText));
  assert.equal(await call.getAttribute('data-calling'), 'true');
  await finish();
});

test('the week is drawn with its counts, and the same stands in a table', async () => {
  for (const [width, hours] of [
    [1280, '1'],
    [800, '2'],
    [360, '4'],
  ]) {
    const { page, finish } = await view({ width });
    await open(page, '/care');
    const picture = page.locator(`[data-week="${hours}"]`);
    await picture.waitFor();
    const { days } = await (await fetch(`${server.url}/api/care/history?days=7`)).json();
    const missed = days
      .flatMap(({ events }) => events)
      .filter(({ what }) => what === 'missed').length;
    assert.match(await picture.getAttribute('aria-label'), new RegExp(`, ${missed} missed`));
    await page.getByText('Everything as a list').click();
    assert.equal(
      await page.locator('tbody tr').count(),
      days.flatMap(({ events }) => events).length,
    );
    await finish();
  }
});

test('the bedroom shows four clocks, one for each way the head may lie, all at the same time', async () => {
  const { page, finish } = await view({ width: 1280, height: 800 });
  await open(page, '/care?view=clocks');
  const turns = await page.$$eval('.clock', (all) => all.map((one) => one.dataset.turn));
  assert.deepEqual(turns.sort(), ['0', '180', '270', '90']);
  const times = await page.$$eval('.clock .digits', (all) => all.map((one) => one.textContent));
  assert.equal(new Set(times).size, 1);
  const boxes = await page.$$eval('.clock svg, .corner', (all) =>
    all.map((one) => one.getBoundingClientRect().toJSON()),
  );
  for (const [i, a] of boxes.entries()) {
    assert.ok(a.left >= 0 && a.top >= 0 && a.right <= 1280 && a.bottom <= 800);
    for (const b of boxes.slice(i + 1))
      assert.ok(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top);
  }
  for (const box of boxes) assert.ok(Math.min(box.width, box.height) >= 110);
  await page.locator('.light').click();
  await page.waitForSelector('[data-bedroom=dim]');
  await page.getByRole('button', { name: /Done\s+Turn me/ }).click();
  await page.waitForFunction(
    () => !/Turn me/.test(document.querySelector('.done')?.textContent ?? ''),
  );
  await page.getByRole('link', { name: 'Back' }).click();
  await page.waitForSelector('[data-reminder]');
  await finish();
});

test('in gaze mode every button of the board is at least 110 pixels', async () => {
  const { page, finish } = await view({});
  await open(page, '/care');
  await page.evaluate(() => (document.documentElement.dataset.gaze = 'on'));
  await page.getByRole('button', { name: 'Change: Turn me' }).click();
  const small = await page.$$eval(
    '.care button, .care a.big, .care summary',
    (all) =>
      all
        .map((one) => one.getBoundingClientRect())
        .filter((box) => box.height > 0 && Math.min(box.width, box.height) < 110).length,
  );
  assert.equal(small, 0);
  await finish();
});
