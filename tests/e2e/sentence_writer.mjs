// A person who writes given Chinese sentences on the speaking page, whatever selects for him: reads
// the page, chooses the next key, takes one wrong word on purpose, and repairs it when the sentence
// has been said. What he does not see on the page he does not know.
import assert from 'node:assert/strict';

export const kHanzi = /^\p{Script=Han}+$/u;
const kMarks = { '，': 'mark-，', '？': 'mark-？' };
const kPatience = 6; // pages of offers that are turned for one word
const kTogether = 5; // syllables that are typed before a word is sought another way
const kGivenUp = '.corner.undo:not([data-none])';
const kMost = 160; // selections for one sentence

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
    errand: document.querySelector('.draft .done') !== null,
    close: document.querySelector('[data-key="close"]') !== null,
    words: [...document.querySelectorAll('[data-word]')].map((one) => ({
      at: one.dataset.word,
      text: one.dataset.key,
    })),
  }));

/** The key that leaves a place he did not mean to be in; null when he is where letters are. */
function way_out(now) {
  if (now.resting) return '[data-wake]:not(:disabled):not([aria-pressed=true])';
  if (now.calling) return '.corner.call';
  if (now.keys) return null;
  return now.close ? '[data-key="close"]' : '[data-panel="keys"]';
}

/** The letters of the Hanzi that come next, of at most `span`. */
function letters_of(rest, syllables, from, span) {
  let letters = '';
  for (let i = 0; i < span && i < [...rest].length && kHanzi.test([...rest][i]); i += 1)
    letters += syllables[from + i];
  return letters;
}

const count = (text) => [...text].filter((one) => kHanzi.test(one)).length;
const offer_key = (text) => `.offers .offer[data-key="${text}"]`;
const longest = (words) => [...words].sort((a, b) => b.length - a.length)[0];

export class Writer {
  /** `look(locator)` selects, or something beside it by mistake; `quiet()` waits for the offers. */
  constructor(page, { look, quiet, tell = () => undefined }) {
    Object.assign(this, { page, look, quiet, tell });
    this.selections = { written: 0, repaired: 0 };
  }

  async select(key, what) {
    this.selections[what] += 1;
    this.tell(key);
    await this.look(this.page.locator(key).first());
    await this.quiet();
  }

  /** The number of the sentence that is begun next, as the words in view tell. */
  async next_number() {
    const { words } = await seen(this.page);
    return Math.max(-1, ...words.map((one) => Number(one.at.split(':')[0]))) + 1;
  }

  /**
   * Writes sentence number `nth` of the draft to its end, with one wrong word taken once `late`
   * Hanzi stand there. Gives the text as it was said and the wrong word, or null if none was taken.
   */
  async write(sentence, nth, late) {
    const plan = { text: sentence.text, wrong: null, tried: new Set() };
    this.nth = nth;
    let turned = 0;
    let span = kTogether;
    let before = '';
    for (let n = 0; n < kMost; n += 1) {
      await this.quiet();
      const now = await seen(this.page);
      if (await this.said(plan.text, nth)) return plan;
      if (this.undone(now)) {
        await this.repair(...this.last);
        continue;
      }
      this.think(plan, sentence, now, nth);
      if (now.done !== before) [span, turned] = [kTogether, 0];
      else if (turned >= kPatience) [span, turned] = [span === 1 ? kTogether : 1, 0];
      before = now.done;
      const key = this.next_key(now, plan, sentence, { turned, span, late });
      // No more pages for these letters: the word is sought by its first syllable alone.
      if (key.includes('more-offers')) turned += 1;
      else if (key === kGivenUp) turned = kPatience;
      this.tell(`${now.done} | ${now.typed} | ${now.offers.join(' ')}`);
      await this.select(key, 'written');
    }
    const now = JSON.stringify(await seen(this.page));
    return assert.fail(`${plan.text}: not written with ${kMost} selections: ${now}`);
  }

