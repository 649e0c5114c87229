// Wild inputs for the engine, and the laws that hold after any of them. Pure but for its seed.
import type { Input, State } from './engine';
import { kStart, step } from './engine';
import { uniform } from './random';
import type { DwellClass } from './settings';
import { kClasses, kSettings } from './settings';
import type { Target } from './targets';
import { within } from './targets';
import { kScreen, keyboard } from './simulate';

/** A page whose parts come, go and move; CALL, the wake marks and the rest key are always there. */
export function fuzz_page(draw: () => number): Target[] {
  const keys = keyboard(110).filter(() => draw() < 0.8);
  const jump = draw() < 0.3 ? 40 : 0;
  const at = (id: number, left: number, top: number, dwell: DwellClass): Target => ({
    ...{ id, left, top, width: 120, height: 110, dwell, likely: 0 },
  });
  return [
    ...keys.map((key) => ({
      ...key,
      top: key.top + jump,
      dwell: kClasses[Math.floor(draw() * 4)]!,
      likely: ([-1, 0, 1] as const)[Math.floor(draw() * 3)]!,
    })),
    at(901, 1150, 10, 'call'),
    at(902, 10, 10, 'rest'),
    at(903, 10, 680, 'wake'),
    at(904, 1150, 680, 'wake'),
  ];
}

/** Time mostly passes; now and then it stops, leaps or runs back. */
function next_time(t: number, draw: () => number): number {
  const kind = draw();
  if (kind < 0.97) return t + 33;
  if (kind < 0.98) return t;
  if (kind < 0.985) return t + draw() * 5000;
  if (kind < 0.99) return t - draw() * 3000;
  return t + draw() * 120;
}

/** Anywhere, or half of the time on something. */
function next_place(page: readonly Target[], draw: () => number): { x: number; y: number } {
  const on = page[Math.floor(draw() * page.length)]!;
  if (draw() < 0.5) return { x: on.left + on.width / 2, y: on.top + on.height / 2 };
  return { x: draw() * kScreen.width, y: draw() * kScreen.height };
}

function wild_input(t: number, at: { x: number; y: number }, draw: () => number): Input {
  const kind = draw();
  if (kind < 0.95) {
    const x = at.x + (draw() - 0.5) * 80;
    const y = at.y + (draw() - 0.5) * 80;
    return { kind: 'sample', x, y, t, valid: draw() < 0.97 };
  }
  if (kind < 0.97) return { kind: 'tick', t };
  if (kind < 0.98) return { kind: 'sample', x: NaN, y: -1e9, t, valid: true };
  if (kind < 0.99) return { kind: 'undo', t };
  if (kind < 0.991) return { kind: 'pause', t, until: t + draw() * 1e5 };
  if (kind < 0.993) return { kind: 'rest', t };
  if (kind < 0.997) return { kind: 'wake', t };
  return { kind: 'sample', x: draw() * 1e5, y: -draw() * 1e5, t, valid: true };
}

export interface Fuzzed {
  inputs: number;
  selections: number;
  checks: number;
}

const kSteady = 16_000; // ms: the longest pause, the wait for a look away, and a long dwell

/**
 * `ms` of wild inputs (time of the samples), then at every 20th second of them, from a copy of the
 * state: a steady look at CALL selects it; awake, so does a look at a key. Throws where a law breaks.
 */
export function fuzz(ms: number, seed: number): Fuzzed {
  const draw = uniform(seed);
  const done: Fuzzed = { inputs: 0, selections: 0, checks: 0 };
  let page = fuzz_page(draw);
  let state = kStart;
  let t = 0;
  let lived = 0;
  let checked = 0;
  let at = { x: 640, y: 400 };
  let last: { id: number; left: boolean } | null = null;
  while (lived < ms) {
    if (draw() < 0.003) page = fuzz_page(draw);
    if (draw() < 0.012) at = next_place(page, draw);
    const before = state;
    const next = next_time(t, draw);
    lived += Math.max(0, Math.min(next - t, 200));
    t = next;
    const made = step(state, wild_input(t, at, draw), page, kSettings, kScreen);
    state = made.state;
    done.inputs += 1;
    const own = last && page.find((one) => one.id === last!.id);
    if (last && state.at && (!own || !within(own, state.at, 0.25))) last.left = true;
    for (const effect of made.effects) {
      if (effect.kind !== 'select') continue;
      done.selections += 1;
      expect(last?.id !== effect.id || last.left, `${effect.id} twice without a look away`);
      expect(before.mode === 'awake' || /call|wake/.test(effect.dwell), `${effect.dwell} in rest`);
      const had = before.collected.get(effect.id)?.ms ?? 0;
      expect(had + 125 >= kSettings.least, `${effect.id} selected with ${had} ms collected`);
      last = { id: effect.id, left: false };
    }
    sane(state);
    if (lived - checked > 20_000) {
      checked = lived;
      not_stuck(state, t, page);
      done.checks += 1;
    }
  }
  return done;
}

function sane(state: State): void {
  expect(Number.isFinite(state.t), 'time is a number');
  expect(state.fixation.samples.length < 200, 'the window is bounded');
  expect(state.told.length <= 3 && state.collected.size < 100, 'memory is bounded');
  for (const one of state.drift)
    expect(Math.hypot(one.x, one.y) <= kSettings.drift_most + 1e-6, 'the offset is bounded');
  expect(state.tune.factor >= 0.8 && state.tune.factor <= 1.6, 'the dwell is bounded');
}

/** From any state a person who looks away and then at a target gets it. */
function not_stuck(state: State, t: number, page: readonly Target[]): void {
  look(
    state,
    t,
    page,
    page.find((one) => one.dwell === 'call')!,
  );
  const key = page.find((one) => one.dwell === 'key');
  if (key && state.mode === 'awake') look(state, t, page, key);
}

function look(from: State, t: number, page: readonly Target[], target: Target): void {
  let state = from;
  const off = state.drift[0];
  const x = target.left + target.width / 2 + off.x;
  const y = target.top + target.height / 2 + off.y;
  for (let ms = 0; ms < kSteady; ms += 33) {
    const away = ms < 600;
    const made = step(
      state,
      { kind: 'sample', x: away ? 640 : x, y: away ? 60 : y, t: t + ms, valid: true },
      page,
      kSettings,
      kScreen,
    );
    state = made.state;
    if (!away && made.effects.some((one) => one.kind === 'select' && one.id === target.id)) return;
  }
  expect(false, `a steady look at ${target.dwell} ${target.id} selected nothing`);
}

function expect(holds: boolean, words: string): void {
  if (!holds) throw new Error(`law broken: ${words}`);
}
