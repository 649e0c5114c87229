import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReviewItem } from '../types_work';
import { moved, name_fits, open_items, put_back, standing } from './queue';
import { kVerdicts } from './words';

const item = (id: string) => ({ item: id }) as ReviewItem;
const queue = [item('a'), item('b'), item('c')];

test('going on stops at the ends, also of an empty queue', () => {
  assert.equal(moved(0, -1, 3), 0);
  assert.equal(moved(2, 1, 3), 2);
  assert.equal(moved(1, 1, 3), 2);
  assert.equal(moved(0, 1, 0), 0);
});

test('what was judged leaves the queue, and an undo puts it back where it stood', () => {
  const given = { item: queue[1]!, verdict: 'accept', at: 1 };
  const rest = open_items(queue, [given]);
  assert.deepEqual(
    rest.map((one) => one.item),
    ['a', 'c'],
  );
  assert.deepEqual(
    put_back(rest, given).map((one) => one.item),
    ['a', 'b', 'c'],
  );
  assert.deepEqual(
    put_back(queue, given).map((one) => one.item),
    ['a', 'b', 'c'],
  );
});

test('a name to sign with has letters, in any script, and no markup', () => {
  for (const good of ['mei', '陈梅', 'Dr. A-B', 'x1']) assert.ok(name_fits(good), good);
  for (const bad of ['', ' mei', '<b>', 'a'.repeat(61), '梅'.repeat(21), 'a/b', 'a\nb'])
    assert.ok(!name_fits(bad), bad);
});

test('there are eight verdicts, and all but the first want a reason and offer one', () => {
  assert.equal(kVerdicts.length, 8);
  assert.equal(kVerdicts[0]?.code, 'accept');
  for (const choice of kVerdicts.slice(1)) assert.ok(choice.reasons.length > 0, choice.code);
});

test('only the last valid word of each curator stands, and one taken back does not', () => {
  const said = (curator: string, verdict: string, valid = true) => ({
    curator,
    verdict,
    reason: null,
    made_at: '2026-11-25T10:00:00Z',
    valid,
  });
  const left = standing([
    said('mei', 'accept'),
    said('bo', 'reject'),
    said('mei', 'wrong_sign'),
    said('bo', 'withdrawn'),
    said('li', 'accept'),
    said('li', 'reject', false),
  ]);
  assert.deepEqual(
    left.map((one) => [one.curator, one.verdict]),
    [
      ['mei', 'wrong_sign'],
      ['li', 'accept'],
    ],
  );
});
