import assert from 'node:assert/strict';
import { test } from 'node:test';
import { empty_composer, hear, state_of, step, whole_text } from './composer';
import type { Act, Composer, Effect, Offer } from './composer';
import { composer_of, document_of } from './document';
import { ended, kept_inside } from './draft';
import type { Draft } from './draft';
import { is_end, text_of, word } from './word';
import type { Lang, Word } from './word';

const offer = (text: string, pinyin = '', letters_used = 99, lang: Lang = 'zh'): Offer => ({
  text,
  words: [word(text, pinyin, lang)],
  source: 'word',
  letters_used,
});

function run(acts: readonly Act[], from: Composer = empty_composer('zh')) {
  let composer = from;
  const effects: Effect[] = [];
  for (const act of acts) {
    const out = step(composer, act);
    composer = out.composer;
    effects.push(...out.effects);
  }
  return { composer, effects };
}
const letters = (text: string): Act[] => [...text].map((one) => ({ do: 'letter', text: one }));
const pick = (text: string, pinyin = '', used = 99): Act => ({
  do: 'pick',
  offer: offer(text, pinyin, used),
});
const text = (composer: Composer) => whole_text(composer.now);

/** A plain generator, so that a failing law can be run again. */
function random(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 4294967296) * n);
  };
}

const kTexts = ['我', '想', '温水', '𠮷', '🙂', 'thaw', '3', '，', '。', 'hello', '！', '?', '.'];

function any_act(of: (n: number) => number, draft: Draft): Act {
  const s = of(draft.sentences.length + 1);
  const w = of(4);
  const words = Array.from({ length: 1 + of(3) }, () => word(kTexts[of(kTexts.length)]!, '', 'zh'));
  const acts: Act[] = [
    { do: 'letter', text: 'abcxyz'[of(6)]! },
    { do: 'digit', text: String(of(10)) },
    { do: 'mark', text: '，。！？.!?,'[of(8)]! },
    { do: 'space' },
    { do: 'end' },
    { do: 'pick', offer: { text: '', words, source: 'word', letters_used: of(4) } },
    { do: 'paste', words },
    { do: 'back' },
    { do: 'lang', lang: of(2) ? 'zh' : 'en' },
    { do: 'shift' },
    { do: 'place', at: { s, w } },
    { do: 'insert', at: { s, w } },
    { do: 'respell', s, w },
    { do: 'delete', s, w },
    { do: 'replace', s, w, words },
    { do: 'done' },
    { do: 'move', s, by: of(2) ? 1 : -1 },
    { do: 'drop', s },
    { do: 'approve', s },
    { do: 'clear' },
    { do: 'undo' },
  ];
  return acts[of(acts.length)]!;
}

/** What every draft keeps to. */
function check(draft: Draft): void {
  draft.sentences.forEach((one, i) => {
    const last = i === draft.sentences.length - 1;
    assert.equal(ended(one), !last, 'every sentence but the last is ended');
    const first_end = one.words.findIndex(is_end);
    if (first_end >= 0) assert.ok(one.words.slice(first_end).every(is_end), 'ends stand last');
  });
  assert.equal(new Set(draft.sentences.map((one) => one.id)).size, draft.sentences.length);
  assert.ok(draft.sentences.every((one) => one.id < draft.next_id));
  assert.deepEqual(kept_inside(draft, draft.at), draft.at);
}

test('after any acts, undoing all of them gives the draft at the start, exactly', () => {
  for (let seed = 1; seed <= 300; seed += 1) {
    const of = random(seed);
    const start = run([...letters('wo'), pick('我', 'wo'), pick('。')]).composer;
    let composer: Composer = { ...start, past: null };
    for (let i = 0; i < 60; i += 1) {
      composer = step(composer, any_act(of, composer.now)).composer;
      check(composer.now);
    }
    while (composer.past) composer = step(composer, { do: 'undo' }).composer;
    assert.deepEqual(composer.now, start.now, `seed ${seed}`);
  }
});

test('one undo takes back exactly one act, whichever it was', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const of = random(seed * 7919);
    let composer = empty_composer('zh');
    for (let i = 0; i < 40; i += 1) {
      const act = any_act(of, composer.now);
      const after = step(composer, act).composer;
      if (act.do !== 'undo' && after.now !== composer.now)
        assert.equal(step(after, { do: 'undo' }).composer.now, composer.now);
      composer = after;
    }
  }
});

