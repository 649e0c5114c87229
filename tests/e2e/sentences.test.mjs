// The twenty Chinese sentences on the speaking page, by simulated eyes (30 Hz, 40 px sd) and by one
// switch: composed with one wrong word in each, heard, repaired, heard again, and sent as an answer.
// The sentences stand beside the source tree and are not part of it: without them, or without a
// server that suggests and speaks, the test says so and is skipped.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { kUrl, launch, look } from './browser.mjs';
import { gaze_user, one_switch_user } from './gaze_user.mjs';
import { Writer } from './sentence_writer.mjs';
import { check_syllables, check_wav, listen, no_phonemes } from './voice_check.mjs';

const kShared =
  process.env.THAW_SHARED ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const kFile = `${kShared}/gaze/own_sentences.tsv`;
// As many by the switch as keep both within four minutes or so.
const kByEyes = Number(process.env.THAW_EYES_SENTENCES ?? 20);
const kWithSwitch = Number(process.env.THAW_SWITCH_SENTENCES ?? 8);

const post = async (path, body) => {
  const answer = await fetch(kUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.ok ? answer.json() : null;
};
const get = async (path) => (await fetch(kUrl + path)).json();
const pause = (ms) => new Promise((go) => setTimeout(go, ms));

/** Sound without a hand's click, as a screen for the eyes is started. */
const kSound = ['--autoplay-policy=no-user-gesture-required'];

async function what_is_missing() {
  if (!existsSync(kFile)) return `no sentences at ${kFile}`;
  const asked = { lang: 'zh', before: '', typed: 'wo', offers: 6, page: 0 };
  if (!(await post('/api/gaze/suggest', asked))) return 'this server suggests nothing';
  const words = [{ text: '我', pinyin: 'wo' }];
  if (!(await post('/api/voice', { lang: 'zh', words, rate: 1 })))
    return 'this server has no voice';
  return null;
}

let browser;
let missing = null;
let sentences = [];
before(async () => {
  missing = await what_is_missing();
  if (missing) return;
  browser = await launch(kSound);
  sentences = readFileSync(kFile, 'utf8')
    .split('\n')
    .map((line) => line.split('\t'))
    .filter(([lang]) => lang === 'zh')
    .map(([, text, pinyin]) => ({
      text,
      syllables: pinyin.replaceAll('|', ' ').trim().split(/\s+/),
    }));
});
after(() => browser?.close());

/** Follows what the page asks of the server: offers on their way, sounds that came. */
function follow(page) {
  const known = { waiting: new Set(), sounds: [] };
  const over = (request) => known.waiting.delete(request);
  page.on('request', (request) => {
    if (request.url().includes('/api/gaze/')) known.waiting.add(request);
  });
  page.on('requestfinished', over);
  page.on('requestfailed', over);
  page.on('response', async (response) => {
    const url = new URL(response.url());
    if (url.pathname !== '/api/voice' || response.request().method() !== 'POST') return;
    const asked = response.request().postDataJSON().words;
    const made = await response.json().catch(() => null);
    const said = asked.map((one) => one.text).join('');
    if (made?.url) known.sounds.push({ ...made, asked, said });
  });
  const quiet = async () => {
    for (let i = 0; i < 200 && known.waiting.size > 0; i += 1) await pause(5);
    await page.evaluate(() => new Promise((go) => setTimeout(go, 0)));
  };
  return { known, quiet };
}

/** Waits for a sound of this text to be played after `before` others; gives the sound. */
async function hears(page, known, text, before) {
  let played = [];
  for (let i = 0; i < 200; i += 1) {
    played = (await page.evaluate(() => globalThis.played_ms)).slice(before);
    const sound = known.sounds.findLast((one) => one.said === text);
    if (sound && played.some((ms) => Math.abs(ms - sound.duration_ms) < 60))
      return { sound, played };
    await pause(25);
  }
  const asked = known.sounds.map((one) => `${one.said} ${one.duration_ms}`).join(' | ');
  return assert.fail(`${text} was not heard: ${played} ms of ${asked}`);
}

const played = (page) => page.evaluate(() => globalThis.played_ms.length);

/** One sentence: written with a wrong word, heard, repaired, and it alone heard again. */
async function one_sentence({ page, writer, known, user }, sentence, place) {
  const nth = await writer.next_number();
  let before = await played(page);
  const plan = await writer.write(sentence, nth, (place % 4) * 2);
  await user.pass(100);
  await hears(page, known, plan.text, before);
  if (!plan.wrong) {
    before = await played(page);
    plan.wrong = await writer.plant(sentence, nth);
    plan.text = sentence.text.slice(0, plan.wrong.at) + plan.wrong.text;
    plan.text += sentence.text.slice(plan.wrong.at + plan.wrong.right.length);
    await user.pass(100);
    await hears(page, known, plan.text, before);
  }
  before = await played(page);
  const how = await writer.repair(plan, sentence, nth);
  await user.pass(100);
  const again = await hears(page, known, sentence.text, before);
  assert.equal(again.played.length, 1, `${sentence.text}: more than it was said again`);
  await check_wav(again.sound);
  if (!no_phonemes()) check_syllables(again.sound, sentence.syllables);
  return how;
}

/** Waits until nothing is being said: what has not been heard cannot be approved. */
async function silence(page, user) {
  for (let i = 0; i < 100; i += 1) {
    await user.pass(200);
    await pause(100);
    if (!(await page.locator('[data-saying]').count())) return;
  }
}

/** Approves all that was heard; a sentence whose saying was cut short is heard again first. */
async function approve(page, user) {
  for (let round = 0; round < 60; round += 1) {
    await user.until(page.locator('[data-act="approve-all"]'));
    if (await page.locator('[data-act="send"]').isEnabled()) return;
    const unheard = page.locator('[data-each]:has([data-state="draft"])').first();
    if (await unheard.count()) {
      await user.until(unheard);
      await user.until(page.locator('[data-act="hear"]'));
      await silence(page, user);
      await user.until(page.locator('[data-key="close"]'));
    } else await user.until(page.locator('.mid [data-key="next"]'));
  }
}

const shows = (locator) =>
  locator.waitFor({ state: 'visible', timeout: 1500 }).then(
    () => true,
    () => false,
  );

/** Opens the question that was asked, by the page's own keys. */
async function open_question(page, user, id) {
  for (const key of ['[data-panel="more"]', '[data-more="questions"]'])
    await user.until(page.locator(key));
  const asked = page.locator(`[data-ask="${id}"]`);
  for (let turn = 0; turn < 10 && !(await shows(asked)); turn += 1)
    await user.until(page.locator('.mid [data-key="next"]'));
  await user.until(asked);
}

/** Sends in two steps; what the server keeps of the question then. */
async function send(page, user, id, all) {
  await user.until(page.locator('[data-act="send"]'));
  await page.waitForFunction(() => document.querySelector('[data-whole]'));
  const whole = (await page.textContent('[data-whole]')).replace(/\s/g, '');
  assert.equal(whole, all.map((one) => one.text).join(''));
  await user.until(page.locator('[data-act="send-now"]'));
  for (let i = 0; i < 50; i += 1) {
    await pause(200);
    await user.pass(50);
    const { questions } = await get('/api/speak/questions');
    const sent = questions.find((one) => one.id === id);
    if (sent.state === 'sent') return sent;
  }
  return assert.fail('not sent');
}

/** A question is answered with these sentences; the figures in words. */
async function answer(page, user, name, all) {
  const question = { from: name, text: '请把您想说的话写下来。', lang: 'zh', source: 'person' };
  const { id } = await post('/api/speak/question', question);
  const { known, quiet } = follow(page);
  const trace = process.env.THAW_TRACE ? (line) => console.error(line) : undefined;
  const writer = new Writer(page, { look: user.look, quiet, tell: trace });
  await page.addInitScript(listen);
  await page.goto('/speak');
  await user.pass(600);
  await page.waitForSelector('.desk[data-ready]');
  await open_question(page, user, id);
  const ways = { alternative: 0, spelled: 0 };
  for (const [place, sentence] of all.entries())
    ways[await one_sentence({ page, writer, known, user }, sentence, place)] += 1;
  await silence(page, user);
  await user.until(page.locator('[data-panel="sentences"]'));
  await approve(page, user);
  const sent = await send(page, user, id, all);
  assert.deepEqual(
    sent.answer.sentences.map((one) => one.words.map((word) => word.text).join('')),
    all.map((one) => one.text),
  );
  const characters = all.reduce((sum, one) => sum + [...one.text].length, 0);
  const { written, repaired } = writer.selections;
  return (
    `${all.length} sentences of ${characters} characters: ${written} selections to write ` +
    `(${(written / characters).toFixed(2)} a character), ${repaired} to repair one word in each ` +
    `(${ways.alternative} by an alternative, ${ways.spelled} spelled again)` +
    `${no_phonemes() ? `; syllables not checked: ${no_phonemes()}` : ''}`
  );
}

test('twenty sentences by the eyes: composed, heard, repaired and sent', async (t) => {
  if (missing) return t.skip(missing);
  const { page, finish } = await look(browser, { lang: 'zh', width: 1280, height: 800 });
  const eyes = await gaze_user(page, { seed: 21 });
  const user = {
    look: (locator) => eyes.look_at(locator, { may_go: true }),
    until: (locator) => eyes.choose(locator),
    pass: () => null,
  };
  try {
    const told = await answer(page, user, '王医生', sentences.slice(0, kByEyes));
    const { wrong, selections, virtual_ms } = eyes.tally;
    t.diagnostic(
      `${told}; in all ${selections} selections, ${wrong} wrong, ` +
        `${(virtual_ms / 60_000).toFixed(1)} minutes of the eyes' time`,
    );
    assert.ok(wrong < 0.02 * selections, JSON.stringify(eyes.tally));
    await finish();
  } finally {
    eyes.stop();
    await page.context().close();
  }
});

test('the sentences by one switch: composed, heard, repaired and sent', async (t) => {
  if (missing) return t.skip(missing);
  const { page, finish } = await look(browser, { lang: 'zh', width: 1280, height: 800 });
  const person = await one_switch_user(page);
  const user = {
    look: (locator) => person.choose(locator),
    until: (locator) => person.choose(locator),
    pass: person.pass,
  };
  try {
    const told = await answer(page, user, '李记者', sentences.slice(0, kWithSwitch));
    const { selections, steps } = person.tally;
    t.diagnostic(
      `${told}; in all ${selections} selections, ${steps} steps of ` +
        `1 s: ${(steps / 60).toFixed(0)} minutes`,
    );
    await finish();
  } finally {
    await page.context().close();
  }
});
