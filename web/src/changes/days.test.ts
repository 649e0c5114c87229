import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day, days_ago } from './days';

test('a day that does not exist is no day', () => {
  assert.equal(day('2024-02-29'), '2024-02-29');
  for (const bad of ['2023-02-29', '2026-13-01', '2026-1-1', 'soon', '', null])
    assert.equal(day(bad), null);
});

test('a week before the first of March stands in February', () => {
  assert.equal(days_ago(7, new Date('2026-03-01T12:00:00Z')), '2026-02-22');
  assert.equal(days_ago(0, new Date('2026-03-01T12:00:00Z')), '2026-03-01');
});
