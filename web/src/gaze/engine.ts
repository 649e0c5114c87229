// The one selection engine: gaze in, selections out. A pure state machine, without a page and
// without a clock: time is what the samples say, so that a trace runs faster than it was recorded.
//
// A selection needs dwell time collected on that target within the grace; after it nothing is
// collected until the gaze has left. In rest only CALL and the two wake marks can be selected.
// Check: engine.test.ts (the laws), simulate.test.ts (noise), fuzz.test.ts (no stuck state).
import type { Drift, Screen } from './drift';
import { kNoDrift, learn, offset_at, recentre } from './drift';
import type { Fixation, Point } from './filter';
import { fixate, kNoFixation } from './filter';
import type { DwellClass, Settings } from './settings';
import type { Box, Target } from './targets';
import { distance, hit, overlap, within } from './targets';
import type { Tune } from './tune';
import { kNoTune, tuned } from './tune';

export type Input =
  | { kind: 'sample'; t: number; x: number; y: number; valid: boolean }
  /** Time passes without a sample. */
  | { kind: 'tick'; t: number }
  /** What was selected before the last selection was undone. */
  | { kind: 'undo'; t: number }
  /** Nothing is collected until then: someone uses a mouse. */
  | { kind: 'pause'; t: number; until: number }
  | { kind: 'rest'; t: number }
  | { kind: 'wake'; t: number };

export type Effect =
  | { kind: 'select'; id: number; dwell: DwellClass; x: number; y: number }
  | { kind: 'gaze'; lost: boolean }
  | { kind: 'rest'; why: 'asked' | 'no_gaze' }
  | { kind: 'half_awake' }
  | { kind: 'wake' };

interface Collected {
  ms: number;
  seen: number;
}
/** A selection whose gaze may still teach the offset. */
interface Told {
  id: number;
  box: Box;
  raw: Point;
  t: number;
}

export interface State {
  t: number;
  mode: 'awake' | 'rest';
  /** `none` before the first valid sample. */
  gaze: 'none' | 'ok' | 'lost';
  valid_at: number;
  valid: boolean;
  fixation: Fixation;
  /** Where the gaze is on the screen, the offset taken off. */
  at: Point | null;
  current: number | null;
  /** Time on the current target since the gaze came to it. */
  here: number;
  collected: ReadonlyMap<number, Collected>;
  /** The last selection until the gaze has left it. */
  spent: { id: number; box: Box; at: Point; away: number } | null;
  woken: { id: number; t: number } | null;
  paused_until: number;
  drift: Drift;
  tune: Tune;
  told: readonly Told[];
  undone: Told | null;
}

export const kStart: State = {
  t: 0,
  mode: 'awake',
  gaze: 'none',
  valid_at: 0,
  valid: false,
  fixation: kNoFixation,
  at: null,
  current: null,
  here: 0,
  collected: new Map(),
  spent: null,
  woken: null,
  paused_until: -Infinity,
  drift: kNoDrift,
  tune: kNoTune,
  told: [],
  undone: null,
};

const kLongestStep = 120; // ms; a longer gap between two samples counts as this much
const kAway = 0.5; // share of a target's size outside its edge that is surely away
const kNear = 110; // px around the gaze in which what appears waits for a look away
const kSettle = 1000; // ms; a page that has just opened under a gaze selects nothing
const kLongestPause = 10_000;
const kUndoneFor = 12_000; // ms; so long after an undo its neighbour counts as what was meant
const kGain = 0.08;
const kGainUndone = 0.5;
const kGainWake = 0.6;

export interface Step {
  state: State;
  effects: Effect[];
}

