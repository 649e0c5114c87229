// The speaking page answers: questions sent in two steps, yes or no, care done, a finding of the
// review in one's own words, whole sentences from letters.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { begin, desk, draft, get, letters, post, write } from './speak_desk.mjs';

begin();

test('care that is due is done by one look, without leaving the page', async () => {
  const { page, finish } = await desk();
  await page.waitForSelector('[data-note="due"]');
  await page.click('[data-panel="more"]');
  await page.click('[data-more="care"]');
  const due = page.locator('[data-reminder]').first();
  const id = await due.getAttribute('data-reminder');
  await due.locator('[data-act="done"]').click();
  await page.waitForFunction(async (which) => {
    const { reminders } = await (await fetch('/api/care')).json();
    return reminders.find((one) => one.id === which).state === 'waiting';
  }, id);
  await finish();
});

test('a yes-or-no question from a phone is answered in two looks, aloud and on the phone', async () => {
  const { page, finish } = await desk();
  await post('/api/partner/board', { question: '要关灯吗？' });
  await page.click('.asked');
  await page.click('[data-board="yes"]');
  await page.waitForFunction(async () => {
    const { board } = await (await fetch('/api/partner')).json();
    return board?.answer === 'yes';
  });
  await page.waitForSelector('[data-board="yes"]');
  await finish();
});

test('an answer to a finding of the review becomes a reason there', async () => {
  const { page, finish } = await desk();
  await page.click('[data-panel="more"]');
  await page.click('[data-more="questions"]');
  await page.click('[data-more="review"]');
  await page.locator('[data-item]').first().click();
  await page.waitForSelector('[data-question]');
  await write(page, ['bu', '不'], ['hao', '好']);
  await page.click('.corner.speak');
  await page.click('[data-panel="sentences"]');
  await page.waitForSelector('[data-state="heard"]');
  await page.click('[data-act="approve-all"]');
  await page.click('[data-act="send"]');
  await page.click('[data-act="send-now"]');
  await page.click('a.sent');
  await page.waitForFunction(() => location.pathname === '/review');
  assert.equal(new URL(page.url()).searchParams.get('reason'), '不好。');
  await finish();
});

test('the whole-sentence helper shows what would leave before anything does', async () => {
  const { page, finish } = await desk();
  const sent = [];
  await page.route('**/api/gaze/expander', (route) =>
    route.fulfill({
      json: { configured: true, host: 'model.example', leaves: { en: 'Letters.', zh: '字母。' } },
    }),
  );
  await page.route('**/api/gaze/expand', (route) => {
    sent.push(route.request().postDataJSON());
    return route.fulfill({
      json: {
        sent: {},
        sentences: [
          { text: '我想喝水', words: [{ text: '我想喝水', pinyin: 'wo xiang he shui' }] },
        ],
      },
    });
  });
  await letters(page, 'wxhs');
  await page.click('[data-panel="more"]');
  await page.click('[data-more="expander"]');
  await page.waitForSelector('text=model.example');
  assert.match(await page.innerText('.desk .zone'), /wxhs/);
  assert.deepEqual(sent, []);
  await page.click('[data-act="expand"]');
  await page.click('.offer:has-text("我想喝水")');
  assert.equal(sent[0].keywords, 'wxhs');
  assert.equal(await draft(page), '我想喝水');
  assert.deepEqual((await get('/api/speak/said')).said, []);
  await finish();
});

test('an answer is written, approved, shown whole and sent in two steps', async () => {
  const text = '最近晚上睡得怎么样？';
  const { id } = await post('/api/speak/question', {
    from: '王医生',
    text,
    lang: 'zh',
    source: 'person',
  });
  const { page, finish } = await desk();
  await page.click('[data-panel="more"]');
  await page.click('[data-more="questions"]');
  await page.click(`[data-ask="${id}"]`);
  assert.match(await page.textContent('[data-question]'), /晚上睡得怎么样/);
  await write(page, ['hen', '很'], ['hao', '好']);
  await page.click('.corner.speak');
  await page.waitForFunction(() => !document.querySelector('[data-saying]'));
  await page.click('[data-panel="sentences"]');
  assert.equal(await page.locator('[data-act="send"]').isDisabled(), true);
  await page.waitForSelector('[data-state="heard"]');
  await page.click('[data-each]');
  await page.click('[data-act="approve"]');
  await page.click('[data-key="close"]');
  await page.click('[data-act="send"]');
  assert.equal(await page.textContent('[data-whole]'), '很好。');
  const asked = async () =>
    (await get('/api/speak/questions')).questions.find((one) => one.id === id);
  assert.equal((await asked()).state, 'open');
  await page.click('[data-act="send-now"]');
  await page.waitForSelector(`.ask.sent[data-ask="${id}"]`);
  assert.match(await page.textContent('.figures'), /100 分钟/);
  const sent = await asked();
  assert.equal(sent.state, 'sent');
  assert.ok(sent.answer.selections >= 8 && sent.answer.seconds >= 0);
  await page.click('[data-key="close"]');
  assert.equal(await draft(page), '');
  await finish();
});
