// A simulated person selects keys on a real keyboard's layout: wrong and missed selections and the
// time of each, for the table of docs/methods/gaze_selection.md. Pure.
import type { State } from './engine';
import { kStart, step } from './engine';
import type { Drift } from './drift';
import { offset_at } from './drift';
import type { Tracker } from './eye';
import { Eye } from './eye';
import { uniform } from './random';
import type { Point } from './filter';
import type { Settings } from './settings';
import type { Target } from './targets';

export const kScreen = { width: 1280, height: 800 };

/** Rows of square keys with gaps, middle of a 1280 x 800 screen: as many as fit, three rows. */
export function keyboard(key: number, gap = 12, rows = 3): Target[] {
  const across = Math.floor((kScreen.width + gap) / (key + gap));
  const left = (kScreen.width - across * (key + gap) + gap) / 2;
  const top = (kScreen.height - rows * (key + gap) + gap) / 2;
  return Array.from({ length: across * rows }, (_, i) => ({
    id: i + 1,
    left: left + (i % across) * (key + gap),
    top: top + Math.floor(i / across) * (key + gap),
    width: key,
    height: key,
    dwell: 'key',
    likely: 0,
  }));
}

export interface Outcome {
  asked: number;
  right: number;
  wrong: number;
  missed: number;
  /** Median time from the decision to look to the selection, ms. */
  median_ms: number;
  /** The ids in the order of selection, wrong ones too. */
  selected: number[];
  state: State;
}

export interface Task {
  targets: readonly Target[];
  /** What the person wants, in order; the same twice is looked away from in between. */
  wanted: readonly number[];
  tracker: Tracker;
  seed: number;
  settings: Settings;
  /** An undo by the person's own act after a wrong selection: the page says so to the engine. */
  undoes?: boolean;
  patience_ms?: number;
}

/** `n` keys of a layout in random order, none twice in a row. */
export function random_keys(targets: readonly Target[], n: number, seed: number): number[] {
  const draw = uniform(seed);
  const keys: number[] = [];
  while (keys.length < n) {
    const id = targets[Math.floor(draw() * targets.length)]!.id;
    if (id !== keys.at(-1)) keys.push(id);
  }
  return keys;
}

/** The person looks at each wanted key until it is selected or the patience ends. */
export function perform(task: Task): Outcome {
  const { targets, settings, patience_ms = 8000 } = task;
  const eye = new Eye(task.seed, task.tracker, { x: 640, y: 60 });
  const times: number[] = [];
  const selected: number[] = [];
  let wrong = 0;
  let state = kStart;
  let t = 0;
  for (const id of task.wanted) {
    eye.look_at(targets.find((one) => one.id === id)!);
    const begun = t;
    for (let done = false; !done && t - begun < patience_ms;) {
      const sample = eye.next();
      t = sample.t;
      const made = step(state, { kind: 'sample', ...sample }, targets, settings, kScreen);
      state = made.state;
      for (const effect of made.effects) {
        if (effect.kind !== 'select') continue;
        selected.push(effect.id);
        if (effect.id === id) {
          times.push(t - begun);
          done = true;
        } else {
          wrong += 1;
          if (task.undoes) state = undone(state, t, targets, settings);
        }
      }
    }
  }
  times.sort((a, b) => a - b);
  const right = times.length;
  const median_ms = times[right >> 1] ?? NaN;
  const asked = task.wanted.length;
  return { asked, right, wrong, missed: asked - right, median_ms, selected, state };
}

/** The undo key is selected somewhere else, then the page tells what it undid. */
function undone(state: State, t: number, targets: readonly Target[], settings: Settings): State {
  const last = state.told.at(-1);
  if (!last) return state;
  const with_key = { ...state, told: [...state.told, { ...last, id: -1, t }] };
  return step(with_key, { kind: 'undo', t }, targets, settings, kScreen).state;
}

/** Wrong selections as a share of all, with a 95 % interval (Wilson). */
export function wrong_share(one: Pick<Outcome, 'wrong' | 'selected'>): [number, number, number] {
  return wilson(one.wrong, one.selected.length);
}

export function wilson(hits: number, n: number): [number, number, number] {
  if (n === 0) return [0, 0, 1];
  const z = 1.96;
  const p = hits / n;
  const middle = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const all = 1 + (z * z) / n;
  return [p, Math.max(0, (middle - half) / all), (middle + half) / all];
}

/**
 * An offset that a tracker gains slowly, none at first and all of it at `full` ms: three
 * quarters of `size` px the same way everywhere, a quarter of it in a direction of each quadrant's.
 */
export function planted_drift(full: number, size: number, seed: number) {
  const draw = uniform(seed);
  const arrow = (length: number): Point => {
    const angle = 2 * Math.PI * draw();
    return { x: length * Math.cos(angle), y: length * Math.sin(angle) };
  };
  const all = arrow((size * 3) / 4);
  const ends = [0, 1, 2, 3].map(() => {
    const own = arrow(size / 4);
    return { x: all.x + own.x, y: all.y + own.y };
  }) as unknown as Drift;
  return (at: Point, t: number): Point => {
    const end = offset_at(ends, at, kScreen);
    const share = Math.min(1, t / full);
    return { x: end.x * share, y: end.y * share };
  };
}