/** One input. `screen` is the viewport that the targets and samples are in. Never throws. */
export function step(
  before: State,
  input: Input,
  targets: readonly Target[],
  settings: Settings,
  screen: Screen,
): Step {
  const t = Number.isFinite(input.t) ? input.t : before.t;
  const passed = Math.min(Math.max(t - before.t, 0), kLongestStep);
  const effects: Effect[] = [];
  let state: State = t < before.t ? back_in_time(before, t) : { ...before, t };
  switch (input.kind) {
    case 'undo':
      return { state: undo(state, settings), effects };
    case 'pause':
      return {
        state: { ...idle(state), paused_until: Math.min(input.until, t + kLongestPause) },
        effects,
      };
    case 'rest':
      return { state: to_rest(state, 'asked', effects), effects };
    case 'wake':
      return { state: awake(state, effects), effects };
    case 'tick':
      return { state: without_gaze(state, settings, effects), effects };
    case 'sample':
      if (!input.valid || !Number.isFinite(input.x) || !Number.isFinite(input.y))
        return { state: without_gaze(state, settings, effects), effects };
      state = seen(state, input, settings, screen, effects);
      if (t < state.paused_until)
        return { state: idle(leave_spent(state, passed, targets, settings)), effects };
      return { state: collect(state, passed, targets, settings, screen, effects), effects };
  }
}

/** Another source of samples, or its clock was set: nothing is collected, no time is in the future. */
function back_in_time(before: State, t: number): State {
  const fixation = { ...before.fixation, samples: [] };
  return { ...idle(before), t, fixation, woken: null, paused_until: t, valid_at: t };
}

/** The dwell that a target asks for now. */
export function dwell_of(target: Target, state: State, settings: Settings): number {
  const base = settings.dwell[target.dwell];
  const apt = target.likely > 0 ? settings.likely : target.likely < 0 ? settings.unlikely : 1;
  const factor = settings.tune ? state.tune.factor : 1;
  const fixed = target.dwell === 'wake' || target.dwell === 'recentre';
  return fixed ? base : Math.max(settings.least, base * apt * factor);
}

/** The share of its dwell that the current target has, 0 before the lock-on: what is shown. */
export function progress(state: State, targets: readonly Target[], settings: Settings): number {
  const target = targets.find((one) => one.id === state.current);
  if (!target || state.here < settings.lock_on) return 0;
  const ms = state.collected.get(target.id)?.ms ?? 0;
  return Math.min(1, ms / dwell_of(target, state, settings));
}

/** A valid sample: the fixation and the place on the screen. */
function seen(
  state: State,
  sample: Point,
  settings: Settings,
  screen: Screen,
  effects: Effect[],
): State {
  const paused_until = state.gaze === 'none' ? state.t + kSettle : state.paused_until;
  if (state.gaze === 'lost') effects.push({ kind: 'gaze', lost: false });
  const timed = { x: sample.x, y: sample.y, t: state.t };
  const { fixation, fresh } = fixate(state.fixation, timed, settings);
  const raw = fixation.at!;
  const off = settings.drift ? offset_at(state.drift, raw, screen) : { x: 0, y: 0 };
  const at = { x: raw.x - off.x, y: raw.y - off.y };
  const now: State = {
    ...state,
    gaze: 'ok',
    valid: true,
    valid_at: state.t,
    fixation,
    at,
    paused_until,
  };
  return fresh > 1 ? give_back(now, fixation) : now;
}

/** What was counted for the old target after the saccade had begun is not its own. */
function give_back(state: State, fixation: Fixation): State {
  if (state.current === null) return state;
  const had = state.collected.get(state.current);
  if (!had) return state;
  const wrong = state.t - fixation.samples[0]!.t;
  const collected = new Map(state.collected);
  collected.set(state.current, { ...had, ms: Math.max(0, had.ms - wrong) });
  return { ...state, collected };
}

