import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Pointers } from './pointers';

const kView = { x: 10, y: 20, scale: 1 };

test('a press that hardly moves stays a click', () => {
  const pointers = new Pointers();
  pointers.press(1, { x: 100, y: 100 });
  assert.equal(pointers.move(1, { x: 102, y: 101 }, kView), null);
  assert.equal(pointers.moved, false);
});

test('one pointer drags by as much as it moved', () => {
  const pointers = new Pointers();
  pointers.press(1, { x: 100, y: 100 });
  assert.deepEqual(pointers.move(1, { x: 130, y: 90 }, kView), { x: 40, y: 10, scale: 1 });
  assert.equal(pointers.moved, true);
  pointers.lift(1);
  assert.equal(pointers.move(1, { x: 200, y: 200 }, kView), null);
});

test('two pointers zoom by the change of their distance', () => {
  const pointers = new Pointers();
  pointers.press(1, { x: 100, y: 100 });
  pointers.press(2, { x: 200, y: 100 });
  assert.equal(pointers.move(2, { x: 300, y: 100 }, kView)?.scale, 2);
});

test('a new press after a drag is a click again', () => {
  const pointers = new Pointers();
  pointers.press(1, { x: 0, y: 0 });
  pointers.move(1, { x: 50, y: 0 }, kView);
  pointers.lift(1);
  pointers.press(1, { x: 50, y: 0 });
  assert.equal(pointers.moved, false);
});
