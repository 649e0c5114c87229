import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dues, is_due, line_of } from './due';
import type { Reminder } from './types';
import { speak_words as w } from './words';

const kNow = Date.parse('2026-11-26T04:00:00Z');
const at = (minutes: number) => new Date(kNow + minutes * 60_000).toISOString();
const reminder = (
  id: string,
  minutes: number | null,
  change: Partial<Reminder> = {},
): Reminder => ({
  id,
  kind: 'other',
  text: { en: id, zh: id },
  enabled: true,
  due_at: minutes === null ? null : at(minutes),
  snoozed_until: null,
  state: 'waiting',
  ...change,
});
const ids = (all: { reminder: Reminder }[]) => all.map((one) => one.reminder.id);

test('the most urgent comes first; what is off or has no time is left out', () => {
  const all = [
    reminder('later', 90),
    reminder('late', -7, { state: 'overdue' }),
    reminder('off', 1, { enabled: false }),
    reminder('never', null),
    reminder('soon', 5),
  ];
  assert.deepEqual(ids(dues(all, kNow, 0)), ['late', 'soon', 'later']);
});

test('a snoozed one counts to the end of its snooze', () => {
  const [one] = dues([reminder('a', -20, { state: 'snoozed', snoozed_until: at(8) })], kNow, 0);
  assert.equal(one!.minutes, 8);
  assert.equal(is_due(one!), false);
});

test('the server’s clock decides, whatever this machine’s says', () => {
  const [one] = dues([reminder('a', 30)], kNow - 3_600_000, 3_600_000);
  assert.equal(one!.minutes, 30);
});

test('the line says late, due, minutes or hours', () => {
  const line = (minutes: number, state: Reminder['state']) =>
    line_of({ reminder: reminder('a', minutes, { state }), minutes });
  assert.deepEqual(line(-7, 'overdue'), { text: w.care_late, values: { n: 7 } });
  assert.deepEqual(line(0, 'due'), { text: w.care_due, values: {} });
  assert.deepEqual(line(42, 'waiting'), { text: w.care_in, values: { n: 42 } });
  assert.deepEqual(line(130, 'waiting'), { text: w.care_in_h, values: { h: 2, m: 10 } });
});
