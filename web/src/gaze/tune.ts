// The dwell follows the person: longer while selections are undone, slowly shorter while none are.
// A factor on every dwell, within bounds. Pure. Check: tune.test.ts.
import type { Settings } from './settings';

/** `factor` of the dwell; `undone` is the decayed share of undone selections. */
export interface Tune {
  factor: number;
  undone: number;
}

export const kNoTune: Tune = { factor: 1, undone: 0.03 };

const kMemory = 0.96; // a selection counts half after 17 more
const kCalm = 0.02;
const kTooMany = 0.06;

/** After a selection that stood, or that was undone. */
export function tuned(before: Tune, was_undone: boolean, settings: Settings): Tune {
  const undone = kMemory * before.undone + (1 - kMemory) * (was_undone ? 1 : 0);
  let factor = before.factor;
  if (was_undone && undone > kTooMany) factor *= 1.06;
  else if (!was_undone && undone < kCalm) factor *= 0.997;
  return { undone, factor: Math.min(settings.tune_most, Math.max(settings.tune_least, factor)) };
}
