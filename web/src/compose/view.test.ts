import assert from 'node:assert/strict';
import { test } from 'node:test';
import { empty_composer, step } from './composer';
import type { Offer } from './composer';
import { placed, shown_of, width_of } from './view';
import { word } from './word';

const offer = (text: string, source = 'word'): Offer => ({
  text,
  words: [word(text, '', 'zh')],
  source,
  letters_used: 0,
});
const of = (...texts: string[]) => texts.map((one) => offer(one));
const texts = (slots: readonly (Offer | null)[]) => slots.map((one) => one?.text ?? '');

function draft_of(n: number) {
  const words = Array.from({ length: n }, (_, i) =>
    word(i % 12 === 11 ? '。' : `词${i}`, '', 'zh'),
  );
  return step(empty_composer('zh'), { do: 'paste', words }).composer.now;
}

test('what stays offered stays where it is', () => {
  const first = placed([], of('我', '你', '他', '想'), 6);
  const second = placed(first, of('想', '他', '是'), 6);
  assert.equal(second[2]?.text, '他');
  assert.equal(second[3]?.text, '想');
  assert.deepEqual(texts(second), ['是', '', '他', '想', '', '']);
});

test('every offer that fits has exactly one place', () => {
  for (const places of [4, 6, 10]) {
    const before = placed([], of('a', 'b', 'c', 'd'), places);
    const offers = [offer('d'), offer('x', 'history'), offer('y', 'phrase'), ...of('b', 'e', 'f')];
    const slots = placed(before, offers, places);
    assert.equal(slots.length, places);
    const wanted = offers.slice(0, places).map((one) => one.text);
    assert.deepEqual(texts(slots).filter(Boolean).sort(), wanted.sort());
  }
});

test('text said before has the last place, a phrase the one before it', () => {
  const slots = placed([], [offer('我想', 'history'), offer('翻身', 'phrase'), offer('我')], 6);
  assert.deepEqual(texts(slots), ['我', '', '', '', '翻身', '我想']);
});

test('the line shows the caret, and pages back reach every word once', () => {
  const draft = draft_of(100);
  const seen: string[] = [];
  for (let page = 0; page < 200; page += 1) {
    const { shown, before } = shown_of(draft, 8, page);
    const words = shown.filter((one) => one !== 'caret').map((one) => `${one.s}:${one.w}`);
    if (page === 0) assert.equal(shown.at(-1), 'caret');
    seen.unshift(...words);
    if (!before) break;
  }
  assert.equal(seen.length, 100);
  assert.equal(new Set(seen).size, 100);
  assert.equal(seen[0], '0:0');
});

test('what is shown fits the line, however long the draft', () => {
  for (const n of [0, 1, 7, 50, 6000]) {
    const { shown } = shown_of(draft_of(n), 9);
    let used = 0;
    for (const one of shown) if (one !== 'caret') used += width_of(one.word);
    assert.ok(used <= 9, `${n} words: ${used}`);
  }
});

test('a caret in the middle is shown with words on both sides', () => {
  const draft = { ...draft_of(60), at: { s: 2, w: 3 } };
  const { shown, before, after } = shown_of(draft, 9);
  const at = shown.indexOf('caret');
  assert.ok(at > 0 && at < shown.length - 1 && before && after);
});
