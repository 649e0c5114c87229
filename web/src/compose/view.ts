// Which words of the draft are shown, and which offer stands where. Pure.
import type { Draft } from './draft';
import type { Offer } from './composer';
import { is_mark } from './word';
import type { Word } from './word';

/** One thing on the draft's line: a word with its place, or the caret. */
export type Shown = { s: number; w: number; word: Word } | 'caret';

/** How wide a word's button is, in target widths: short words take one, marks two thirds. */
export function width_of(word: Word): number {
  let units = 0;
  for (const letter of word.text) units += letter.charCodeAt(0) > 0x2e7f ? 2 : 1;
  return is_mark(word) ? 0.6 : Math.max(1, (units + 2) / 5);
}

/**
 * The words of the draft that fit on `room` target widths, the caret among them; `page` counts lines
 * back from there. Looks only at what it shows and one line before, however long the draft is.
 */
export function shown_of(
  draft: Draft,
  room: number,
  page = 0,
): { shown: Shown[]; before: boolean; after: boolean } {
  const kAfter = 0.35; // of the line, kept for what follows the caret
  const flat = new Walk(draft);
  let to = flat.caret;
  let ahead = 0;
  while (to < flat.length && ahead + width_of(flat.at(to).word) <= room * kAfter)
    ahead += width_of(flat.at(to++).word);
  let from = to;
  for (let line = 0; ; line += 1) {
    let used = flat.typed;
    while (from > 0 && used + width_of(flat.at(from - 1).word) <= room)
      used += width_of(flat.at(--from).word);
    if (from === to && from > 0) from -= 1; // a word wider than the line is shown alone
    if (line >= page || from === 0) break;
    to = from;
  }
  const shown: Shown[] = [];
  for (let i = from; i < to; i += 1) {
    if (i === flat.caret) shown.push('caret');
    shown.push(flat.at(i));
  }
  if (flat.caret === to) shown.push('caret');
  return { shown, before: from > 0, after: to < flat.length };
}

/** The draft as one line of words, without copying it. */
class Walk {
  readonly starts: number[] = [];
  readonly length: number;
  readonly caret: number;
  readonly typed: number;
  #hint = 0;
  constructor(readonly draft: Draft) {
    let total = 0;
    for (const sentence of draft.sentences) {
      this.starts.push(total);
      total += sentence.words.length;
    }
    this.length = total;
    this.caret = (this.starts[draft.at.s] ?? 0) + draft.at.w;
    this.typed = draft.typed ? Math.max(1, (draft.typed.length + 2) / 5) : 0.3;
    this.#hint = draft.at.s;
  }
  at(i: number): { s: number; w: number; word: Word } {
    let s = this.#hint;
    while (s > 0 && this.starts[s]! > i) s -= 1;
    while (s + 1 < this.starts.length && this.starts[s + 1]! <= i) s += 1;
    this.#hint = s;
    const w = i - this.starts[s]!;
    return { s, w, word: this.draft.sentences[s]!.words[w]! };
  }
}

/** The source that owns a place counted from the last: text said before at the end, phrases next. */
const kHomes: Record<string, number> = { history: 1, clause: 1, phrase: 2 };

/**
 * Offers on their places: what was offered already stays where it was, a source that has a place
 * of its own goes there, the rest fill the free places in order of rank.
 */
export function placed(
  before: readonly (Offer | null)[],
  offers: readonly Offer[],
  places: number,
): (Offer | null)[] {
  const slots: (Offer | null)[] = new Array<Offer | null>(places).fill(null);
  const left = [...offers.slice(0, places)];
  const take = (i: number, slot: number) => {
    slots[slot] = left[i]!;
    left.splice(i, 1);
  };
  before.slice(0, places).forEach((old, slot) => {
    const i = old ? left.findIndex((one) => one.text === old.text) : -1;
    if (i >= 0) take(i, slot);
  });
  for (const [source, from_last] of Object.entries(kHomes)) {
    const slot = places - from_last;
    const i = slot >= 2 && !slots[slot] ? left.findIndex((one) => one.source === source) : -1;
    if (i >= 0) take(i, slot);
  }
  for (let slot = 0; slot < places && left.length > 0; slot += 1) if (!slots[slot]) take(0, slot);
  return slots;
}
