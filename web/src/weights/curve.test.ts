import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filled, kPad, mark, plot, way } from './curve';

const bin = (predicted: number, observed: number, n = 3) => ({
  predicted,
  observed,
  low: null,
  high: null,
  n,
});

test('a belief that means what it says lies on the line from corner to corner', () => {
  const on = plot(400, 300);
  assert.equal(on.x(0), kPad.left);
  assert.equal(on.y(1), kPad.top);
  const slope = (on.y(1) - on.y(0)) / (on.x(1) - on.x(0));
  assert.ok(Math.abs(on.y(0.3) - (on.y(0) + slope * (on.x(0.3) - on.x(0)))) < 1e-9);
});

test('empty bins are not drawn and the way goes by rising belief', () => {
  const bins = filled([bin(0.9, 1), bin(0.5, 0.5, 0), bin(0.1, 0)]);
  assert.deepEqual(
    bins.map((one) => one.predicted),
    [0.1, 0.9],
  );
  assert.match(way(bins, plot(400, 300)), /^M[\d.]+ [\d.]+L[\d.]+ [\d.]+$/);
  assert.equal(way([], plot(400, 300)), '');
});

test('three curves have three marks', () => {
  assert.equal(new Set([mark(0), mark(1), mark(2)]).size, 3);
});
