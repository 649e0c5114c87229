// The weekly picture: days by pieces of the day, and what happened in each. Pure.
import type { History, What } from './types';
import { wall } from './clock';

export type Mark = 'on_time' | 'late' | 'missed' | 'call';
export const kMarks: readonly Mark[] = ['on_time', 'late', 'missed', 'call'];

/** Done up to this many minutes after its time still counts as on time. */
export const kOnTime_min = 10;

export interface Cell {
  on_time: number;
  late: number;
  missed: number;
  call: number;
}
export interface Week {
  hours_a_cell: number;
  days: { date: string; cells: Cell[] }[];
  totals: Cell;
}

/** What an event counts as. A call is counted once, when it begins: also one that a reminder became. */
export function mark_of(what: What, late_min: number | null): Mark | null {
  if (what === 'done') return (late_min ?? 0) > kOnTime_min ? 'late' : 'on_time';
  if (what === 'missed') return 'missed';
  return what === 'called' ? 'call' : null;
}

/**
 * Counts a history into cells of `hours_a_cell` hours (1, 2, 3, 4, 6). An event stands at the hour of its
 * own wall clock; the server has already put it under its day.
 */
export function week(history: History, offset_min: number, hours_a_cell: number): Week {
  const totals = empty();
  const days = history.days.map(({ date, events }) => {
    const cells = Array.from({ length: 24 / hours_a_cell }, empty);
    for (const event of events) {
      const mark = mark_of(event.what, event.late_min);
      const cell = cells[Math.floor(wall(event.at, offset_min).h / hours_a_cell)];
      if (!mark || !cell) continue;
      const n = event.times ?? 1;
      cell[mark] += n;
      totals[mark] += n;
    }
    return { date, cells };
  });
  return { hours_a_cell, days, totals };
}

/** The `n` days up to `last`, oldest first, also those on which nothing was noted. */
export function whole_days(history: History, last: string, n: number): History {
  const noted = new Map(history.days.map(({ date, events }) => [date, events]));
  const end = Date.parse(`${last}T00:00:00Z`);
  const dates = Array.from({ length: n }, (_, i) =>
    new Date(end - (n - 1 - i) * 86_400_000).toISOString().slice(0, 10),
  );
  return {
    days: dates.map((date) => ({
      date,
      events: [...(noted.get(date) ?? [])].sort((a, b) => a.at - b.at),
    })),
  };
}

/** The marks of a cell, in their fixed order, with how many of each. */
export const marks_in = (cell: Cell): { mark: Mark; n: number }[] =>
  kMarks.flatMap((mark) => (cell[mark] > 0 ? [{ mark, n: cell[mark] }] : []));

const empty = (): Cell => ({ on_time: 0, late: 0, missed: 0, call: 0 });
