import assert from 'node:assert/strict';
import { test } from 'node:test';
import { centre, filled, fit, sees, start, zoom } from './view';

const kFrame = { width: 800, height: 500 };

test('zooming keeps the point under the pointer', () => {
  const view = { x: 30, y: -20, scale: 0.8 };
  const picture_x = (400 - view.x) / view.scale;
  const next = zoom(view, 1.4, 400, 200);
  assert.ok(Math.abs(picture_x * next.scale + next.x - 400) < 1e-9);
});

test('zooming stops at both ends', () => {
  let view = { x: 0, y: 0, scale: 1 };
  for (let i = 0; i < 40; i += 1) view = zoom(view, 1.5, 0, 0);
  assert.equal(view.scale, 3);
  for (let i = 0; i < 40; i += 1) view = zoom(view, 0.5, 0, 0);
  assert.equal(view.scale, 0.25);
});

test('fit shows every corner and enlarges nothing', () => {
  const big = { width: 1600, height: 300 };
  const view = fit(big, kFrame);
  for (const [x, y] of [
    [0, 0],
    [1600, 300],
  ] as const)
    assert.ok(sees(view, x, y, kFrame, -1));
  assert.equal(fit({ width: 10, height: 10 }, kFrame).scale, 1);
});

test('a centred point is in the middle', () => {
  const view = centre(120, 80, 0.5, kFrame);
  assert.equal(120 * view.scale + view.x, 400);
  assert.equal(80 * view.scale + view.y, 250);
});

test('a filled view shows no empty side, and centres what is smaller than the frame', () => {
  const picture = { width: 2000, height: 300 };
  const at_left = filled(centre(0, 150, 1, kFrame), picture, kFrame);
  assert.equal(at_left.x, 0);
  assert.equal(at_left.y, (kFrame.height - 300) / 2);
  const at_right = filled(centre(2000, 150, 1, kFrame), picture, kFrame);
  assert.equal(at_right.x, kFrame.width - 2000);
  assert.equal(filled(centre(1000, 0, 1, kFrame), picture, kFrame).x, kFrame.width / 2 - 1000);
});

test('the first view is all of a small picture, or the box where it can be read', () => {
  const box = { x: 1000, y: 1000, width: 200 };
  assert.deepEqual(
    start({ width: 900, height: 500 }, kFrame, box, 1),
    fit({ width: 900, height: 500 }, kFrame),
  );
  const big = { width: 2000, height: 2000 };
  assert.deepEqual(start(big, kFrame, box, 0), centre(1000, 1000, 0.75, kFrame));
  const right = start(big, kFrame, box, 1);
  assert.equal(right.x + (1000 + 100) * 0.75, kFrame.width - 12);
  const left = start(big, kFrame, box, -1);
  assert.equal(left.x + (1000 - 100) * 0.75, 12);
  assert.deepEqual(start(big, kFrame, undefined, 1), fit(big, kFrame));
});
