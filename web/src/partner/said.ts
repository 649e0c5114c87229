// Words to a line, and lines to the order in which a listener reads them. Pure.
import type { Lang } from '../i18n';
import type { Question, Said, Word } from '../care/types';

const kCloses = /^[\p{Po}\p{Pe}\p{Pf}]/u;
const kLatinEnd = /[\p{Script=Latin}\d]$/u;
const kLatinStart = /^[\p{Script=Latin}\d]/u;

/** The sentence that some words make: English with blanks, Chinese without. */
export function sentence(words: readonly Word[], lang: Lang): string {
  return words.reduce((text, { text: word }) => {
    if (!text) return word;
    const blank =
      lang === 'en' ? !kCloses.test(word) : kLatinEnd.test(text) && kLatinStart.test(word);
    return text + (blank ? ' ' : '') + word;
  }, '');
}

/** The answer to a question as its sentences, one line each. */
export const answer_lines = (question: Question): { lang: Lang; text: string }[] =>
  (question.answer?.sentences ?? []).map(({ words, lang }) => ({
    lang,
    text: sentence(words, lang),
  }));

/** Oldest first, newest last, each once; at most `most` of the newest. */
export function in_order(said: readonly Said[], most = 20): Said[] {
  const once = new Map(said.map((one) => [one.id, one]));
  return [...once.values()]
    .sort((a, b) => a.at - b.at || Number(a.id) - Number(b.id) || (a.id < b.id ? -1 : 1))
    .slice(-most);
}

/** How large the newest line may stand: the longer, the smaller; 0 is the largest of four sizes. */
export function size_step(text: string, lang: Lang): 0 | 1 | 2 | 3 {
  const width = [...text].length * (lang === 'zh' ? 2 : 1);
  return width <= 16 ? 0 : width <= 48 ? 1 : width <= 120 ? 2 : 3;
}

/** A 6-digit code out of what was typed: full-width digits and blanks are fine. Null when it is none. */
export function code_of(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s-]/g, '');
  return /^\d{6}$/.test(digits) ? digits : null;
}
