import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hidden_text } from './hidden';

const hidden = { count: null, hidden: true };
const shown = { count: 40, hidden: false };

test('one hidden cell is 1 to 10; a guarding second one is not called so', () => {
  assert.match(hidden_text([shown, hidden]).en, /1–10/);
  assert.doesNotMatch(hidden_text([hidden, shown, hidden]).en, /\d/);
});
