import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawn, filled, kPad, mark, plot, way } from './curve';
import { curve_name } from './words';

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

test('presets are drawn as they are; what was fitted or recalibrated is named in both languages', () => {
  const curve = (preset: string) => ({
    preset,
    brier: 0.1,
    brier_low: null,
    brier_high: null,
    log_loss: null,
    bins: [],
  });
  const names = ['thaw', 'thaw, prior fitted', 'indra', 'open-targets', 'share of all'];
  assert.deepEqual(
    drawn(names.map(curve)).map((one) => one.preset),
    ['thaw', 'indra', 'open-targets'],
  );
  assert.equal(curve_name('indra, recalibrated').en, 'INDRA, recalibrated');
  assert.notEqual(curve_name('thaw, prior fitted').zh, curve_name('thaw, prior fitted').en);
  assert.equal(curve_name('new one').en, 'new one');
});
