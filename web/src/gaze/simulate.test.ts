import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kTracker } from './eye';
import { fuzz } from './fuzz';
import { kSettings } from './settings';
import { keyboard, perform, planted_drift, random_keys, wrong_share } from './simulate';

const keys = keyboard(110);

test('keys of 110 px fill 1280 px ten a row, keys of 150 px seven', () => {
  assert.equal(keys.length, 30);
  assert.equal(keyboard(150).length, 21);
});

test('at 40 px sd and 30 Hz less than 2 % of the selections are wrong, and few are missed', () => {
  let wrong = 0;
  let missed = 0;
  const selected: number[] = [];
  for (const seed of [1, 2, 3, 4]) {
    const wanted = random_keys(keys, 250, seed);
    const one = perform({ targets: keys, wanted, tracker: kTracker, seed, settings: kSettings });
    wrong += one.wrong;
    missed += one.missed;
    selected.push(...one.selected);
  }
  const [share] = wrong_share({ wrong, selected });
  assert.ok(share < 0.02, `${wrong} of ${selected.length} wrong`);
  assert.ok(missed < 10, `${missed} missed`);
});

test('without noise nothing is wrong or missed', () => {
  const tracker = { ...kTracker, sd: 2, blinks_a_minute: 0, losses_a_minute: 0 };
  const wanted = random_keys(keys, 200, 5);
  const one = perform({ targets: keys, wanted, tracker, seed: 5, settings: kSettings });
  assert.deepEqual(one.selected, wanted);
});

test('a planted drift of 60 px with jitter gives the same keys as no drift; without correction it does not', () => {
  const wanted = random_keys(keys, 200, 11);
  const still = { ...kTracker, sd: 15 };
  const planted = { ...still, offset: planted_drift(150_000, 60, 3) };
  const run = (tracker: typeof planted | typeof still, drift: boolean): number[] =>
    perform({ targets: keys, wanted, tracker, seed: 8, settings: { ...kSettings, drift } })
      .selected;
  assert.deepEqual(run(still, true), wanted);
  assert.deepEqual(run(planted, true), wanted);
  assert.notDeepEqual(run(planted, false), wanted);
});

test('wild inputs leave no stuck state and break no law', () => {
  for (const seed of [1, 2, 3]) {
    const done = fuzz(120_000, seed);
    assert.ok(done.checks >= 5 && done.selections > 3, JSON.stringify(done));
  }
});