/** Counts the time of a sample for the target it is on, and selects. */
function collect(
  before: State,
  passed: number,
  targets: readonly Target[],
  settings: Settings,
  screen: Screen,
  effects: Effect[],
): State {
  const at = before.at!;
  const open = targets.filter((one) => selectable(one.dwell, before.mode));
  const state = leave_spent(before, passed, open, settings);
  const target = hit(open, at, state.current, settings);
  const collected = new Map(
    [...state.collected].filter(([, one]) => state.t - one.seen <= settings.grace),
  );
  if (!target || held_back(target, state, at, settings))
    return { ...state, collected, current: null, here: 0 };
  const here = target.id === state.current ? state.here + passed : 0;
  const had = collected.get(target.id)?.ms ?? 0;
  const counts = target.id === state.current || had > 0;
  const ms = had + (counts ? passed * sureness(target, open, state, settings) : 0);
  collected.set(target.id, { ms, seen: state.t });
  const now: State = { ...state, collected, current: target.id, here };
  const ripe = ms >= dwell_of(target, now, settings) && here >= settings.lock_on;
  return ripe ? select(now, target, settings, screen, effects) : now;
}

/**
 * How much a moment counts: all of it well inside a target, less of it near a neighbour, where a
 * noisy tracker cannot tell the two apart. The margin is how much farther the neighbour is.
 */
function sureness(
  target: Target,
  targets: readonly Target[],
  state: State,
  settings: Settings,
): number {
  const at = state.at!;
  const clear = settings.sure * Math.min(state.fixation.noise, 60);
  if (clear < 4) return 1;
  let nearest = Infinity;
  for (const one of targets)
    if (one.id !== target.id && !overlap(one, target))
      nearest = Math.min(nearest, distance(one, at));
  return Math.min(1, Math.max(settings.unsure, (nearest - distance(target, at)) / clear));
}

/** What a resting page still takes: nothing that changes what is written or said. */
const kInRest: ReadonlySet<DwellClass> = new Set(['call', 'wake', 'recentre']);
const selectable = (dwell: DwellClass, mode: State['mode']): boolean =>
  mode === 'rest' ? kInRest.has(dwell) : dwell !== 'wake';

/** Ends the wait for the look-away once the gaze has been elsewhere long enough. */
function leave_spent(
  state: State,
  passed: number,
  targets: readonly Target[],
  settings: Settings,
): State {
  const spent = state.spent;
  if (!spent) return state;
  const now = targets.find((one) => one.id === spent.id) ?? spent.box;
  const away = within(now, state.at!, kAway) ? 0 : spent.away + passed;
  if (away >= settings.look_away) return { ...state, spent: null };
  return { ...state, spent: { ...spent, away } };
}

/** The target just selected, and what has just appeared at its place, wait for a look away. */
function held_back(target: Target, state: State, at: Point, settings: Settings): boolean {
  const spent = state.spent;
  if (!spent) return false;
  if (spent.id === target.id) return true;
  return within(around(spent.box, spent.at), at, settings.hysteresis);
}

/** The part of a large target that was looked at. */
function around(box: Box, at: Point): Box {
  const left = Math.max(box.left, at.x - kNear);
  const top = Math.max(box.top, at.y - kNear);
  const width = Math.min(box.left + box.width, at.x + kNear) - left;
  const height = Math.min(box.top + box.height, at.y + kNear) - top;
  return { left, top, width: Math.max(width, 0), height: Math.max(height, 0) };
}

function select(
  before: State,
  target: Target,
  settings: Settings,
  screen: Screen,
  effects: Effect[],
): State {
  const raw = before.fixation.at!;
  const { x, y } = before.at!;
  effects.push({ kind: 'select', id: target.id, dwell: target.dwell, x, y });
  const box = { left: target.left, top: target.top, width: target.width, height: target.height };
  const told: Told = { id: target.id, box, raw, t: before.t };
  let state: State = {
    ...before,
    collected: new Map(),
    current: null,
    here: 0,
    spent: { id: target.id, box, at: { x, y }, away: 0 },
  };
  if (target.dwell === 'recentre')
    return { ...state, drift: recentre(raw, box, settings.drift_most), told: [], undone: null };
  if (target.dwell === 'wake') return wake_step(state, told, settings, screen, effects);
  state = learn_from(state, told, settings, screen);
  return target.dwell === 'rest' ? to_rest(state, 'asked', effects) : state;
}

