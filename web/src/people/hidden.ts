// How a hidden cell is worded without giving it away, and without saying what is not so.
import type { Text } from '../i18n';
import type { Cell } from '../types';
import { people_words as w } from './words';

/** A single hidden cell holds 1 to 10 people. Of several, some may only guard another: just "hidden". */
export function hidden_text(cells: readonly Cell[]): Text {
  return cells.filter((cell) => cell.hidden).length === 1 ? w.hidden : w.hidden_too;
}