test('a document gives back the same composer, after any acts', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const of = random(seed * 31);
    let composer = empty_composer('en');
    for (let i = 0; i < 40; i += 1) {
      composer = step(composer, any_act(of, composer.now)).composer;
      if (of(5) === 0) composer = hear(composer, composer.now.sentences[0]!.id, 'x');
    }
    const back = composer_of(JSON.parse(JSON.stringify(document_of(composer))));
    assert.deepEqual(back?.now, { ...composer.now, shift: false });
    assert.deepEqual(back?.counts, composer.counts);
    assert.deepEqual(document_of(back!), document_of(composer));
  }
});

test('a damaged document is none', () => {
  const good = document_of(run([pick('我'), pick('。')]).composer);
  assert.ok(composer_of(good));
  for (const bad of [
    null,
    {},
    [],
    'x',
    { ...good, lang: 'fr' },
    { ...good, sentences: [] },
    { ...good, sentences: [{ id: 'a', words: [] }] },
    { ...good, sentences: [{ id: 1, words: [[1]] }] },
    { ...good, at: null },
    { ...good, counts: [Infinity, 0, 0] },
    { ...good, typed: 3 },
  ])
    assert.equal(composer_of(bad), null, JSON.stringify(bad));
});

test('a document of sentences that were not cut is cut when it is read', () => {
  const good = document_of(run([pick('我')]).composer);
  const odd = composer_of({ ...good, sentences: [{ id: 1, words: [['我'], ['。'], ['你']] }] });
  check(odd!.now);
  assert.equal(text(odd!), '我。你');
});

test('letters become what is picked, and a sentence is said when it ends', () => {
  const { composer, effects } = run([
    ...letters('wo'),
    pick('我', 'wo', 2),
    ...letters('xianghe'),
    pick('想', 'xiang', 5),
    pick('喝', 'he', 2),
    { do: 'mark', text: '。' },
  ]);
  assert.equal(text(composer), '我想喝。');
  const said = effects.filter((one) => one.say === 'sentence');
  assert.equal(said.length, 1);
  assert.equal(text_of(said[0]!.words), '我想喝。');
  assert.deepEqual(composer.counts, { selections: 13, undos: 0, taken: 3 });
});

test('only the repaired sentence is said again, and only when its words changed', () => {
  let { composer } = run([pick('一'), pick('。'), pick('二'), pick('。'), pick('三'), pick('。')]);
  const [first, second] = composer.now.sentences;
  composer = hear(hear(composer, first!.id, '一。'), second!.id, '二。');
  const same = run([{ do: 'replace', s: 1, w: 0, words: [word('二', '', 'zh')] }], composer);
  assert.deepEqual(same.effects, []);
  const { effects } = run([{ do: 'replace', s: 1, w: 0, words: [word('两', '', 'zh')] }], composer);
  assert.equal(effects.length, 1);
  assert.deepEqual(
    effects.map((one) => one.say === 'sentence' && [one.id, text_of(one.words), one.again]),
    [[second!.id, '两。', true]],
  );
});

test('a deleted sentence makes nobody say the next one', () => {
  let { composer } = run([pick('一'), pick('。'), pick('二'), pick('。')]);
  const [first, second] = composer.now.sentences;
  composer = hear(hear(composer, first!.id, '一。'), second!.id, '二。');
  const { effects } = run([{ do: 'drop', s: 0 }], composer);
  assert.deepEqual(effects, []);
});

test('a respelled word comes back to its place, its sentence is said once, the caret goes home', () => {
  let { composer } = run([
    pick('我', 'wo'),
    pick('喝', 'he'),
    pick('温水', 'wen shui'),
    pick('。'),
    pick('你', 'ni'),
  ]);
  composer = hear(composer, composer.now.sentences[0]!.id, '我喝温水。');
  const begun = run([{ do: 'respell', s: 0, w: 2 }], composer);
  assert.equal(begun.composer.now.typed, 'wenshui');
  assert.deepEqual(begun.effects, []);
  const done = run([{ ...pick('问睡', 'wen shui', 7) }], begun.composer);
  assert.equal(text(done.composer), '我喝问睡。你');
  assert.deepEqual(done.composer.now.at, { s: 1, w: 1 });
  assert.deepEqual(
    done.effects.map((one) => text_of(one.words)),
    ['我喝问睡。'],
  );
});

