// The listener's page against the made-up server: pairing, what is said, a call, the board, a question,
// a reminder, and a line that breaks.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { launch, look, made_up } from './browser.mjs';

let browser;
let server;
before(async () => {
  [browser, server] = await Promise.all([launch(), made_up()]);
});
beforeEach(() => act({ act: 'reset' }));
after(async () => {
  await browser?.close();
  server?.stop();
});

/** What the person who writes does. */
async function act(body) {
  const response = await fetch(`${server.url}/api/mock/partner`, {
    method: 'POST',
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, JSON.stringify(body));
}
const care = async () => (await fetch(`${server.url}/api/care`)).json();

/** The page on this machine, or with `far` on another one, signed by Lin where it has a name. */
async function listener({ far = false, name = 'Lin', lang = 'en', ...kind } = {}) {
  const seen = await look(browser, { url: server.url, lang, width: 390, height: 844, ...kind });
  if (far) await seen.page.context().addCookies([{ name: 'far', value: '1', url: server.url }]);
  if (name)
    await seen.page.addInitScript((n) => localStorage.setItem('thaw.partner.name', n), name);
  await seen.page.addInitScript(() => {
    if (navigator.mediaDevices)
      navigator.mediaDevices.enumerateDevices = async () => [{ kind: 'audiooutput' }];
  });
  await seen.page.goto('/partner');
  await seen.page.waitForSelector(far ? '#pair-code' : '[data-status=live]');
  return seen;
}
const tab = (page, n) => page.locator('.tabs button').nth(n).click();

test('a phone pairs with six digits and a name, and a wrong code is told kindly', async () => {
  const { page, finish } = await listener({ far: true, name: null });
  await page.fill('#pair-code', '000000');
  await page.fill('#pair-name', '妈妈');
  await page.click('button[type=submit]');
  await page.waitForSelector('#pair-told.told');
  assert.match(await page.innerText('#pair-told'), /not right/);
  await page.fill('#pair-code', '４８３ 920');
  await page.click('button[type=submit]');
  await page.waitForSelector('[data-newest]');
  await page.reload();
  await page.waitForSelector('[data-newest]');
  assert.equal(await page.locator('#pair-code').count(), 0);
  await finish();
});

test('dots stand while the person writes, then the sentence appears large, the others above it', async () => {
  const { page, finish } = await listener();
  await act({ act: 'composing', on: true });
  await page.waitForSelector('[data-composing=true] .dots');
  await act({ act: 'say', lang: 'zh', text: '请把灯关掉。' });
  await page.waitForFunction(() =>
    document.querySelector('[data-newest]')?.textContent.includes('请把灯关掉。'),
  );
  await page.waitForSelector('[data-composing=false]');
  const size = (css) => page.$eval(css, (one) => Number.parseFloat(getComputedStyle(one).fontSize));
  assert.ok((await size('[data-newest]')) > 1.7 * (await size('.earlier li span')));
  assert.equal(
    await page
      .locator('.earlier li')
      .last()
      .innerText()
      .then((t) => /温水/.test(t)),
    true,
  );
  assert.equal(await page.getAttribute('[data-newest]', 'lang'), 'zh-CN');
  await finish();
});

test('the draft is there only while the person shares it', async () => {
  const { page, finish } = await listener();
  assert.equal(await page.locator('[data-draft]').count(), 0);
  await act({ act: 'draft', text: '我今天想' });
  await page.waitForSelector('[data-draft]');
  assert.match(await page.innerText('[data-draft]'), /我今天想/);
  await act({ act: 'draft', text: null });
  await page.waitForSelector('[data-draft]', { state: 'detached' });
  await finish();
});

test('a call takes the whole screen and rings until it is answered by name', async () => {
  const { page, finish } = await listener();
  await page.getByRole('button', { name: 'Touch here once to turn the sound on' }).click();
  await page.waitForSelector('[data-sound]', { state: 'detached' });
  await act({ act: 'call' });
  const call = page.locator('[data-call=call]');
  await call.waitFor();
  assert.equal(await call.getAttribute('data-ringing'), 'true');
  const box = await call.boundingBox();
  assert.deepEqual([box.x, box.y, box.width, box.height], [0, 0, 390, 844]);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.closest('[data-call]') !== null));
  await page.getByRole('button', { name: 'I am coming: Lin' }).click();
  await call.waitFor({ state: 'detached' });
  assert.equal((await care()).call, null);
  const { days } = await (await fetch(`${server.url}/api/care/history?days=2`)).json();
  const last = days.at(-1).events.at(-1);
  assert.deepEqual([last.what, last.name], ['acknowledged', 'Lin']);
  await finish();
});

