import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fields, nested, read_changes, write_changes } from './parameters';

const file = {
  about: 'words',
  prior: { default: 0.5, by_relation: {} },
  cap_nats: { rct_phase2: 2.5, animal: 1, huge: 12 },
  grade: { weak: 0.3 },
  ignorance_weight: 2,
};
const known = fields(file);

test('every number of the file is a field but the starting point, which has its own', () => {
  assert.deepEqual(
    known.map((field) => field.path),
    ['cap_nats.rct_phase2', 'cap_nats.animal', 'cap_nats.huge', 'grade.weak', 'ignorance_weight'],
  );
  for (const field of known)
    assert.ok(field.low <= field.value && field.value <= field.high, field.path);
});

test('what is written to the address is read back', () => {
  const changes = new Map([
    ['cap_nats.rct_phase2', 3.5],
    ['ignorance_weight', 4],
  ]);
  assert.deepEqual(read_changes(write_changes(changes), known), changes);
  assert.equal(write_changes(new Map()), null);
});

test('an address with unknown names, odd numbers or no change changes nothing', () => {
  const odd =
    'cap_nats.none:1,cap_nats.animal:,cap_nats.animal:x,grade.weak:7,ignorance_weight:2,:,__proto__.x:1';
  assert.equal(read_changes(odd, known).size, 0);
  assert.equal(read_changes(null, known).size, 0);
});

test('changes nest as the parameter file does', () => {
  assert.deepEqual(
    nested(
      new Map([
        ['cap_nats.animal', 0],
        ['cap_nats.rct_phase2', 4],
        ['ignorance_weight', 3],
      ]),
    ),
    { cap_nats: { animal: 0, rct_phase2: 4 }, ignorance_weight: 3 },
  );
});
