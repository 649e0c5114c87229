import assert from 'node:assert/strict';
import { test } from 'node:test';
import { flatten } from './flatten';

test('every value of a parameter file is one row, in its order', () => {
  const file = {
    prior: 0.5,
    caps: { rct: 6, cells: 1.5 },
    signs: ['+', '-'],
    rules: [{ k: 1 }, { k: null }],
  };
  assert.deepEqual(flatten(file), [
    { path: 'prior', value: '0.5' },
    { path: 'caps.rct', value: '6' },
    { path: 'caps.cells', value: '1.5' },
    { path: 'signs', value: '+, -' },
    { path: 'rules[1].k', value: '1' },
    { path: 'rules[2].k', value: '–' },
  ]);
});
