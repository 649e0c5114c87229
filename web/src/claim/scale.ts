// Where an effect stands on a forest plot's axis: logarithmic for ratios, linear for differences.
import type { Effect } from '../types';

export interface Axis {
  log: boolean;
  from: number;
  to: number;
  none: number;
  ticks: number[];
}

const kLogTicks = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100];

/** True for a unit whose "no effect" is 1. */
export function is_ratio(unit: string | null): boolean {
  return unit === 'ratio';
}

/** The axis that holds every interval and the line of no effect, with a little room. */
export function axis(effects: readonly Pick<Effect, 'unit' | 'value' | 'low' | 'high'>[]): Axis {
  const log = effects.some((effect) => is_ratio(effect.unit));
  const none = log ? 1 : 0;
  const values = [none];
  for (const effect of effects) {
    for (const value of [effect.low, effect.value, effect.high]) {
      if (value !== null && Number.isFinite(value) && (!log || value > 0)) values.push(value);
    }
  }
  const low = Math.min(...values);
  const high = Math.max(...values);
  if (log) {
    const from = Math.min(low / 1.15, 0.8);
    const to = Math.max(high * 1.15, 1.25);
    return { log, from, to, none, ticks: log_ticks(from, to) };
  }
  const room = (high - low || 1) * 0.08;
  return {
    log,
    from: low - room,
    to: high + room,
    none,
    ticks: even_ticks(low - room, high + room),
  };
}

/** The place of a value, 0 at the left end and 1 at the right; outside values stop at the end. */
export function place(value: number, on: Axis): number {
  const at = on.log
    ? Math.log(value / on.from) / Math.log(on.to / on.from)
    : (value - on.from) / (on.to - on.from);
  return Math.min(1, Math.max(0, at));
}

/** Three to six round numbers between `from` and `to`. */
export function even_ticks(from: number, to: number): number[] {
  const rough = (to - from) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? rough;
  const ticks: number[] = [];
  for (let i = Math.ceil(from / step); i * step <= to; i += 1)
    ticks.push(Number((i * step).toPrecision(12)));
  return ticks;
}

function log_ticks(from: number, to: number): number[] {
  const inside = kLogTicks.filter((tick) => tick >= from && tick <= to);
  return inside.length >= 2
    ? inside
    : [0.5, 0.7, 0.8, 1, 1.25, 1.5, 2].filter((t) => t >= from && t <= to);
}
