import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, Pursuit } from './pursuit';
import { kNoPursuit, place_of, pursue } from './pursuit';
import { normal, uniform } from './random';

/** Eyes that follow a mark (or none) on circles of 160 px, behind a tracker that errs. */
function follow(mark: Answer | null, seed: number, sd: number, ms = 15_000): Answer | null {
  const draw = uniform(seed);
  const gauss = normal(draw);
  const off = { x: 400 * draw() - 200, y: 400 * draw() - 200 };
  const scale = 0.5 + draw();
  let pursuit: Pursuit = kNoPursuit;
  for (let t = 0; t < ms; t += 33) {
    const late = mark ? place_of(mark, t - 100) : { x: 0, y: 0 };
    const sample = {
      x: 640 + off.x + scale * 160 * late.x + sd * gauss(),
      y: 400 + off.y + scale * 160 * late.y + sd * gauss(),
      t,
    };
    const made = pursue(pursuit, sample);
    pursuit = made.pursuit;
    if (made.answer) return made.answer;
  }
  return null;
}

test('the mark that is followed is the answer, whatever the offset and the scale of the tracker', () => {
  for (const mark of ['yes', 'no'] as const)
    for (let seed = 1; seed <= 40; seed += 1) assert.equal(follow(mark, seed, 40), mark, `${seed}`);
});

test('eyes that are still, or closed, answer nothing', () => {
  for (let seed = 1; seed <= 40; seed += 1) assert.equal(follow(null, seed, 40, 30_000), null);
  for (let seed = 1; seed <= 5; seed += 1) assert.equal(follow(null, seed, 0, 30_000), null);
});

test('a very noisy tracker is never answered wrongly, at worst not at all', () => {
  let none = 0;
  for (let seed = 1; seed <= 40; seed += 1) {
    const answer = follow('yes', seed, 120);
    assert.notEqual(answer, 'no');
    if (!answer) none += 1;
  }
  assert.ok(none < 30, `${none} of 40 unanswered`);
});
