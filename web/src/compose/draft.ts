// The draft: sentences of words, a caret between two words, and the letters typed there. Every edit
// gives a new draft that shares what it did not change, so a step back is the draft before it.
import { begun, is_end, with_i } from './word';
import type { Lang, Word } from './word';

export interface Sentence {
  readonly id: number;
  readonly words: readonly Word[];
}

/** The caret: before word `w` of sentence `s`. */
export interface Place {
  readonly s: number;
  readonly w: number;
}

/** Work in the middle of what is written; the caret goes back to the end when it is done. */
export interface Errand {
  readonly kind: 'insert' | 'respell';
  readonly id: number;
}

/**
 * Every sentence but the last ends in its end marks and holds none before them; the last is open and
 * may be empty. `approved` holds, by sentence, the text that was approved for an answer.
 */
export interface Draft {
  readonly sentences: readonly Sentence[];
  readonly at: Place;
  readonly typed: string;
  readonly lang: Lang;
  readonly shift: boolean;
  readonly errand: Errand | null;
  readonly approved: Readonly<Record<number, string>>;
  readonly next_id: number;
}

export const empty_draft = (lang: Lang): Draft => ({
  sentences: [{ id: 1, words: [] }],
  at: { s: 0, w: 0 },
  typed: '',
  lang,
  shift: false,
  errand: null,
  approved: {},
  next_id: 2,
});

export const sentence_at = (draft: Draft, s: number): Sentence =>
  draft.sentences[s] ?? { id: 0, words: [] };
export const ended = (sentence: Sentence): boolean => {
  const last = sentence.words.at(-1);
  return last !== undefined && is_end(last);
};
export const end_place = (draft: Draft): Place => {
  const s = draft.sentences.length - 1;
  return { s, w: sentence_at(draft, s).words.length };
};

/** A place inside the draft; the nearest one for a place outside. */
export function kept_inside(draft: Draft, at: Place): Place {
  const s = Math.min(Math.max(0, Math.trunc(at.s)), draft.sentences.length - 1);
  const most = sentence_at(draft, s).words.length;
  const w = Math.min(Math.max(0, Math.trunc(at.w)), most);
  return w === most && s < draft.sentences.length - 1 && ended(sentence_at(draft, s))
    ? { s: s + 1, w: 0 }
    : { s, w };
}

/** The words before the caret, of its sentence and the one before it. */
export function before_caret(draft: Draft): Word[] {
  const { s, w } = draft.at;
  return [
    ...(s > 0 ? sentence_at(draft, s - 1).words : []),
    ...sentence_at(draft, s).words.slice(0, w),
  ];
}

/** Words cut after each run of end marks. The last piece is open, and empty after an end. */
export function cut(words: readonly Word[]): Word[][] {
  const pieces: Word[][] = [[]];
  words.forEach((word, i) => {
    pieces.at(-1)!.push(word);
    const next = words[i + 1];
    if (is_end(word) && !(next && is_end(next))) pieces.push([]);
  });
  return pieces;
}

/** Puts `words` in the place of sentence `s`; the caret stands before the `caret`-th of them. */
function rewrite(draft: Draft, s: number, words: readonly Word[], caret: number): Draft {
  const old = draft.sentences;
  if (words.length === 0 && s < old.length - 1) {
    return { ...draft, sentences: old.filter((_, i) => i !== s), at: { s, w: 0 } };
  }
  const region: Sentence[] = [sentence_at(draft, s)];
  let all = [...words];
  let to = s + 1;
  while (to < old.length && !(all.length > 0 && is_end(all.at(-1)!))) {
    region.push(old[to]!);
    all = [...all, ...old[to]!.words];
    to += 1;
  }
  const pieces = cut(all);
  if (to < old.length) pieces.pop(); // what follows is a sentence of its own
  let next_id = draft.next_id;
  const made: Sentence[] = pieces.map((piece, i) => {
    const kept =
      i === 0 ? region[0] : region.length > 1 && i === pieces.length - 1 ? region.at(-1) : null;
    return { id: kept?.id ?? next_id++, words: piece };
  });
  const sentences = [...old.slice(0, s), ...made, ...old.slice(to)];
  let at: Place = { s, w: caret };
  for (const one of made) {
    if (at.w < one.words.length || at.s === sentences.length - 1) break;
    at = { s: at.s + 1, w: at.w - one.words.length };
  }
  return { ...draft, sentences, next_id, at };
}

/** Words as they stand after what is before them: a sentence of English begins with a capital. */
function dressed(at: Place, words: readonly Word[]): Word[] {
  let first = at.w === 0;
  return words.map((one) => {
    const worn = first && one.lang === 'en' ? begun(one) : with_i(one);
    first = is_end(one);
    return worn;
  });
}

/** Puts words in at the caret, which then stands after them. */
export function insert(draft: Draft, words: readonly Word[]): Draft {
  if (words.length === 0) return draft;
  let { s, w } = draft.at;
  if (w === 0 && s > 0 && is_end(words[0]!)) {
    s -= 1; // "?!": a second end mark belongs to the sentence that has just ended
    w = sentence_at(draft, s).words.length;
  }
  const old = sentence_at(draft, s).words;
  const put = dressed({ s, w }, words);
  return rewrite(draft, s, [...old.slice(0, w), ...put, ...old.slice(w)], w + put.length);
}

/** Puts `words` in the place of one word (none: deletes it). A caret elsewhere stays where it was. */
export function replace(draft: Draft, s: number, w: number, words: readonly Word[]): Draft {
  const old = sentence_at(draft, s).words;
  if (w < 0 || w >= old.length) return draft;
  const put = dressed({ s, w }, words);
  const at_end = same_place(draft.at, end_place(draft));
  const made = rewrite(draft, s, [...old.slice(0, w), ...put, ...old.slice(w + 1)], w + put.length);
  return at_end ? { ...made, at: end_place(made) } : made;
}

export const same_place = (a: Place, b: Place): boolean => a.s === b.s && a.w === b.w;

/** Takes away the word before the caret. */
export function take_back(draft: Draft): Draft {
  let { s, w } = draft.at;
  if (w === 0) {
    if (s === 0) return draft;
    s -= 1;
    w = sentence_at(draft, s).words.length;
  }
  const old = sentence_at(draft, s).words;
  if (w === 0) return draft;
  return rewrite(draft, s, [...old.slice(0, w - 1), ...old.slice(w)], w - 1);
}

/** A whole sentence away. */
export function drop_sentence(draft: Draft, s: number): Draft {
  if (!draft.sentences[s]) return draft;
  const rest = draft.sentences.filter((_, i) => i !== s);
  const last = rest.at(-1);
  const closed = !last || ended(last);
  const sentences = closed ? [...rest, { id: draft.next_id, words: [] }] : rest;
  const made = { ...draft, sentences, next_id: draft.next_id + (closed ? 1 : 0) };
  return { ...made, at: end_place(made), typed: '', errand: null };
}

/** A sentence one place up (-1) or down (1) among those that have ended. */
export function move_sentence(draft: Draft, s: number, by: -1 | 1): Draft {
  const [one, other] = [draft.sentences[s], draft.sentences[s + by]];
  if (!one || !other || !ended(one) || !ended(other)) return draft;
  const sentences = [...draft.sentences];
  sentences[s] = other;
  sentences[s + by] = one;
  const made = { ...draft, sentences };
  return { ...made, at: end_place(made), typed: '', errand: null };
}
