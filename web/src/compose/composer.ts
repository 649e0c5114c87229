// The composer: what each selection does to the draft, what is to be said because of it, and the way
// back. Pure: no clock, no page, no server. Laws in composer.test.ts: after any acts, undoing all of
// them gives the draft at the start; the text never loses a word that no act took away.
import {
  drop_sentence,
  empty_draft,
  end_place,
  ended,
  insert,
  kept_inside,
  move_sentence,
  replace,
  sentence_at,
  take_back,
} from './draft';
import type { Draft, Place, Sentence } from './draft';
import { is_number, text_of, word } from './word';
import type { Lang, Word } from './word';

/** Words that can be taken with one selection; they stand for the first `letters_used` letters. */
export interface Offer {
  readonly text: string;
  readonly words: readonly Word[];
  readonly source: string;
  readonly letters_used: number;
}

/** One selection. `first` is the first offer on the page: what letters stand for when they must end. */
export type Act =
  | { do: 'letter'; text: string }
  | { do: 'digit'; text: string }
  | { do: 'mark'; text: string; first?: Offer | null }
  | { do: 'space'; first?: Offer | null }
  | { do: 'end'; first?: Offer | null }
  | { do: 'pick'; offer: Offer }
  | { do: 'paste'; words: readonly Word[] }
  | { do: 'back' }
  | { do: 'lang'; lang: Lang }
  | { do: 'shift' }
  | { do: 'place'; at: Place }
  | { do: 'insert'; at: Place }
  | { do: 'respell'; s: number; w: number }
  | { do: 'delete'; s: number; w: number }
  | { do: 'replace'; s: number; w: number; words: readonly Word[] }
  | { do: 'done' }
  | { do: 'move'; s: number; by: -1 | 1 }
  | { do: 'drop'; s: number }
  | { do: 'approve'; s: number }
  | { do: 'clear' }
  | { do: 'undo' };

/** What is to be heard: a sentence that has ended or was repaired, or the words just put in. */
export type Effect =
  | { say: 'sentence'; id: number; words: readonly Word[]; again: boolean }
  | { say: 'words'; words: readonly Word[] };

interface Past {
  readonly draft: Draft;
  readonly before: Past | null;
}

export interface Counts {
  readonly selections: number;
  readonly undos: number;
  readonly taken: number;
}

export interface Composer {
  readonly now: Draft;
  readonly past: Past | null;
  /** By sentence, the text that was last heard. A fact, not an act: undo does not touch it. */
  readonly heard: Readonly<Record<number, string>>;
  readonly counts: Counts;
}

export const empty_composer = (lang: Lang): Composer => ({
  now: empty_draft(lang),
  past: null,
  heard: {},
  counts: { selections: 0, undos: 0, taken: 0 },
});

/** What one selection makes of the composer, and what is to be said then. */
export function step(composer: Composer, act: Act): { composer: Composer; effects: Effect[] } {
  const { counts } = composer;
  const counted = {
    selections: counts.selections + 1,
    undos: counts.undos + (act.do === 'undo' ? 1 : 0),
    taken: counts.taken + (act.do === 'pick' || act.do === 'replace' ? 1 : 0),
  };
  if (act.do === 'undo') {
    const back = composer.past;
    const now = back ? back.draft : composer.now;
    return {
      composer: { ...composer, now, past: back ? back.before : null, counts: counted },
      effects: [],
    };
  }
  const now = done(composer.now, act);
  if (now === composer.now) return { composer: { ...composer, counts: counted }, effects: [] };
  const past = { draft: composer.now, before: composer.past };
  return {
    composer: { ...composer, now, past, counts: counted },
    effects: effects_of(composer, now, act),
  };
}

/** After a sentence was heard as `text`. */
export const hear = (composer: Composer, id: number, text: string): Composer => ({
  ...composer,
  heard: { ...composer.heard, [id]: text },
});

export const can_undo = (composer: Composer): boolean => composer.past !== null;

export type SentenceState = 'draft' | 'heard' | 'approved';

/** Where a sentence of an answer stands; a change to its words makes it a draft again. */
export function state_of(composer: Composer, sentence: Sentence): SentenceState {
  const text = text_of(sentence.words);
  if (text && composer.now.approved[sentence.id] === text) return 'approved';
  return text && composer.heard[sentence.id] === text ? 'heard' : 'draft';
}

/** The whole text, sentences in their order. */
export const whole_text = (draft: Draft): string =>
  text_of(draft.sentences.flatMap((one) => one.words));

export const is_empty = (draft: Draft): boolean =>
  draft.typed === '' && draft.sentences.every((one) => one.words.length === 0);

