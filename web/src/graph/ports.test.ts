import assert from 'node:assert/strict';
import { test } from 'node:test';
import { on_sides } from './ports';

const hub = { x: 500, y: 300, width: 100, height: 80 };
const leaf = (y: number) => ({ x: 100, y, width: 60, height: 46 });
const route = (y: number) => ({
  from: leaf(y),
  to: hub,
  points: [
    { x: 130, y },
    { x: 300, y },
    { x: 500, y: 260 },
  ],
});

test('lines end on the side that faces them, in the order they come, inside the box', () => {
  const ends = on_sides([route(500), route(100), route(300)]).map((points) => points.at(-1)!);
  for (const end of ends) {
    assert.equal(end.x, 450);
    assert.ok(end.y > 260 && end.y < 340);
  }
  const [low, high, middle] = ends;
  assert.ok(high!.y < middle!.y && middle!.y < low!.y);
  assert.equal(middle!.y, 300);
});

test('a line starts on the side of its own box and arrives level', () => {
  const points = on_sides([route(100)])[0]!;
  assert.deepEqual(points[0], { x: 130, y: 100 });
  assert.equal(points.at(-1)!.y, points.at(-2)!.y);
});

test('a line back to the left leaves on the left and arrives on the right', () => {
  const { from, to, points } = route(100);
  const back = on_sides([{ from: to, to: from, points: [...points].reverse() }])[0]!;
  assert.equal(back[0]!.x, 450);
  assert.equal(back.at(-1)!.x, 130);
});
