// Where the gaze rests: a robust mean within one fixation, begun anew at a saccade. Pure.
//
// A sample of a tracker is noisy (40 px sd is common), so one sample never tells a saccade: two
// successive samples of a steady gaze lie more than 100 px apart in a fifth of the cases. What
// tells it is a change of the mean: the newest k samples (k = 1..5) against those before them in
// units of the standard error of their difference, the noise measured from the samples themselves.
// Check: filter.test.ts (law of the error of a mean, saccades of one key are seen within 5 samples).
import type { Settings } from './settings';

export interface Point {
  x: number;
  y: number;
}
export interface Timed extends Point {
  t: number;
}

/** One fixation as far as it is known, and the noise of the tracker. */
export interface Fixation {
  /** The samples of this fixation within the window, oldest first. */
  samples: readonly Timed[];
  /** The robust mean of them, or null before the first sample. */
  at: Point | null;
  /** Sizes of the newest steps from sample to sample, both axes; for the noise. */
  steps: readonly number[];
  /** Standard deviation of a sample, px an axis. */
  noise: number;
}

export const kNoFixation: Fixation = { samples: [], at: null, steps: [], noise: 10 };

const kSteps = 60;
const kNewest = 5;
const kHuber = 2;

/**
 * Takes one valid sample. `fresh` is 0 while the fixation goes on, else the number of samples of
 * the new one. Costs O(samples in the window).
 */
export function fixate(
  before: Fixation,
  sample: Timed,
  settings: Settings,
): { fixation: Fixation; fresh: number } {
  const last = before.samples.at(-1);
  const steps = last
    ? [...before.steps, Math.abs(sample.x - last.x), Math.abs(sample.y - last.y)].slice(-kSteps)
    : before.steps;
  const noise = steps.length < 8 ? before.noise : median(steps) / 0.6745 / Math.SQRT2;
  const kept = before.samples.filter((one) => sample.t - one.t < settings.window);
  const samples = [...kept, sample];
  const fresh = last && kept.length === 0 ? 1 : newest(samples, noise, settings);
  const own = fresh > 0 ? samples.slice(-fresh) : samples;
  return { fixation: { samples: own, at: robust_mean(own, noise), steps, noise }, fresh };
}

/** How many of the newest samples lie at another place than those before them; 0 for none. */
function newest(samples: readonly Timed[], noise: number, settings: Settings): number {
  for (let k = 1; k <= Math.min(kNewest, samples.length - 1); k += 1) {
    const n = samples.length - k;
    const a = robust_mean(samples.slice(0, n), noise);
    const b = robust_mean(samples.slice(n), noise);
    const error = noise * Math.sqrt(1 / k + 1 / n);
    const limit = Math.max(settings.saccade_px, settings.saccade_errors * error);
    if (Math.hypot(a.x - b.x, a.y - b.y) > limit) return k;
  }
  return 0;
}

/** A mean in which a sample farther than two sd from the median has the pull of one at two sd. */
export function robust_mean(samples: readonly Point[], noise: number): Point {
  const middle = {
    x: median(samples.map((one) => one.x)),
    y: median(samples.map((one) => one.y)),
  };
  const far = kHuber * Math.max(noise, 1);
  let x = 0;
  let y = 0;
  for (const one of samples) {
    x += clamp(one.x - middle.x, far);
    y += clamp(one.y - middle.y, far);
  }
  return { x: middle.x + x / samples.length, y: middle.y + y / samples.length };
}

/** The middle of a list, the mean of the two middle ones where it is even. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(-most, value));
}
