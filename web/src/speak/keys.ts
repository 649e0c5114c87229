// Which keys stand where. QWERTY stays the letters' order: people who wrote Chinese and English before
// know it by heart, and finding a key costs more than the way to it; the layouts fitted to pinyin in
// the literature gave no rate for gaze (Wang & Zhai, CHI 2001, is for a stylus). Pure.
import type { Text } from '../i18n';
import type { Lang } from '../compose/word';
import { speak_words as w } from './words';

export type KeyDo =
  | { do: 'letter' | 'digit' | 'mark'; text: string }
  | { do: 'space' | 'shift' | 'group_close' }
  | { do: 'group'; letters: string };

export interface Key {
  id: string;
  label: string | Text;
  sub?: Text;
  act: KeyDo;
  likely?: 1 | -1;
}

/** Two rows of keys, and the row between the two lower corners. */
export interface KeyPage {
  rows: Key[][];
  mid: Key[];
}

const letter = (one: string): Key => ({
  id: `letter-${one}`,
  label: one,
  act: { do: 'letter', text: one },
});
const digit = (one: string): Key => ({
  id: `digit-${one}`,
  label: one,
  act: { do: 'digit', text: one },
});
const mark = (one: string): Key => ({
  id: `mark-${one}`,
  label: one,
  act: { do: 'mark', text: one },
});
const letters = (run: string): Key[] => [...run].map(letter);

const comma = (lang: Lang): Key => mark(lang === 'zh' ? '，' : ',');
const asks = (lang: Lang): Key => mark(lang === 'zh' ? '？' : '?');
const shift: Key = { id: 'shift', label: '⇧', sub: w.shift, act: { do: 'shift' } };
const space = (lang: Lang): Key => ({
  id: 'space',
  label: '␣',
  sub: lang === 'zh' ? w.space_zh : w.space_en,
  act: { do: 'space' },
});
const apostrophe: Key = { id: 'letter-apostrophe', label: '’', act: { do: 'letter', text: "'" } };

/** Letters: three rows of ten, the lower row between the corners. */
export function letter_page(lang: Lang): KeyPage {
  return {
    rows: [letters('qwertyuiop'), [...letters('asdfghjkl'), comma(lang)]],
    mid: [...letters('zxcvbnm'), asks(lang)],
  };
}

export function number_page(lang: Lang): KeyPage {
  const zh = lang === 'zh';
  return {
    rows: [
      [...'1234567890'].map(digit),
      (zh ? ['，', '、', '：', '；', '“', '”', '（', '）', '《', '》'] : [...',;:\'"()-/&']).map(
        mark,
      ),
    ],
    mid: [
      { id: 'digit-point', label: '.', sub: w.point, act: { do: 'digit', text: '.' } },
      ...['%', ':', '/'].map(digit),
      mark(zh ? '。' : '.'),
      mark(zh ? '！' : '!'),
      ...(zh ? [apostrophe, space(lang)] : [shift, apostrophe]),
    ],
  };
}

const kGroups = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz'];

/** Letters for tired eyes: few large keys; a group opens into its letters. */
export function tired_page(lang: Lang, open: string | null): KeyPage {
  if (open) {
    const back: Key = { id: 'group-close', label: '‹', sub: w.back, act: { do: 'group_close' } };
    return { rows: [letters(open)], mid: [back] };
  }
  const groups = kGroups.map((run): Key => ({
    id: `group-${run}`,
    label: run,
    act: { do: 'group', letters: run },
  }));
  return {
    rows: [groups.slice(0, 5)],
    mid: [...groups.slice(5), lang === 'en' ? space(lang) : comma(lang), asks(lang)],
  };
}

/** Beside the draft: English needs an end of the word, Chinese does not. */
export const side_keys = (lang: Lang): Key[] => (lang === 'en' ? [space(lang)] : []);
