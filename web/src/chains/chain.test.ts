import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Chain, Concept, Hop, Sign } from '../types';
import { together, weakest } from './chain';

const concept = (id: string): Concept => ({ id, kind: 'process', name: { en: id, zh: id } });
const hop = (from: string, sign: Sign, to: string, belief: number): Hop => ({
  claim: `${from}${to}`,
  subject: concept(from),
  relation: 'causes',
  sign,
  object: concept(to),
  support: 1,
  opposition: 0,
  belief,
  ignorance: 0.5,
});
const chain = (...hops: Hop[]): Chain => ({ sign: '+', belief: 1, hops });

test('the weakest step is the first of least belief, and an empty chain has none', () => {
  assert.equal(weakest(chain(hop('a', '+', 'b', 0.9), hop('b', '-', 'c', 0.4))), 1);
  assert.equal(weakest(chain(hop('a', '+', 'b', 0.4), hop('b', '-', 'c', 0.4))), 0);
  assert.equal(weakest(chain()), -1);
});

test('chains that share a step share its line, and two signs between the same two are two lines', () => {
  const shared = hop('b', '+', 'z', 0.8);
  const graph = together(
    [chain(hop('a', '+', 'b', 0.9), shared), chain(hop('a', '-', 'b', 0.3), shared)],
    concept('z'),
  );
  assert.equal(graph.edges.length, 3);
  assert.deepEqual(graph.nodes.map((node) => node.id).sort(), ['a', 'b', 'z']);
  assert.equal(graph.nodes.find((node) => node.id === 'b')?.degree, 3);
});

test('the end of the chains is drawn also where no chain is', () => {
  assert.deepEqual(
    together([], concept('z')).nodes.map((node) => node.id),
    ['z'],
  );
});
