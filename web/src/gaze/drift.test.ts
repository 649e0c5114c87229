import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Drift } from './drift';
import { error_on, kNoDrift, learn, offset_at, recentre } from './drift';
import { normal, uniform } from './random';
import type { Box } from './targets';

const kScreen = { width: 1280, height: 800 };
const kMost = 60;
const key_at = (x: number, y: number): Box => ({
  left: x - 55,
  top: y - 55,
  width: 110,
  height: 110,
});
const near = (a: number, b: number, by: number): void =>
  assert.ok(Math.abs(a - b) <= by, `${a} is not within ${by} of ${b}`);

/** Selections at places drawn at random, each with the gaze `off` beside the middle of its key. */
function lived(
  off: (x: number, y: number) => { x: number; y: number },
  sd: number,
  n: number,
  seed = 1,
): Drift {
  const draw = uniform(seed);
  const gauss = normal(draw);
  let drift = kNoDrift;
  for (let i = 0; i < n; i += 1) {
    const [x, y] = [60 + 1160 * draw(), 60 + 680 * draw()];
    const error = off(x, y);
    const raw = { x: x + error.x + sd * gauss(), y: y + error.y + sd * gauss() };
    drift = learn(drift, raw, key_at(x, y), 0.12, kMost, kScreen);
  }
  return drift;
}

test('a planted offset is found everywhere on the screen', () => {
  const drift = lived(() => ({ x: 30, y: -20 }), 15, 200);
  for (const [x, y] of [
    [100, 100],
    [640, 400],
    [1200, 700],
  ] as const) {
    const found = offset_at(drift, { x, y }, kScreen);
    near(found.x, 30, 9);
    near(found.y, -20, 9);
  }
});

test('quarters that err differently are told apart', () => {
  const drift = lived((x) => ({ x: x < 640 ? -25 : 25, y: 0 }), 5, 800);
  assert.ok(offset_at(drift, { x: 320, y: 400 }, kScreen).x < -12);
  assert.ok(offset_at(drift, { x: 960, y: 400 }, kScreen).x > 12);
});

test('a single wild selection moves the offset by a few px at most', () => {
  for (const far of [200, 1000, 1e6]) {
    const raw = { x: 640 + far, y: 400 - far };
    const drift = learn(kNoDrift, raw, key_at(640, 400), 0.12, kMost, kScreen);
    for (const one of drift) assert.ok(Math.hypot(one.x, one.y) < 15, `${one.x} ${one.y}`);
  }
});

test('no offset is ever longer than the most, whatever is learned', () => {
  const draw = uniform(3);
  let drift = kNoDrift;
  for (let i = 0; i < 2000; i += 1) {
    const raw = { x: 4000 * draw() - 1500, y: 3000 * draw() - 1200 };
    drift = learn(drift, raw, key_at(1280 * draw(), 800 * draw()), draw(), kMost, kScreen);
    for (const one of drift) assert.ok(Math.hypot(one.x, one.y) <= kMost + 1e-9);
  }
});

test('between the middles of the quarters the offset is blended, and never outside them', () => {
  const drift = [10, 20, 30, 40].map((x) => ({ x, y: -x })) as unknown as Drift;
  const middles = [
    [320, 200],
    [960, 200],
    [320, 600],
    [960, 600],
  ] as const;
  middles.forEach(([x, y], i) => near(offset_at(drift, { x, y }, kScreen).x, 10 * (i + 1), 1e-9));
  near(offset_at(drift, { x: 640, y: 400 }, kScreen).x, 25, 1e-9);
  const draw = uniform(4);
  for (let i = 0; i < 500; i += 1) {
    const at = { x: 3000 * draw() - 900, y: 2000 * draw() - 600 };
    const { x } = offset_at(drift, at, kScreen);
    assert.ok(x >= 10 - 1e-9 && x <= 40 + 1e-9);
  }
});

test('nobody looks at the middle of what is wide: its axis teaches nothing', () => {
  const bar: Box = { left: 0, top: 0, width: 1280, height: 110 };
  assert.deepEqual(error_on(bar, { x: 100, y: 75 }), { x: null, y: 20 });
  const drift = learn(kNoDrift, { x: 100, y: 75 }, bar, 0.5, kMost, kScreen);
  for (const one of drift) assert.equal(one.x, 0);
});

test('recentre takes the whole offset at once, in all quarters, shortened to the most', () => {
  for (const one of recentre({ x: 658, y: 376 }, key_at(640, 400), kMost))
    assert.deepEqual(one, { x: 18, y: -24 });
  for (const one of recentre({ x: 640 + 300, y: 400 + 400 }, key_at(640, 400), kMost)) {
    near(one.x, 36, 1e-9);
    near(one.y, 48, 1e-9);
  }
});
