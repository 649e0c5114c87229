import assert from 'node:assert/strict';
import { test } from 'node:test';
import { course, whole_line } from './course';
import type { Domains } from './report';

const sum = (low: number, high = low): Domains => {
  const range = { low, high };
  return { bulbar: range, fine_motor: range, gross_motor: range, respiratory: range };
};
const size = { width: 220, height: 120, edge: 10 };

test('twelve points stand at the top, none at the bottom, and days keep their distance', () => {
  const points = course(
    [
      { date: '2026-01-01', domains: sum(12) },
      { date: '2026-01-11', domains: sum(6) },
      { date: '2026-01-31', domains: sum(0) },
    ],
    'bulbar',
    size,
  );
  assert.deepEqual(
    points.map(({ x, low }) => [Math.round(x), low]),
    [
      [10, 10],
      [77, 60],
      [210, 110],
    ],
  );
});

test('a report with an open answer is a bar and breaks the line', () => {
  const points = course(
    [
      { date: '2026-01-01', domains: sum(12) },
      { date: '2026-01-02', domains: sum(8, 12) },
      { date: '2026-01-03', domains: sum(9) },
    ],
    'respiratory',
    size,
  );
  assert.ok((points[1]?.low ?? 0) > (points[1]?.high ?? 0));
  assert.equal(whole_line(points), 'M10.0 10.0M210.0 35.0');
});

test('one report alone stands in the middle', () => {
  assert.equal(course([{ date: '2026-01-01', domains: sum(3) }], 'bulbar', size)[0]?.x, 110);
});
