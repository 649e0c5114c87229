// Words that know how they are read, and the text that they make. Pure; the same spacing as the
// server's (src/gaze/word.h), so that what is shown, said and sent is one text.

export type Lang = 'zh' | 'en';

/** One word, or one mark of punctuation. `pinyin` of Hanzi is toneless, its syllables parted by a blank. */
export interface Word {
  readonly text: string;
  readonly pinyin: string;
  readonly lang: Lang;
}

/** What ends a sentence. */
export const kEnds = '。！？.!?';

const kSpaced = /[0-9A-Za-z]/;
const kHan = /\p{Script=Han}/u;
const kMark = /^[\p{P}\p{S}]+$/u;

export const is_end = (word: Word): boolean => word.text.length === 1 && kEnds.includes(word.text);

/** Punctuation: stands close to the word before it. A symbol picture such as an emoji is a word. */
export const is_mark = (word: Word): boolean =>
  kMark.test(word.text) && !/\p{Extended_Pictographic}/u.test(word.text);

export const is_number = (word: Word): boolean => /^[0-9][0-9.:/%]*$/.test(word.text);

/**
 * The text of words as it is shown: no spaces between Chinese words, one before an English word but
 * not before punctuation, and one where Latin letters or digits stand beside each other.
 */
export function text_of(words: readonly Word[]): string {
  let text = '';
  for (const { text: one } of words) {
    if (!one) continue;
    const last = text.slice(-1);
    if (last && kSpaced.test(one.charAt(0)) && (',.!?;:'.includes(last) || kSpaced.test(last)))
      text += ' ';
    text += one;
  }
  return text;
}

/** The language to say words in: Chinese as soon as one word is Chinese. */
export function language_of(words: readonly Word[], otherwise: Lang): Lang {
  if (words.some((word) => word.pinyin !== '' || kHan.test(word.text))) return 'zh';
  return words.some((word) => /[A-Za-z]/.test(word.text)) ? 'en' : otherwise;
}

/** A word as a server or a key gives it, with its language told from its letters. */
export function word(text: string, pinyin: string, otherwise: Lang): Word {
  return { text, pinyin, lang: language_of([{ text, pinyin, lang: otherwise }], otherwise) };
}

/** "hello" as it begins a sentence; the word "i" as it always stands. */
export function begun(one: Word): Word {
  const first = [...one.text][0] ?? '';
  const text = first.toLocaleUpperCase('en') + one.text.slice(first.length);
  return text === one.text ? one : { ...one, text };
}
export const with_i = (one: Word): Word =>
  one.lang === 'en' && /^i(['’]|$)/.test(one.text) ? begun(one) : one;
