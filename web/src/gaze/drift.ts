// The offset of the tracker, learned in use: one for each quarter of the screen, blended between
// their middles. Source of the idea: a person looks at about the middle of what he selects, so
// gaze minus middle, averaged slowly and robustly, is the tracker's error. Pure.
// When it lies: a person who always looks at one edge of the keys is corrected for it, which does
// no harm; a tracker whose error changes faster than a dozen selections is not followed.
// Check: drift.test.ts (a planted offset is found; a single wild selection moves little).
import type { Point } from './filter';
import { clamp } from './filter';
import type { Box } from './targets';
import { centre } from './targets';

/** Offsets (gaze minus truth) in the middles of the quarters: left top, right top, left, right bottom. */
export type Drift = readonly [Point, Point, Point, Point];

export const kNoDrift: Drift = [0, 1, 2, 3].map(() => ({ x: 0, y: 0 })) as unknown as Drift;

const kFurthest = 70; // px of one selection's error that count
const kLargest = 190; // px; nobody looks at the middle of what is wider

/** The screen that the quarters are of. */
export interface Screen {
  width: number;
  height: number;
}

/** The share that each quarter has at a place: between their middles a straight blend. */
function shares(at: Point, screen: Screen): number[] {
  const x = Math.min(1, Math.max(0, (at.x / screen.width - 0.25) * 2));
  const y = Math.min(1, Math.max(0, (at.y / screen.height - 0.25) * 2));
  return [(1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y];
}

export function offset_at(drift: Drift, at: Point, screen: Screen): Point {
  const share = shares(at, screen);
  let x = 0;
  let y = 0;
  for (let i = 0; i < 4; i += 1) {
    x += share[i]! * drift[i]!.x;
    y += share[i]! * drift[i]!.y;
  }
  return { x, y };
}

/** What a gaze says where it was on `box`, as an offset by axis; null on an axis that is too wide. */
export function error_on(box: Box, raw: Point): { x: number | null; y: number | null } {
  const middle = centre(box);
  return {
    x: box.width <= kLargest ? raw.x - middle.x : null,
    y: box.height <= kLargest ? raw.y - middle.y : null,
  };
}

/**
 * Moves the offsets towards what one selection said. `gain` 0..1 is the share of the surprise that
 * is taken over at that place, two thirds of it by all quarters together: an error is mostly common
 * to the screen. An offset is never longer than `most`.
 */
export function learn(
  drift: Drift,
  raw: Point,
  box: Box,
  gain: number,
  most: number,
  screen: Screen,
): Drift {
  const said = error_on(box, raw);
  const now = offset_at(drift, raw, screen);
  const share = shares(raw, screen);
  const power = share.reduce((sum, one) => sum + one * one, 0);
  const dx = said.x === null ? 0 : gain * clamp(said.x - now.x, kFurthest);
  const dy = said.y === null ? 0 : gain * clamp(said.y - now.y, kFurthest);
  return drift.map((one, i) => {
    const part = 2 / 3 + share[i]! / power / 3;
    return short({ x: one.x + part * dx, y: one.y + part * dy }, most);
  }) as unknown as Drift;
}

/** All quarters take the same offset: the person looked at the middle of a mark on purpose. */
export function recentre(raw: Point, box: Box, most: number): Drift {
  const middle = centre(box);
  const one = short({ x: raw.x - middle.x, y: raw.y - middle.y }, most);
  return [one, one, one, one];
}

function short(one: Point, most: number): Point {
  const length = Math.hypot(one.x, one.y);
  return length <= most ? one : { x: (one.x * most) / length, y: (one.y * most) / length };
}