test('a call to a screen without a name asks for it before it is answered', async () => {
  const { page, finish } = await listener({ name: null });
  await act({ act: 'call', kind: 'overdue' });
  await page.waitForSelector('[data-call=overdue]');
  await page.getByRole('button', { name: 'I am coming' }).click();
  await page.waitForSelector('[data-call] [role=alert]');
  await page.fill('#call-name', '小林');
  await page.getByRole('button', { name: 'I am coming' }).click();
  await page.waitForSelector('[data-call]', { state: 'detached' });
  assert.equal(await page.evaluate(() => localStorage.getItem('thaw.partner.name')), '小林');
  await finish();
});

test('a call is silent here once someone else has answered it', async () => {
  const { page, finish } = await listener();
  await act({ act: 'call' });
  await page.waitForSelector('[data-call]');
  const { call } = await care();
  await fetch(`${server.url}/api/care/call/acknowledge`, {
    method: 'POST',
    body: JSON.stringify({ id: call.id, name: '妈妈' }),
  });
  await page.waitForSelector('[data-call]', { state: 'detached' });
  await finish();
});

test('an answer to a call that does not arrive is sent again until it does', async () => {
  const { page, finish } = await listener();
  await act({ act: 'call' });
  await page.waitForSelector('[data-call]');
  let refused = 0;
  await page.route('**/api/care/call/acknowledge', (route) => {
    refused += 1;
    return refused < 2 ? route.abort() : route.continue();
  });
  await page.locator('[data-call] button').click();
  await page.waitForFunction(() => /Trying again/.test(document.body.innerText));
  await page.waitForSelector('[data-call]', { state: 'detached' });
  assert.equal(refused, 2);
  assert.equal((await care()).call, null);
  await page.close();
  await finish().catch((error) => assert.match(String(error), /ERR_FAILED/));
});

test('a reminder is signed as done and another put off, each with one tap', async () => {
  const { page, finish } = await listener();
  await tab(page, 1);
  const strip = page.locator('.pane.care');
  await strip.locator('[data-reminder="1"]').getByRole('button', { name: 'Done: Turn me' }).click();
  await strip.locator('[data-reminder="1"]').waitFor({ state: 'detached' });
  await strip
    .locator('[data-reminder="2"]')
    .getByRole('button', { name: /In 10 min/ })
    .click();
  await strip.locator('[data-reminder="2"]').waitFor({ state: 'detached' });
  const { reminders } = await care();
  assert.equal(reminders.find(({ id }) => id === '1').state, 'waiting');
  assert.equal(reminders.find(({ id }) => id === '2').state, 'snoozed');
  await strip.getByRole('button', { name: 'We have seen it' }).click();
  await page.waitForFunction(() => !/Missed while/.test(document.body.innerText));
  await finish();
});

test('the first thing that is signed asks for a name once', async () => {
  const { page, finish } = await listener({ name: null });
  await page.locator('.only-phone').getByRole('button', { name: 'Done: Turn me' }).click();
  await page.fill('#sign-name', 'Lin');
  await page.getByRole('button', { name: 'Keep the name' }).click();
  await page.waitForSelector('.only-phone [data-reminder="1"]', { state: 'detached' });
  const { days } = await (await fetch(`${server.url}/api/care/history?days=1`)).json();
  assert.equal(days.at(-1).events.at(-1).name, 'Lin');
  await finish();
});

