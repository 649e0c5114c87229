import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnswerPart, Chain, Hop } from '../types';
import { little_known, unknown_share } from './known';

const part = (ignorance: number) => ({ ignorance }) as AnswerPart;
const chain = (...shares: number[]): Chain => ({
  sign: '-',
  belief: 0.5,
  hops: shares.map((ignorance) => ({ ignorance }) as Hop),
});

test('the best known direct claim speaks, whatever the chain', () => {
  const answer = { ignorance: 0.8, parts: [part(0.8), part(0.3)], chain: chain(0.99) };
  assert.equal(unknown_share(answer), 0.3);
  assert.equal(unknown_share({ ignorance: 0.7, chain: chain(0.1) }), 0.7);
});

test('without a direct claim the least known step of the chain speaks', () => {
  assert.equal(unknown_share({ ignorance: null, parts: [], chain: chain(0.2, 0.65, 0.1) }), 0.65);
});

test('with nothing at all everything is unknown', () => {
  assert.equal(unknown_share({ ignorance: null, parts: [], chain: null }), 1);
  assert.equal(unknown_share({ ignorance: null, chain: chain() }), 1);
});

test('little is known from an unknown share of 60 % on', () => {
  assert.ok(little_known({ ignorance: 0.6, chain: null }));
  assert.ok(!little_known({ ignorance: 0.599, chain: null }));
});
