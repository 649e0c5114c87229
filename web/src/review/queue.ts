// The queue as one curator goes through it: where they are, what they said, what can be undone. Pure.
import type { ReviewItem, Verdict } from '../types_work';

/** One verdict that was given in this sitting, newest last. */
export interface Given {
  item: ReviewItem;
  verdict: string;
  at: number;
}

/** The place after `at` in a queue of `n`, `step` on; stays inside. */
export const moved = (at: number, step: number, n: number): number =>
  Math.min(Math.max(0, n - 1), Math.max(0, at + step));

/** The queue without what has been judged in this sitting. */
export function open_items(
  queue: readonly ReviewItem[],
  given: readonly Given[],
): readonly ReviewItem[] {
  const judged = new Set(given.map((one) => one.item.item));
  return queue.filter((one) => !judged.has(one.item));
}

/** The queue after an undo: the item is back at the place it had. */
export function put_back(queue: readonly ReviewItem[], last: Given): ReviewItem[] {
  const rest = queue.filter((one) => one.item !== last.item.item);
  return [...rest.slice(0, last.at), last.item, ...rest.slice(last.at)];
}

/** The last word of each curator that still stands: their newest valid verdict, unless taken back. */
export function standing(verdicts: readonly Verdict[]): Verdict[] {
  const last = new Map<string, Verdict>();
  for (const one of verdicts) {
    if (!one.valid) continue;
    last.delete(one.curator);
    if (one.verdict !== 'withdrawn') last.set(one.curator, one);
  }
  return [...last.values()];
}

const kNameBytes = 60;

/** True for a name that can sign a verdict: letters, digits, blanks, dots, dashes; at most 60 bytes. */
export const name_fits = (name: string): boolean =>
  /^[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u.test(name) &&
  new TextEncoder().encode(name).length <= kNameBytes;
