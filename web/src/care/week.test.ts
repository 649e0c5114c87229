import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CareEvent, History } from './types';
import { mark_of, marks_in, week, whole_days } from './week';

const event = (at: number, what: CareEvent['what'], late_min: number | null = null): CareEvent => ({
  id: `${at}${what}`,
  at,
  kind: 'reposition',
  reminder: 'r1',
  what,
  name: null,
  by: null,
  late_min,
});
const history: History = {
  days: [
    {
      date: '1970-01-01',
      events: [event(0, 'done', 0), event(3600, 'done', 11), event(3700, 'missed')],
    },
    {
      date: '1970-01-02',
      events: [event(86_400 + 23 * 3600, 'called'), event(86_400, 'acknowledged')],
    },
  ],
};

test('every event that counts stands in one cell, whatever the width of a cell', () => {
  for (const hours of [1, 2, 3, 4, 6]) {
    const seen = week(history, 0, hours);
    const all = { on_time: 0, late: 0, missed: 0, call: 0 };
    for (const { cells } of seen.days) {
      assert.equal(cells.length, 24 / hours);
      for (const cell of cells) for (const { mark, n } of marks_in(cell)) all[mark] += n;
    }
    assert.deepEqual(all, seen.totals);
    assert.deepEqual(all, { on_time: 1, late: 1, missed: 1, call: 1 });
  }
});

test('an event stands at the hour of its wall clock', () => {
  assert.equal(week(history, 480, 1).days[0]?.cells[8]?.on_time, 1);
  assert.equal(week(history, 0, 3).days[1]?.cells[7]?.call, 1);
});

test('ten minutes late is still on time, eleven is late, and an answered call is counted once', () => {
  assert.equal(mark_of('done', 10), 'on_time');
  assert.equal(mark_of('done', null), 'on_time');
  assert.equal(mark_of('done', 11), 'late');
  for (const none of ['escalated', 'acknowledged', 'cancelled', 'snoozed'] as const)
    assert.equal(mark_of(none, null), null);
});

test('days without a note stand between the others, oldest first', () => {
  const newest_first = { days: [...history.days].reverse() };
  const { days } = whole_days(newest_first, '1970-01-03', 4);
  assert.deepEqual(
    days.map(({ date, events }) => [date, events.length]),
    [
      ['1969-12-31', 0],
      ['1970-01-01', 3],
      ['1970-01-02', 2],
      ['1970-01-03', 0],
    ],
  );
  assert.equal(days[2]?.events[0]?.what, 'acknowledged');
});

test('what was missed several times in a row counts as often', () => {
  const missed = { ...event(0, 'missed'), times: 3 };
  assert.equal(week({ days: [{ date: '1970-01-01', events: [missed] }] }, 0, 6).totals.missed, 3);
});
