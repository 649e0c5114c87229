// The composer as a document for the server and the local copy, and back. A damaged document gives
// null, never half a draft. Undo goes back to where the document was read, not beyond.
import type { Composer } from './composer';
import { cut, kept_inside } from './draft';
import type { Draft, Sentence } from './draft';
import type { Lang, Word } from './word';

/** A word as [text], [text, pinyin] or [text, pinyin, lang]: a long draft stays small. */
type WordRow = [string, string?, string?];

export interface ComposerDocument {
  lang: Lang;
  sentences: { id: number; words: WordRow[] }[];
  at: [number, number];
  typed: string;
  errand: [string, number] | null;
  approved: Record<string, string>;
  heard: Record<string, string>;
  next_id: number;
  counts: [number, number, number];
}

export function document_of({ now, heard, counts }: Composer): ComposerDocument {
  return {
    lang: now.lang,
    sentences: now.sentences.map((one) => ({ id: one.id, words: one.words.map(row_of) })),
    at: [now.at.s, now.at.w],
    typed: now.typed,
    errand: now.errand ? [now.errand.kind, now.errand.id] : null,
    approved: { ...now.approved },
    heard: heard_still(now.sentences, heard),
    next_id: now.next_id,
    counts: [counts.selections, counts.undos, counts.taken],
  };
}

/** The composer of a document, or null when it is none. */
export function composer_of(raw: unknown): Composer | null {
  try {
    const doc = raw as ComposerDocument;
    if (doc.lang !== 'zh' && doc.lang !== 'en') return null;
    const sentences = well_cut(doc.sentences.map(sentence_of));
    if (sentences.length === 0 || typeof doc.typed !== 'string') return null;
    const draft: Draft = {
      sentences,
      at: { s: 0, w: 0 },
      typed: doc.typed,
      lang: doc.lang,
      shift: false,
      errand: doc.errand ? { kind: doc.errand[0] as 'insert', id: number(doc.errand[1]) } : null,
      approved: texts(doc.approved),
      next_id: Math.max(number(doc.next_id), ...sentences.map((one) => one.id + 1)),
    };
    const [selections, undos, taken] = doc.counts.map(number);
    return {
      now: { ...draft, at: kept_inside(draft, { s: number(doc.at[0]), w: number(doc.at[1]) }) },
      past: null,
      heard: texts(doc.heard),
      counts: { selections: selections ?? 0, undos: undos ?? 0, taken: taken ?? 0 },
    };
  } catch {
    return null;
  }
}

function row_of({ text, pinyin, lang }: Word): WordRow {
  if (lang === 'en') return [text, pinyin, lang];
  return pinyin ? [text, pinyin] : [text];
}

function word_of(row: WordRow): Word {
  const [text, pinyin = '', lang = 'zh'] = row;
  if (typeof text !== 'string' || typeof pinyin !== 'string') throw new Error('no word');
  return { text, pinyin, lang: lang === 'en' ? 'en' : 'zh' };
}

const sentence_of = (one: { id: number; words: WordRow[] }): Sentence => ({
  id: number(one.id),
  words: one.words.map(word_of),
});

/** The sentences as they are if each but the last has ended; else all words cut anew. */
function well_cut(sentences: Sentence[]): Sentence[] {
  const pieces = sentences.map((one) => cut(one.words));
  const last = sentences.length - 1;
  const good = pieces.every((piece, i) =>
    i < last ? piece.length === 2 && piece[1]!.length === 0 : piece.length === 1,
  );
  if (good || sentences.length === 0) return sentences;
  const words = sentences.flatMap((one) => one.words);
  return cut(words).map((piece, i) => ({ id: i + 1, words: piece }));
}

function number(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error('no number');
  return value;
}

function texts(value: Record<string, string> | undefined): Record<number, string> {
  const found: Record<number, string> = {};
  for (const [id, text] of Object.entries(value ?? {})) found[Number(id)] = String(text);
  return found;
}

/** What was heard of sentences that are still there. */
function heard_still(
  sentences: readonly Sentence[],
  heard: Readonly<Record<number, string>>,
): Record<string, string> {
  const still: Record<string, string> = {};
  for (const { id } of sentences) if (heard[id] !== undefined) still[id] = heard[id];
  return still;
}