/** A selection that stood teaches the offset; so does the neighbour of one that was undone. */
function learn_from(state: State, told: Told, settings: Settings, screen: Screen): State {
  const most = settings.drift_most;
  const [oldest, ...rest] = [...state.told, told];
  if (rest.length < 2) {
    const waiting = { ...state, told: [oldest!, ...rest] };
    return meant(waiting, told, settings, screen);
  }
  const drift = learn(state.drift, oldest!.raw, oldest!.box, kGain, most, screen);
  const tune = tuned(state.tune, false, settings);
  return meant({ ...state, told: rest, drift, tune }, told, settings, screen);
}

function meant(state: State, told: Told, settings: Settings, screen: Screen): State {
  const undone = state.undone;
  if (!undone) return state;
  if (state.t - undone.t > kUndoneFor) return { ...state, undone: null };
  if (undone.id === told.id || !neighbours(undone.box, told.box)) return state;
  const most = settings.drift_most;
  const drift = learn(state.drift, undone.raw, told.box, kGainUndone, most, screen);
  return { ...state, undone: null, drift };
}

/** Boxes side by side: the gap between them is at most a third of the smaller one's size. */
function neighbours(a: Box, b: Box): boolean {
  const x = Math.max(a.left, b.left) - Math.min(a.left + a.width, b.left + b.width);
  const y = Math.max(a.top, b.top) - Math.min(a.top + a.height, b.top + b.height);
  return x <= Math.min(a.width, b.width) / 3 && y <= Math.min(a.height, b.height) / 3;
}

/** The selection before the undo key was wrong: it teaches nothing by itself. */
function undo(state: State, settings: Settings): State {
  const wrong = state.told.at(-2);
  if (!wrong) return { ...state, tune: tuned(state.tune, true, settings) };
  return {
    ...state,
    told: state.told.slice(-1),
    undone: { ...wrong, t: state.t },
    tune: tuned(state.tune, true, settings),
  };
}

/** The first wake mark, or the second that ends the rest; both looked at on purpose. */
function wake_step(
  state: State,
  told: Told,
  settings: Settings,
  screen: Screen,
  effects: Effect[],
): State {
  const first = state.woken;
  const drift = learn(state.drift, told.raw, told.box, kGainWake, settings.drift_most, screen);
  if (!first || first.id === told.id || state.t - first.t > settings.wake_within) {
    effects.push({ kind: 'half_awake' });
    return { ...state, drift, woken: { id: told.id, t: state.t } };
  }
  return awake({ ...state, drift }, effects);
}

function awake(state: State, effects: Effect[]): State {
  if (state.mode === 'awake') return state;
  effects.push({ kind: 'wake' });
  return { ...idle(state), mode: 'awake', woken: null };
}

function to_rest(state: State, why: 'asked' | 'no_gaze', effects: Effect[]): State {
  if (state.mode === 'rest') return state;
  effects.push({ kind: 'rest', why });
  return { ...idle(state), mode: 'rest', woken: null, told: [], undone: null };
}

/** Nothing is being looked at; what was selected last still waits for its look away. */
function idle(state: State): State {
  return { ...state, collected: new Map(), current: null, here: 0 };
}

/** No valid sample: quiet, progress kept for the grace, later lost, later rest. */
function without_gaze(before: State, settings: Settings, effects: Effect[]): State {
  let state: State = { ...before, valid: false };
  if (state.gaze === 'none') return state;
  const gone = state.t - state.valid_at;
  if (gone > settings.grace && state.current !== null) state = idle(state);
  if (gone > settings.lost_after && state.gaze === 'ok') {
    state = { ...state, gaze: 'lost', fixation: { ...state.fixation, samples: [] } };
    effects.push({ kind: 'gaze', lost: true });
  }
  if (settings.rest_after > 0 && gone > settings.rest_after)
    return to_rest(state, 'no_gaze', effects);
  return state;
}
