import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axis, even_ticks, place } from './scale';

const effect = (unit: string, value: number, low: number, high: number) => ({
  unit,
  value,
  low,
  high,
});

test('a ratio has a log axis about 1, a difference a linear one about 0', () => {
  const ratio = axis([effect('ratio', 0.8, 0.6, 1.1)]);
  const difference = axis([effect('points/month', 0.4, 0.1, 0.8)]);
  assert.deepEqual([ratio.log, ratio.none, difference.log, difference.none], [true, 1, false, 0]);
});

test('on a log axis a ratio and its reciprocal stand equally far from no effect', () => {
  const on = axis([effect('ratio', 1, 0.5, 2)]);
  const gap = (value: number) => place(value, on) - place(1, on);
  assert.ok(Math.abs(gap(2) + gap(0.5)) < 1e-12);
  assert.ok(Math.abs(gap(1.3) + gap(1 / 1.3)) < 1e-12);
});

test('every interval and no effect lie inside the axis, in their order', () => {
  for (const list of [
    [effect('ratio', 0.56, 0.34, 0.92), effect('ratio', 0.8, 0.64, 0.99)],
    [effect('points/month', -0.26, -0.44, -0.08), effect('points/month', 0.42, 0.03, 0.81)],
    [effect('SD', 5, 4, 6)],
  ]) {
    const on = axis(list);
    for (const one of list) {
      const [a, b, c] = [place(one.low, on), place(one.value, on), place(one.high, on)];
      assert.ok(0 < a && a < b && b < c && c < 1);
    }
    assert.ok(place(on.none, on) > 0 && place(on.none, on) < 1);
    assert.ok(on.ticks.length >= 2 && on.ticks.every((tick) => tick >= on.from && tick <= on.to));
  }
});

test('ticks are round, evenly spaced and cover the range', () => {
  assert.deepEqual(even_ticks(-0.5, 0.9), [-0.5, 0, 0.5]);
  assert.deepEqual(even_ticks(0, 10), [0, 5, 10]);
});
