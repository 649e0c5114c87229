import assert from 'node:assert/strict';
import { test } from 'node:test';
import { uniform } from './random';
import { kSettings } from './settings';
import type { Tune } from './tune';
import { kNoTune, tuned } from './tune';

/** The tune after selections of which a share is undone. */
function lived(share: number, n: number, seed = 1, from: Tune = kNoTune): Tune {
  const draw = uniform(seed);
  let tune = from;
  for (let i = 0; i < n; i += 1) tune = tuned(tune, draw() < share, kSettings);
  return tune;
}

test('while nothing is undone the dwell shortens slowly, down to its least', () => {
  const some = lived(0, 60);
  assert.ok(some.factor < 1 && some.factor > 0.85, `${some.factor}`);
  assert.equal(lived(0, 2000).factor, kSettings.tune_least);
});

test('while a fifth is undone the dwell lengthens to its most', () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    assert.ok(lived(0.2, 60, seed).factor > 1.15);
    assert.equal(lived(0.2, 500, seed).factor, kSettings.tune_most);
  }
});

test('a single undo changes nothing at once', () => {
  const calm = { factor: 1, undone: 0.01 };
  assert.equal(tuned(calm, true, kSettings).factor, 1);
});

test('the factor stays within its bounds and the share within 0 and 1, whatever happens', () => {
  const draw = uniform(5);
  let tune = kNoTune;
  for (let i = 0; i < 5000; i += 1) {
    tune = tuned(tune, draw() < (i % 700) / 700, kSettings);
    assert.ok(tune.factor >= kSettings.tune_least && tune.factor <= kSettings.tune_most);
    assert.ok(tune.undone >= 0 && tune.undone <= 1);
  }
});

test('the share of undone selections is found, and forgotten after a hundred more', () => {
  let sum = 0;
  for (let seed = 1; seed <= 40; seed += 1) sum += lived(0.1, 200, seed).undone;
  assert.ok(Math.abs(sum / 40 - 0.1) < 0.03, `${sum / 40}`);
  assert.ok(lived(0, 100, 1, { factor: 1, undone: 0.5 }).undone < 0.02);
});
