import assert from 'node:assert/strict';
import { test } from 'node:test';
import { claims_query, filters_set, offset_of } from './filters';

test('the server is asked only for what it knows, whatever else stands in the address', () => {
  const asked = claims_query(new URLSearchParams('view=papers&lang=zh&q=sod1&contested=1&x=2'));
  assert.equal(asked['q'], 'sod1');
  assert.equal(asked['contested'], '1');
  for (const name of ['view', 'lang', 'x']) assert.ok(!(name in asked), name);
});

test('a place that is no whole number is the beginning', () => {
  for (const bad of ['-5', 'x', '1.5', '', '1e400'])
    assert.equal(offset_of(new URLSearchParams({ offset: bad })), 0);
  assert.equal(offset_of(new URLSearchParams('offset=99950')), 99950);
});

test('the order is no filter, an empty filter is not set', () => {
  assert.equal(filters_set(new URLSearchParams('sort=items&kind=drug&extractor=')), 1);
});
