// Yes or no without calibration: two marks move along different paths, the eyes follow one, and the
// path that the gaze goes along with is the answer. Source of the idea: smooth pursuit matched by
// correlation (Vidal, Bulling, Gellersen, Pursuits, UbiComp 2013). Pure.
// It needs no offset and no scale of the tracker, only its directions. When it lies: eyes that
// cannot follow a slow mark; a gaze that is invalid half of the time. Check: pursuit.test.ts.
import type { Timed } from './filter';

export type Answer = 'yes' | 'no';

export interface Pursuit {
  /** Gaze samples of the window, oldest first. */
  samples: readonly Timed[];
  /** Since when the same mark has been followed. */
  following: { mark: Answer; since: number } | null;
}

export const kNoPursuit: Pursuit = { samples: [], following: null };

export const kWindow = 2500; // ms of gaze that are compared with the paths
const kHeld = 1000; // ms that the same mark must win
const kLeast = 0.55;
const kAhead = 0.35;
const kTurn = 2600; // ms a circle

/** Where a mark is, on a circle around its middle, in units of its radius: yes one way, no the other. */
export function place_of(mark: Answer, t: number): { x: number; y: number } {
  const angle = (2 * Math.PI * t) / kTurn;
  const way = mark === 'yes' ? angle : Math.PI - angle;
  return { x: Math.cos(way), y: Math.sin(way) };
}

/** Correlation of a gaze with a path: the mean of both axes' (Pearson), 0 where one stands still. */
export function goes_along(samples: readonly Timed[], mark: Answer): number {
  const path = samples.map((one) => place_of(mark, one.t));
  const x = pearson(
    samples.map((one) => one.x),
    path.map((one) => one.x),
  );
  const y = pearson(
    samples.map((one) => one.y),
    path.map((one) => one.y),
  );
  return (x + y) / 2;
}

function pearson(a: readonly number[], b: readonly number[]): number {
  const n = a.length;
  const mean_a = a.reduce((sum, one) => sum + one, 0) / n;
  const mean_b = b.reduce((sum, one) => sum + one, 0) / n;
  let ab = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < n; i += 1) {
    const u = a[i]! - mean_a;
    const v = b[i]! - mean_b;
    ab += u * v;
    aa += u * u;
    bb += v * v;
  }
  return aa > 1e-9 && bb > 1e-9 ? ab / Math.sqrt(aa * bb) : 0;
}

/** One valid sample; `answer` once a mark has been followed long enough. */
export function pursue(
  before: Pursuit,
  sample: Timed,
): { pursuit: Pursuit; answer: Answer | null; share: number } {
  const newer = before.samples.filter((one) => sample.t - one.t < kWindow && one.t < sample.t);
  const samples = [...newer, sample];
  const span = sample.t - samples[0]!.t;
  if (span < kWindow * 0.8 || samples.length < 20)
    return { pursuit: { samples, following: null }, answer: null, share: 0 };
  const yes = goes_along(samples, 'yes');
  const no = goes_along(samples, 'no');
  const mark: Answer = yes > no ? 'yes' : 'no';
  const clear = Math.max(yes, no) > kLeast && Math.abs(yes - no) > kAhead;
  const kept = before.following?.mark === mark ? before.following.since : sample.t;
  const following = clear ? { mark, since: kept } : null;
  const held = following ? sample.t - following.since : 0;
  const pursuit = { samples, following };
  return { pursuit, answer: held >= kHeld ? mark : null, share: Math.min(1, held / kHeld) };
}