  /** Whether an undo by mistake brought the wrong word of the sentence before back. */
  undone({ done, words }) {
    if (done !== '' || !this.last) return false;
    const [{ wrong }, , nth] = this.last;
    return words.some((one) => one.at.startsWith(`${nth}:`) && one.text === wrong.text);
  }

  /** Whether sentence `nth` has ended: its words are the last in view, and the open line is empty. */
  async said(text, nth) {
    const { words, done } = await seen(this.page);
    const own = words.filter((one) => one.at.startsWith(`${nth}:`)).map((one) => one.text);
    return done === '' && own.length > 0 && text.endsWith(own.join(''));
  }

  /** A word of the sentence just said is exchanged for another, where no wrong one was taken. */
  async plant(sentence, nth) {
    const { words } = await seen(this.page);
    const own = words.filter((one) => one.at.startsWith(`${nth}:`) && kHanzi.test(one.text));
    const right = own.findLast((one) => sentence.text.split(one.text).length === 2)?.text;
    assert.ok(right, `${sentence.text}: no word in view`);
    const at = sentence.text.lastIndexOf(right);
    await this.open_repair(right, nth);
    const others = this.page.locator('[data-repair] .offer:not(:disabled)');
    const text = await others.first().getAttribute('data-key');
    await this.select(`[data-repair] .offer[data-key="${text}"]`, 'repaired');
    return { at, text, right, stood: true };
  }

  /** The wrong word as it really came to stand there; forgotten where it was taken back. */
  think(plan, sentence, now, nth) {
    const { wrong } = plan;
    if (!wrong) return;
    const stands = now.done.slice(wrong.at, wrong.at + wrong.text.length) === wrong.text;
    const one_word = now.words.some(
      (one) => one.at.startsWith(`${nth}:`) && one.text === wrong.text,
    );
    if (stands && (wrong.stood || one_word)) wrong.stood = true;
    else Object.assign(plan, { text: sentence.text, wrong: null });
  }

  /** The key to look at next for a sentence that is written so far as `now` says. */
  next_key(now, plan, sentence, { turned, span, late }) {
    const out = way_out(now);
    if (out) return out;
    if (!plan.text.startsWith(now.done)) return '.corner.undo';
    // Ended too early by a wrong selection: what was written stands there, and nothing after it.
    if (now.done === '' && now.words.some((one) => Number(one.at.split(':')[0]) >= this.nth))
      return '.corner.undo';
    const rest = plan.text.slice(now.done.length);
    const letters = letters_of(rest, sentence.syllables, count(now.done), span);
    if (!letters.startsWith(now.typed)) return '.corner.undo';
    const fits = now.offers.filter((one) => rest.startsWith(one));
    const slip = this.slip(now, plan, sentence, fits, late);
    if (slip) return offer_key(slip);
    if (fits.length) return offer_key(longest(fits));
    if (now.typed === '' && !kHanzi.test([...rest][0]))
      return rest === '。' ? '.corner.speak' : `[data-key="${kMarks[rest[0]]}"]`;
    if (now.typed.length < letters.length)
      return `[data-key="letter-${letters[now.typed.length]}"]`;
    return now.more && turned < kPatience ? '[data-key="more-offers"]' : kGivenUp;
  }

  /** A wrong word beside a right one, as long as it: taken on purpose, once a sentence. */
  slip(now, plan, sentence, fits, late) {
    if (plan.wrong || now.typed === '' || count(now.done) < late) return null;
    const right = fits.find((one) => one.length <= 2 && kHanzi.test(one));
    const text = now.offers.find(
      (one) =>
        right &&
        one.length === right.length &&
        kHanzi.test(one) &&
        [...one].every((letter, i) => letter !== [...right][i]) &&
        !plan.tried.has(one + now.done) &&
        !sentence.text.includes(one),
    );
    if (!text) return null;
    const at = now.done.length;
    plan.tried.add(text + now.done);
    plan.wrong = { at, text, right, stood: false };
    plan.text = sentence.text.slice(0, at) + text + sentence.text.slice(at + right.length);
    return text;
  }