function done(draft: Draft, act: Exclude<Act, { do: 'undo' }>): Draft {
  switch (act.do) {
    case 'letter': {
      const text = draft.shift ? act.text.toUpperCase() : act.text;
      return { ...draft, typed: draft.typed + text, shift: false };
    }
    case 'digit':
      return digit(draft, act.text);
    case 'mark':
      return mark(draft, act.text, act.first);
    case 'space':
      return flushed(draft, act.first);
    case 'end':
      return end(draft, act.first);
    case 'pick':
      return pick(draft, act.offer);
    case 'paste':
      return insert(flushed(draft, null), act.words);
    case 'back':
      return draft.typed ? { ...draft, typed: '' } : take_back(draft);
    case 'lang':
      return act.lang === draft.lang ? draft : { ...flushed(draft, null), lang: act.lang };
    case 'shift':
      return { ...draft, shift: !draft.shift };
    case 'place':
      return { ...flushed(draft, null), at: kept_inside(draft, act.at), errand: null };
    case 'insert': {
      const at = kept_inside(draft, act.at);
      const id = sentence_at(draft, at.s).id;
      return { ...draft, at, typed: '', errand: { kind: 'insert', id } };
    }
    case 'respell':
      return respell(draft, act.s, act.w);
    case 'delete':
      return replace(draft, act.s, act.w, []);
    case 'replace':
      return act.words.length === 0 ? draft : replace(draft, act.s, act.w, act.words);
    case 'done':
      return home(flushed(draft, null));
    case 'move':
      return move_sentence(draft, act.s, act.by);
    case 'drop':
      return drop_sentence(draft, act.s);
    case 'approve':
      return approve(draft, act.s);
    case 'clear':
      return is_empty(draft)
        ? draft
        : {
            ...empty_draft(draft.lang),
            sentences: [{ id: draft.next_id, words: [] }],
            next_id: draft.next_id + 1,
          };
  }
}

const home = (draft: Draft): Draft => ({ ...draft, at: end_place(draft), errand: null });

/** Letters that must end here become the first offer if it stands for all of them, else themselves. */
function flushed(draft: Draft, first: Offer | null | undefined): Draft {
  if (!draft.typed) return draft;
  const fits = first && first.letters_used >= draft.typed.length && first.words.length > 0;
  const words = fits ? first.words : [word(draft.typed, '', 'en')];
  return insert({ ...draft, typed: '' }, words);
}

function pick(draft: Draft, offer: Offer): Draft {
  if (offer.words.length === 0) return draft;
  const put = insert({ ...draft, typed: draft.typed.slice(offer.letters_used) }, offer.words);
  return put.errand?.kind === 'respell' && put.typed === '' ? home(put) : put;
}

function digit(draft: Draft, text: string): Draft {
  if (draft.typed && draft.lang === 'en') return { ...draft, typed: draft.typed + text };
  const flat = flushed(draft, null);
  const { s, w } = flat.at;
  const last = sentence_at(flat, s).words[w - 1];
  if (last && is_number(last))
    return { ...insert(take_back(flat), [{ ...last, text: last.text + text }]) };
  return insert(flat, [word(text, '', draft.lang)]);
}

function mark(draft: Draft, text: string, first: Offer | null | undefined): Draft {
  return insert(flushed(draft, first), [word(text, '', draft.lang)]);
}

/** Ends the open sentence at the end of the draft, as SPEAK does. */
function end(draft: Draft, first: Offer | null | undefined): Draft {
  const flat = home(flushed(draft, first));
  const last = flat.sentences.at(-1)!;
  if (last.words.length === 0) return draft.errand || draft.typed ? flat : draft;
  const chinese = last.words.some((one) => one.lang === 'zh') || draft.lang === 'zh';
  return insert(flat, [word(chinese ? '。' : '.', '', draft.lang)]);
}

function respell(draft: Draft, s: number, w: number): Draft {
  const sentence = draft.sentences[s];
  const one = sentence?.words[w];
  if (!sentence || !one) return draft;
  const letters = (one.pinyin || one.text).replace(/ /g, '');
  const typed = /^[A-Za-z']+$/.test(letters) ? letters.toLowerCase() : '';
  const out = replace({ ...draft, typed: '' }, s, w, []);
  const errand = { kind: typed ? 'respell' : 'insert', id: sentence.id } as const;
  return { ...out, at: kept_inside(out, { s, w }), typed, lang: one.lang, errand };
}

function approve(draft: Draft, s: number): Draft {
  const one = draft.sentences[s];
  if (!one || !ended(one)) return draft;
  const text = text_of(one.words);
  if (draft.approved[one.id] === text) {
    const { [one.id]: _, ...approved } = draft.approved;
    return { ...draft, approved };
  }
  return { ...draft, approved: { ...draft.approved, [one.id]: text } };
}

const kPutsIn = new Set(['pick', 'space', 'mark', 'digit']);

/** A sentence is said when it ends, and again when its words changed after it was heard. */
function effects_of(before: Composer, now: Draft, act: Act): Effect[] {
  if (['paste', 'move', 'drop', 'approve', 'clear', 'lang', 'shift'].includes(act.do)) return [];
  const old = new Map(before.now.sentences.map((one) => [one.id, one]));
  const said: Effect[] = [];
  for (const one of now.sentences) {
    if (one.id === now.errand?.id || !ended(one)) continue;
    const was = old.get(one.id);
    const returned = before.now.errand?.id === one.id;
    if (was === one && !returned) continue;
    const heard = before.heard[one.id];
    const fresh = !was || !ended(was);
    if (heard === text_of(one.words) && !fresh) continue;
    if (fresh || heard !== undefined || returned)
      said.push({ say: 'sentence', id: one.id, words: one.words, again: !fresh });
  }
  if (said.length > 0) return said;
  return kPutsIn.has(act.do) ? put_in(before.now, now) : [];
}

/** The words that stand before the caret now and did not before. */
function put_in(before: Draft, now: Draft): Effect[] {
  if (before.at.s !== now.at.s || now.at.w <= before.at.w) return [];
  const words = sentence_at(now, now.at.s).words.slice(before.at.w, now.at.w);
  return [{ say: 'words', words }];
}