test('a yes or no question is asked, typed or ready, and its answer stands large', async () => {
  const { page, finish } = await listener({ lang: 'zh' });
  await tab(page, 2);
  await page.getByRole('button', { name: '有哪里痛吗' }).click();
  await page.waitForSelector('[data-board=open]');
  await act({ act: 'board', answer: 'yes' });
  await page.waitForSelector('[data-board=yes]');
  assert.match(await page.innerText('[data-board] .answer'), /是/);
  assert.ok(
    (await page.$eval('[data-board] .answer', (one) =>
      Number.parseFloat(getComputedStyle(one).fontSize),
    )) > 50,
  );
  await page.getByRole('button', { name: '换一个问题' }).click();
  await page.fill('#board-own', '要不要听音乐？');
  await page.getByRole('button', { name: '提问', exact: true }).last().waitFor();
  await page.press('#board-own', 'Enter');
  await page.waitForSelector('[data-board=open]');
  await act({ act: 'board', answer: 'unsure' });
  await page.waitForSelector('[data-board=unsure]');
  await finish();
});

test('a longer question is sent, and the answer appears when it is sent', async () => {
  const { page, finish } = await listener();
  await tab(page, 2);
  await page.getByRole('button', { name: 'Send the question' }).click();
  assert.match(await page.innerText('#long-told'), /write the question/);
  await page.fill('#long-text', '您最想让医生知道什么？');
  await page.getByRole('button', { name: 'Send the question' }).click();
  await page.waitForSelector('[data-question=open]');
  await act({ act: 'answer', lang: 'zh', texts: ['夜里呼吸比以前费力。', '白天还好。'] });
  await page.waitForFunction(() => document.querySelectorAll('[data-question=sent]').length === 2);
  assert.match(await page.locator('[data-question=sent]').first().innerText(), /夜里呼吸/);
  await finish();
});

test('a lost connection is told quietly, comes back by itself, and nothing missed stays missed', async () => {
  const { page, finish } = await listener();
  await page.context().setOffline(true);
  await act({ act: 'hang_up' });
  await page.waitForSelector('[data-status=lost]', { timeout: 15000 });
  assert.equal(await page.locator('[data-newest]').count(), 1);
  await act({ act: 'say', lang: 'en', text: 'Said while you were away.', quiet: true });
  await page.context().setOffline(false);
  await page.waitForSelector('[data-status=live]', { timeout: 15000 });
  await page.waitForFunction(() =>
    document.querySelector('[data-newest]')?.textContent.includes('while you were away'),
  );
  await page.close();
  await finish().catch((error) => assert.match(String(error), /ERR_INTERNET|ERR_|Failed/));
});

test('where events cannot pass, the page asks again and again and still hears', async () => {
  const seen = await look(browser, { url: server.url, width: 390, height: 844 });
  await seen.page.route('**/api/partner/events', (route) => route.fulfill({ status: 404 }));
  await seen.page.goto('/partner');
  await seen.page.waitForSelector('[data-status=asking]');
  await act({ act: 'say', lang: 'en', text: 'By asking.', quiet: true });
  await seen.page.waitForFunction(
    () => document.querySelector('[data-newest]')?.textContent.includes('By asking.'),
    undefined,
    { timeout: 12000 },
  );
  await act({ act: 'call' });
  await seen.page.waitForSelector('[data-call]', { timeout: 12000 });
  await seen.finish();
});

test('targets are large, and nothing scrolls sideways from 320 to 430 pixels', async () => {
  for (const width of [320, 360, 390, 430]) {
    const { page, finish } = await listener({ width, lang: width === 320 ? 'en' : 'zh' });
    for (let n = 0; n < 4; n += 1) {
      await tab(page, n);
      const over = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      assert.ok(over <= 0, `tab ${n} at ${width}: ${over}`);
      const small = await page.$$eval('.partner button, .partner input', (all) =>
        all
          .filter((one) => one.getClientRects().length > 0)
          .filter((one) => one.getBoundingClientRect().height < 55.5)
          .map((one) => one.outerHTML.slice(0, 100)),
      );
      assert.deepEqual(small, [], `tab ${n} at ${width}`);
    }
    await finish();
  }
});
