// The settings of the selection engine: their defaults, their bounds, and how a kept document of
// them is read. A value out of bounds becomes the nearest bound, one of the wrong kind the default.

/** Classes of targets by what a wrong selection would cost. */
export const kClasses = [
  'key',
  'offer',
  'word',
  'page',
  'link',
  'call',
  'rest',
  'send',
  'delete',
  'wake',
  'recentre',
] as const;
export type DwellClass = (typeof kClasses)[number];

/** Times in ms, lengths in CSS px. */
export interface Settings {
  /** Dwell by class of target, counted from the arrival of the gaze (the lock-on is part of it). */
  dwell: Record<DwellClass, number>;
  /** How long the gaze rests on a target before its progress shows. */
  lock_on: number;
  /** How long a target keeps its progress when the gaze slips off it or is lost. */
  grace: number;
  /** A target is left only beyond this share of its size outside its edge. */
  hysteresis: number;
  /** The gaze has to be elsewhere this long before the same target can be selected again. */
  look_away: number;
  /** A gaze this near to a target, and in none, counts for the nearest. */
  snap: number;
  /** The mean of the gaze is taken over this long at most. */
  window: number;
  /** A jump of the mean by this many standard errors, and this many px, is a new fixation. */
  saccade_errors: number;
  saccade_px: number;
  /** Within this many sd of a neighbour a moment counts less, down to the share `unsure`. */
  sure: number;
  unsure: number;
  /** Without a valid sample for this long the gaze is shown as lost. */
  lost_after: number;
  /** Without a valid sample for this long the page goes to rest; 0 never does. */
  rest_after: number;
  /** The second deliberate act that ends a rest has to follow the first within this. */
  wake_within: number;
  /** Likely targets need this share of their dwell, unlikely ones the other; never below `least`. */
  likely: number;
  unlikely: number;
  least: number;
  /** Whether the offset of the tracker is learned, and how far it may go. */
  drift: boolean;
  drift_most: number;
  /** Whether the dwell follows the share of undone selections, and the bounds of its factor. */
  tune: boolean;
  tune_least: number;
  tune_most: number;
}

export const kSettings: Settings = {
  dwell: {
    key: 600,
    offer: 600,
    word: 700,
    page: 700,
    link: 900,
    call: 800,
    rest: 800,
    send: 1000,
    delete: 1000,
    wake: 1000,
    recentre: 1000,
  },
  lock_on: 120,
  grace: 500,
  hysteresis: 0.25,
  look_away: 250,
  snap: 24,
  window: 500,
  saccade_errors: 3.5,
  saccade_px: 45,
  sure: 1,
  unsure: 0.1,
  lost_after: 800,
  rest_after: 60_000,
  wake_within: 6000,
  likely: 0.7,
  unlikely: 1.3,
  least: 300,
  drift: true,
  drift_most: 60,
  tune: true,
  tune_least: 0.8,
  tune_most: 1.6,
};

type Bounded = {
  [K in keyof Settings as Settings[K] extends number ? K : never]: [number, number];
};
const kBounds: Bounded = {
  lock_on: [0, 500],
  grace: [400, 750],
  hysteresis: [0, 0.5],
  look_away: [100, 1000],
  snap: [0, 60],
  window: [100, 1000],
  saccade_errors: [2, 8],
  saccade_px: [20, 200],
  sure: [0, 2],
  unsure: [0.05, 1],
  lost_after: [200, 5000],
  rest_after: [0, 3_600_000],
  wake_within: [2000, 30_000],
  likely: [0.5, 1],
  unlikely: [1, 2],
  least: [300, 2000],
  drift_most: [0, 60],
  tune_least: [0.7, 1],
  tune_most: [1, 2],
};
const kDwellBounds: [number, number] = [300, 4000];

/** Settings from a document that anyone may have written. Never throws; unknown names are ignored. */
export function read_settings(document: unknown): Settings {
  const own = record(document);
  const dwells = record(own['dwell']);
  const dwell = { ...kSettings.dwell };
  for (const name of kClasses) dwell[name] = bounded(dwells[name], dwell[name], kDwellBounds);
  const read = { ...kSettings, dwell };
  for (const name of Object.keys(kBounds) as (keyof Bounded)[])
    read[name] = bounded(own[name], kSettings[name], kBounds[name]);
  for (const name of ['drift', 'tune'] as const)
    if (typeof own[name] === 'boolean') read[name] = own[name];
  return read;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A number within its bounds; the default where it is none. */
export function bounded(value: unknown, otherwise: number, [low, high]: [number, number]): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) return otherwise;
  return Math.min(high, Math.max(low, value));
}