test('words are inserted in the middle until done; then the sentence is said again', () => {
  let { composer } = run([pick('我'), pick('喝'), pick('。')]);
  composer = hear(composer, composer.now.sentences[0]!.id, '我喝。');
  const { composer: after, effects } = run(
    [{ do: 'insert', at: { s: 0, w: 1 } }, pick('想'), pick('多'), { do: 'done' }],
    composer,
  );
  assert.equal(text(after), '我想多喝。');
  assert.deepEqual(
    effects.filter((one) => one.say === 'sentence').map((one) => text_of(one.words)),
    ['我想多喝。'],
  );
  assert.equal(after.now.errand, null);
});

test('English: a capital where a sentence begins, I, a space for each word, none before a mark', () => {
  const { composer } = run(
    [
      ...letters('i'),
      { do: 'space' },
      ...letters('am'),
      { do: 'space' },
      ...letters('cold'),
      { do: 'mark', text: ',' },
      ...letters('please'),
      { do: 'space' },
      { do: 'digit', text: '2' },
      { do: 'digit', text: '0' },
      { do: 'mark', text: '.' },
      ...letters('thanks'),
      { do: 'end' },
    ],
    empty_composer('en'),
  );
  assert.equal(text(composer), 'I am cold, please 20. Thanks.');
});

test('spacing is the same as the server’s', () => {
  const words = (...texts: string[]): Word[] => texts.map((one) => word(one, '', 'en'));
  assert.equal(text_of(words('Please', 'wait', ',', 'thanks', '.')), 'Please wait, thanks.');
  assert.equal(text_of(words('我', '用', 'thaw', '3', '。')), '我用thaw 3。');
  assert.equal(text_of(words('', 'a', '', 'b')), 'a b');
  assert.equal(text_of(words('🙂', 'ok', '🙂')), '🙂ok🙂');
});

test('SPEAK ends what is open with the mark of its language, and does nothing to nothing', () => {
  assert.equal(text(run([pick('我'), { do: 'end' }]).composer), '我。');
  const none = run([{ do: 'end' }]);
  assert.equal(none.composer.past, null);
  assert.deepEqual(none.effects, []);
  const en = run([...letters('wait'), { do: 'end' }], empty_composer('en'));
  assert.equal(text(en.composer), 'Wait.');
});

test('letters that must end become the first offer only if it stands for all of them', () => {
  const whole = run([...letters('wo'), { do: 'mark', text: '。', first: offer('我', 'wo', 2) }]);
  assert.equal(text(whole.composer), '我。');
  const part = run([...letters('woxx'), { do: 'mark', text: '。', first: offer('我', 'wo', 2) }]);
  assert.equal(text(part.composer), 'Woxx。');
});

test('a second end mark joins the sentence that has just ended', () => {
  const { composer } = run([
    pick('真'),
    { do: 'mark', text: '？' },
    { do: 'mark', text: '！' },
    pick('好'),
  ]);
  assert.deepEqual(
    composer.now.sentences.map((one) => text_of(one.words)),
    ['真？！', '好'],
  );
});

test('an approved sentence is a draft again when its words change, approved again after undo', () => {
  let { composer } = run([pick('好'), pick('。')]);
  const first = () => composer.now.sentences[0]!;
  composer = hear(composer, first().id, '好。');
  assert.equal(state_of(composer, first()), 'heard');
  composer = run([{ do: 'approve', s: 0 }], composer).composer;
  assert.equal(state_of(composer, first()), 'approved');
  composer = run(
    [{ do: 'replace', s: 0, w: 0, words: [word('很好', '', 'zh')] }],
    composer,
  ).composer;
  assert.equal(state_of(composer, first()), 'draft');
  composer = run([{ do: 'undo' }], composer).composer;
  assert.equal(state_of(composer, first()), 'approved');
});

test('ten thousand characters, rare Hanzi and emoji: an act is as exact as in a short draft', () => {
  const many = Array.from({ length: 2500 }, (_, i) =>
    word(i % 10 === 9 ? '。' : '𠮷野🙂', '', 'zh'),
  );
  const { composer } = run([{ do: 'paste', words: many }, pick('完')]);
  assert.ok([...text(composer)].length >= 7000);
  const after = run(
    [{ do: 'replace', s: 100, w: 3, words: [word('改', '', 'zh')] }],
    composer,
  ).composer;
  assert.equal(after.now.sentences[99], composer.now.sentences[99]);
  assert.equal(after.now.sentences[100]!.words[3]!.text, '改');
  assert.equal(run([{ do: 'undo' }], after).composer.now, composer.now);
});
