import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lines_of, share_done, size, time_left } from './progress';

test('a job of unknown length has no share, one that is done has all of it', () => {
  assert.equal(share_done({ done: 5, total: null, state: 'running' }), null);
  assert.equal(share_done({ done: 5, total: null, state: 'done' }), 1);
  assert.equal(share_done({ done: 30, total: 20, state: 'running' }), 1);
  assert.equal(share_done({ done: 5, total: 20, state: 'running' }), 0.25);
});

test('a time left is never zero and never made up', () => {
  assert.deepEqual(time_left(0.2), { n: 1, unit: 'seconds' });
  assert.deepEqual(time_left(89), { n: 89, unit: 'seconds' });
  assert.deepEqual(time_left(150), { n: 3, unit: 'minutes' });
  assert.deepEqual(time_left(7200), { n: 2, unit: 'hours' });
  for (const unknown of [null, undefined, NaN, Infinity, -1])
    assert.equal(time_left(unknown), null);
});

test('a report names its refused lines, and counts those that it does not name', () => {
  const report = lines_of({
    rows_read: 10,
    kept: 7,
    refused: [{ line: 3, reason: 'no sign' }],
    refused_total: 3,
  });
  assert.deepEqual(
    report.counts.map((one) => one.name),
    ['rows_read', 'kept'],
  );
  assert.equal(report.refused_total, 3);
  assert.equal(report.refused.length, 1);
  assert.equal(lines_of({ refused: 4 }).refused_total, 4);
  assert.equal(lines_of({}).refused_total, 0);
});

test('bytes are printed with a unit', () => {
  assert.equal(size(12), '12 B');
  assert.equal(size(1_400_000), '1.4 MB');
  assert.equal(size(2_147_483_648), '2.1 GB');
});
