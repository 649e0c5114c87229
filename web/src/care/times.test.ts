import assert from 'node:assert/strict';
import { test } from 'node:test';
import { in_seconds } from './times';

test('what is named as a time becomes Unix seconds, at any depth; times of the day stay', () => {
  assert.deepEqual(
    in_seconds({
      now: '1970-01-01T00:01:00Z',
      reminders: [{ due_at: '1970-01-02T00:00:00.500Z', at: ['08:00'], snoozed_until: null }],
    }),
    { now: 60, reminders: [{ due_at: 86_400, at: ['08:00'], snoozed_until: null }] },
  );
});

test('what a person says is left as it is, also when it looks like a time', () => {
  const said = { text: '1970-01-01T00:01:00Z', at: 5, seen: true, nothing: null };
  assert.deepEqual(in_seconds(said), said);
});
