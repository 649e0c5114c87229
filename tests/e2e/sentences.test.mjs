// The twenty Chinese sentences by simulated eyes (30 Hz, 40 px sd) on the speaking page: composed,
// heard, one word in each repaired, and sent; some of them by one switch as well. The sentences
// stand beside the source tree and are not part of it: without them, or without a server that
// suggests and speaks, the test says so and is skipped.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { kUrl, launch, look } from './browser.mjs';
import { gaze_user, one_switch_user } from './gaze_user.mjs';

const kShared =
  process.env.THAW_SHARED ?? fileURLToPath(new URL('../../../shared/data', import.meta.url));
const kFile = `${kShared}/gaze/own_sentences.tsv`;
const kWithSwitch = Number(process.env.THAW_SWITCH_SENTENCES ?? 4);

const post = async (path, body) => {
  const answer = await fetch(kUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return answer.ok ? answer.json() : null;
};

/** Sound without a hand's click, as a screen for the eyes is started; a loudspeaker that is there. */
const kSound = ['--autoplay-policy=no-user-gesture-required'];
const loudspeaker = () => {
  navigator.mediaDevices.enumerateDevices = async () => [{ kind: 'audiooutput' }];
};

let browser;
let missing = null;
let sentences = [];
before(async () => {
  if (!existsSync(kFile)) missing = `no sentences at ${kFile}`;
  else if (
    !(await post('/api/gaze/suggest', { lang: 'zh', before: '', typed: 'wo', offers: 6, page: 0 }))
  )
    missing = 'this server suggests nothing';
  else if (
    !(await post('/api/voice', { lang: 'zh', words: [{ text: '我', pinyin: 'wo' }], rate: 1 }))
  )
    missing = 'this server has no voice';
  else browser = await launch(kSound);
  if (missing) return;
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

const kHanzi = /\p{Script=Han}/u;
const kCells = { '，': 'mark-，', '？': 'mark-？' };

/** What the person sees of the page. */
const seen = (page) =>
  page.evaluate(() => ({
    done: document.querySelector('.draft p.sr')?.textContent ?? '',
    typed: document.querySelector('[data-typed]')?.getAttribute('data-typed') ?? '',
    offers: [...document.querySelectorAll('.zone .offers .offer:not(:disabled)')].map(
      (one) => one.dataset.key,
    ),
    more: !(document.querySelector('[data-key="more-offers"]')?.disabled ?? true),
    keys: document.querySelector('[data-key="letter-q"]') !== null,
    resting: document.documentElement.dataset.gaze === 'rest',
    calling: document.querySelector('.desk.calling') !== null,
    close: document.querySelector('[data-key="close"]') !== null,
  }));

/** The key to look at next for a sentence that is written so far as `now` says. */
function next_key(now, sentence, turned, span) {
  if (now.resting) return '[data-wake]:not(:disabled):not([aria-pressed=true])';
  if (now.calling) return '.corner.call';
  if (!now.keys) return now.close ? '[data-key="close"]' : '[data-panel="keys"]';
  if (!sentence.text.startsWith(now.done)) return '.corner.undo';
  const rest = sentence.text.slice(now.done.length);
  const at = [...now.done].filter((one) => kHanzi.test(one)).length;
  let letters = '';
  for (let i = 0; i < span && i < [...rest].length && kHanzi.test([...rest][i]); i += 1)
    letters += sentence.syllables[at + i];
  if (!letters.startsWith(now.typed)) return '.corner.undo';
  const fits = now.offers.filter((one) => rest.startsWith(one)).sort((a, b) => b.length - a.length);
  if (fits[0]) return `.offers .offer[data-key="${fits[0]}"]`;
  if (now.typed === '' && !kHanzi.test(rest[0])) {
    if (rest === '。') return '.corner.speak';
    return `[data-key="${kCells[rest[0]] ?? `mark-${rest[0]}`}"]`;
  }
  if (now.typed.length < letters.length) return `[data-key="letter-${letters[now.typed.length]}"]`;
  return now.more && turned < 6 ? '[data-key="more-offers"]' : '.corner.undo';
}

/** Follows what the page asks of the server: offers on their way, sounds that came. */
function follow(page) {
  const known = { waiting: 0, sounds: [] };
  const over = (request) => {
    if (request.url().includes('/api/gaze/')) known.waiting -= 1;
  };
  page.on('request', (request) => {
    if (request.url().includes('/api/gaze/')) known.waiting += 1;
  });
  page.on('requestfinished', over);
  page.on('requestfailed', over);
  page.on('response', async (response) => {
    const url = new URL(response.url());
    if (url.pathname !== '/api/voice' || response.request().method() !== 'POST') return;
    const asked = response.request().postDataJSON();
    const made = await response.json().catch(() => null);
    if (made?.url)
      known.sounds.push({ ...made, said: asked.words.map((one) => one.text).join('') });
  });
  const quiet = async () => {
    for (let i = 0; i < 200 && known.waiting > 0; i += 1)
      await new Promise((go) => setTimeout(go, 5));
    await page.evaluate(() => new Promise((go) => setTimeout(go, 0)));
  };
  return { known, quiet };
}

/** Writes one sentence to its end; the selections it took. */
async function compose(page, user, quiet, sentence, most = 120) {
  let turned = 0;
  let span = 99;
  let written = '';
  for (let n = 1; n <= most; n += 1) {
    await quiet();
    const now = await seen(page);
    if (now.done !== written) span = 99;
    else if (turned >= 6) span = span === 1 ? 99 : 1;
    written = now.done;
    if (turned >= 6) turned = 0;
    const key = next_key(now, sentence, turned, span);
    turned = key.includes('more-offers') ? turned + 1 : 0;
    await user.look(page.locator(key).first());
    await quiet();
    if (await ended(page, sentence)) return n;
  }
  return assert.fail(
    `${sentence.text}: not written with ${most} selections: ${JSON.stringify(await seen(page))}`,
  );
}

const ended = (page, sentence) =>
  page.evaluate((text) => {
    const words = [...document.querySelectorAll('[data-word]')].map((one) => one.dataset.key);
    const line = document.querySelector('.draft p.sr')?.textContent ?? '';
    return (
      line === text || (line === '' && text.endsWith(words.slice(-3).join('')) && words.length > 0)
    );
  }, sentence.text);

/** Repairs one word of the sentence just written: another in its place, then the right one again. */
async function repair(page, user, quiet, sentence) {
  const word = await page.evaluate(() => {
    const all = [...document.querySelectorAll('[data-word]:not(.mark)')];
    return all.at(-1)?.dataset.word ?? null;
  });
  assert.ok(word, `${sentence.text}: no word in view`);
  const at = page.locator(`[data-word="${word}"]`);
  const right = await at.getAttribute('data-key');
  for (let tries = 0; tries < 8; tries += 1) {
    await user.look(at);
    if (
      await page
        .locator('[data-repair] .offer:not(:disabled)')
        .first()
        .isVisible({ timeout: 500 })
        .catch(() => false)
    )
      break;
    await quiet();
  }
  await quiet();
  await user.look(page.locator('[data-repair] .offer:not(:disabled)').first());
  await quiet();
  for (let tries = 0; tries < 8; tries += 1) {
    const there = await at.getAttribute('data-key').catch(() => null);
    if (there === right && tries > 0) return;
    await user.look(page.locator('.corner.undo'));
    await quiet();
  }
  assert.equal(await at.getAttribute('data-key'), right);
}

/** A WAV of the server: its length is that of the announcement, it is not silent, words in order. */
async function heard(sounds, text) {
  const sound = sounds.find((one) => one.said === text);
  assert.ok(sound, `${text} was not said: ${sounds.map((one) => one.said).join(' | ')}`);
  const wav = Buffer.from(await (await fetch(kUrl + sound.url)).arrayBuffer());
  assert.equal(wav.toString('latin1', 0, 4), 'RIFF');
  const [channels, rate, bits] = [wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)];
  const body = wav.subarray(44);
  const ms = (body.length * 8000) / (channels * bits * rate);
  assert.ok(
    Math.abs(ms - sound.duration_ms) < 60,
    `${text}: ${ms} ms, said to be ${sound.duration_ms}`,
  );
  const hanzi = [...text].filter((one) => kHanzi.test(one)).length;
  assert.ok(ms / hanzi > 80 && ms / hanzi < 600, `${text}: ${ms / hanzi} ms a character`);
  let loudest = 0;
  for (let i = 0; i + 1 < body.length; i += 2)
    loudest = Math.max(loudest, Math.abs(body.readInt16LE(i)));
  assert.ok(loudest > 2000, `${text}: silence`);
  const starts = sound.words.map((one) => one.start_ms);
  assert.deepEqual(
    starts,
    [...starts].sort((a, b) => a - b),
  );
}

const shows = (locator) =>
  locator.waitFor({ state: 'visible', timeout: 1500 }).then(
    () => true,
    () => false,
  );

/** Waits until nothing is being said: what has not been heard cannot be approved. */
async function silence(page, user) {
  for (let i = 0; i < 100; i += 1) {
    await user.pass(200);
    await new Promise((go) => setTimeout(go, 200));
    if (!(await page.locator('[data-saying]').count())) return;
  }
}

/** Approves all that was heard; a sentence whose saying was cut short is heard again first. */
async function approve(page, user) {
  for (let round = 0; round < 40; round += 1) {
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

/** A question is answered with these sentences, approved and sent in two steps. */
async function answer(page, user, quiet, known, name, all, { repairs = true } = {}) {
  const { id } = await post('/api/speak/question', {
    from: name,
    text: '请把您想说的话写下来。',
    lang: 'zh',
    source: 'person',
  });
  await page.addInitScript(loudspeaker);
  await page.goto('/speak');
  await user.pass(600);
  await page.waitForSelector('.desk[data-ready]');
  for (const key of ['[data-panel="more"]', '[data-more="questions"]'])
    await user.until(page.locator(key));
  const asked = page.locator(`[data-ask="${id}"]`);
  for (let turn = 0; turn < 10 && !(await shows(asked)); turn += 1)
    await user.until(page.locator('.mid [data-key="next"]'));
  await user.until(asked);
  let selections = 0;
  let characters = 0;
  for (const sentence of all) {
    selections += await compose(page, user, quiet, sentence);
    characters += [...sentence.text].length;
    await user.pass(100);
    if (repairs) await repair(page, user, quiet, sentence);
    await heard(known.sounds, sentence.text);
  }
  await silence(page, user);
  await user.until(page.locator('[data-panel="sentences"]'));
  await approve(page, user);
  await user.until(page.locator('[data-act="send"]'));
  await page.waitForFunction(() => document.querySelector('[data-whole]'));
  assert.equal(
    (await page.textContent('[data-whole]')).replace(/\s/g, ''),
    all.map((one) => one.text).join(''),
  );
  await user.until(page.locator('[data-act="send-now"]'));
  let sent;
  for (let i = 0; i < 50 && sent?.state !== 'sent'; i += 1) {
    await new Promise((go) => setTimeout(go, 200));
    await user.pass(50);
    const { questions } = await (await fetch(`${kUrl}/api/speak/questions`)).json();
    sent = questions.find((one) => one.id === id);
  }
  assert.equal(sent.state, 'sent');
  return { selections, characters, counted: sent.answer.selections };
}

test('twenty sentences by the eyes: composed, heard, repaired and sent', async (t) => {
  if (missing) return t.skip(missing);
  const { page, finish } = await look(browser, { lang: 'zh', width: 1280, height: 800 });
  const eyes = await gaze_user(page, { seed: 21 });
  const { known, quiet } = follow(page);
  const user = {
    look: (locator) => eyes.look_at(locator),
    until: (locator) => eyes.choose(locator),
    pass: () => null,
  };
  const told = await answer(page, user, quiet, known, '王医生', sentences);
  t.diagnostic(
    `${told.selections} selections for ${told.characters} characters, ` +
      `${eyes.tally.wrong} wrong of ${eyes.tally.selections}, ` +
      `${Math.round(eyes.tally.virtual_ms / 1000)} s of the eyes' time`,
  );
  assert.ok(eyes.tally.wrong < 0.03 * eyes.tally.selections, JSON.stringify(eyes.tally));
  eyes.stop();
  await finish();
});

test('the sentences by one switch: composed, heard, repaired and sent', async (t) => {
  if (missing) return t.skip(missing);
  const { page, finish } = await look(browser, { lang: 'zh', width: 1280, height: 800 });
  const person = await one_switch_user(page);
  const { known, quiet } = follow(page);
  const user = {
    look: (locator) => person.choose(locator),
    until: (locator) => person.choose(locator),
    pass: person.pass,
  };
  const told = await answer(page, user, quiet, known, '李记者', sentences.slice(0, kWithSwitch));
  t.diagnostic(
    `${told.selections} selections for ${told.characters} characters, ${person.tally.steps} steps`,
  );
  await finish();
});
