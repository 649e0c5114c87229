import assert from 'node:assert/strict';
import { test } from 'node:test';
import { band, corners, even_marks, line, month_marks, scale, steps } from './plot';

test('a scale maps its ends to the ends, also upside down', () => {
  const up = scale(0, 48, 200, 10);
  assert.equal(up(0), 200);
  assert.equal(up(48), 10);
  assert.equal(up(24), 105);
});

test('a survival curve stays level until the event, then falls straight', () => {
  assert.equal(
    steps([
      [0, 0],
      [10, 5],
      [20, 8],
    ]),
    'M0.0 0.0H10.0V5.0H20.0V8.0',
  );
  assert.deepEqual(
    corners([
      [0, 0],
      [10, 5],
    ]),
    [
      [0, 0],
      [10, 0],
      [10, 5],
    ],
  );
});

test('a band is closed and goes back along its lower line', () => {
  assert.equal(
    band(
      [
        [0, 0],
        [1, 0],
      ],
      [
        [0, 2],
        [1, 3],
      ],
    ),
    'M0.0 0.0L1.0 0.0L1.0 3.0L0.0 2.0Z',
  );
  assert.equal(band([], []), '');
  assert.equal(line([]), '');
});

test('month marks start at 0, are few and evenly spaced', () => {
  for (const last of [5, 18, 60, 120, 400]) {
    const marks = month_marks(last);
    assert.equal(marks[0], 0);
    assert.ok(marks.length <= 10 && marks.at(-1)! <= last);
  }
  assert.deepEqual(month_marks(48), [0, 6, 12, 18, 24, 30, 36, 42, 48]);
});

test('marks of a change hold 0 and stay inside', () => {
  assert.deepEqual(even_marks(-36, 0), [-36, -30, -24, -18, -12, -6, 0]);
  assert.deepEqual(even_marks(-42, 6), [-36, -24, -12, 0]);
});