  /** Where a word of sentence `nth` stands in view, turned to if it does not. */
  async find(text, nth) {
    for (let turns = 0; turns < 8; turns += 1) {
      const { words } = await seen(this.page);
      const found = words.filter((one) => one.at.startsWith(`${nth}:`) && one.text === text).at(-1);
      if (found) return `[data-word="${found.at}"]`;
      await this.select('.draft .turn', 'repaired');
    }
    return assert.fail(`${text} is not in view`);
  }

  /** Looks at a word until its repair is open. */
  async open_repair(text, nth) {
    for (let tries = 0; tries < 8; tries += 1) {
      const current = await this.page.locator('[data-word][aria-current=true]').all();
      const open = await Promise.all(current.map((one) => one.getAttribute('data-key')));
      if (open.includes(text) && (await this.page.locator('[data-repair]').count())) return;
      await this.select(await this.find(text, nth), 'repaired');
    }
    assert.fail(`${text}: its repair did not open`);
  }

  /**
   * Puts the right word in the place of the wrong one: one of the alternatives if it is among
   * them, else spelled again. Gives which of the two it was.
   */
  async repair(plan, sentence, nth) {
    const { wrong } = plan;
    this.last = [plan, sentence, nth];
    await this.open_repair(wrong.text, nth);
    const shown = '[data-repair] .offer';
    for (let turns = 0; turns < 4; turns += 1) {
      const right = `${shown}[data-key="${wrong.right}"]`;
      if (await this.page.locator(right).count()) {
        await this.select(right, 'repaired');
        if (await this.mended(sentence)) return 'alternative';
        await this.undo_slips(plan, nth);
        await this.open_repair(wrong.text, nth);
      } else if (await this.page.locator('.mid [data-key="next"]:not(:disabled)').count())
        await this.select('.mid [data-key="next"]', 'repaired');
      else break;
    }
    await this.respell(plan, sentence, nth);
    return 'spelled';
  }

  async stands(text, nth) {
    const { words } = await seen(this.page);
    return words.some((one) => one.at.startsWith(`${nth}:`) && one.text === text);
  }

  /** Whether the sentence is said as it should be, as the spoken line shows. */
  async mended(sentence) {
    for (let i = 0; i < 20; i += 1) {
      const line = await this.page.locator('.saying').first().textContent();
      if (line.replace(/\s/g, '').includes(sentence.text)) return true;
      await new Promise((go) => setTimeout(go, 20));
    }
    return false;
  }

  /** Takes back until the wrong word stands there again. */
  async undo_slips(plan, nth) {
    for (let n = 0; n < 8 && !(await this.stands(plan.wrong.text, nth)); n += 1)
      await this.select('.corner.undo', 'repaired');
  }

  /** The word's letters are taken away, those of the right one written, and its offer is taken. */
  async respell(plan, sentence, nth) {
    const { at, right } = plan.wrong;
    const from = count(sentence.text.slice(0, at));
    const letters = letters_of(right, sentence.syllables, from, 99);
    for (let n = 0, turned = 0; n < 60; n += 1) {
      const now = await seen(this.page);
      if (!now.errand && (await this.mended(sentence))) return;
      let key;
      if (!now.errand) {
        await this.open_repair(plan.wrong.text, nth);
        key = '[data-act="respell"]';
      } else if (!now.keys) key = way_out(now);
      else if (now.offers.includes(right) && letters === now.typed) key = offer_key(right);
      else if (now.typed === '' && (await this.stands(right, nth))) key = '.draft .done';
      else if (!letters.startsWith(now.typed)) key = '[data-key="back"]';
      else if (now.typed.length < letters.length)
        key = `[data-key="letter-${letters[now.typed.length]}"]`;
      else key = now.more && turned++ < kPatience ? '[data-key="more-offers"]' : '.corner.undo';
      await this.select(key, 'repaired');
    }
    assert.fail(`${right}: not spelled`);
  }
}
