import assert from 'node:assert/strict';
import { test } from 'node:test';
import { circle, edge_between, joined, kind_of, over, parted } from './causal_graph';

const empty = { nodes: ['a', 'b', 'c'], edges: [] };

test('two variables have one edge, and drawing it again replaces it from either end', () => {
  const once = joined(empty, 'a', 'b', 'causes');
  const twice = joined(once, 'b', 'a', 'causes');
  assert.equal(twice.edges.length, 1);
  assert.deepEqual(twice.edges[0], { a: 'b', b: 'a', mark_a: 'tail', mark_b: 'arrow' });
  assert.equal(joined(empty, 'a', 'a', 'causes').edges.length, 0);
  assert.equal(parted(twice, 'a', 'b').edges.length, 0);
  assert.equal(edge_between(twice, 'a', 'b'), twice.edges[0]);
});

test('marks read as what they say', () => {
  assert.equal(kind_of({ mark_a: 'circle', mark_b: 'arrow' }), 'not_back');
  assert.equal(kind_of({ mark_a: 'arrow', mark_b: 'arrow' }), 'hidden');
});

test('a circle of causes is found and named, and edges of other kinds make none', () => {
  let graph = joined(joined(empty, 'a', 'b', 'causes'), 'b', 'c', 'causes');
  assert.equal(circle(graph), null);
  assert.equal(circle(joined(graph, 'a', 'c', 'hidden')), null);
  graph = joined(graph, 'a', 'c', 'caused_by');
  assert.deepEqual([...(circle(graph) ?? [])].sort(), ['a', 'b', 'c']);
});

test('a variable that is left out takes its edges along', () => {
  const graph = joined(joined(empty, 'a', 'b', 'causes'), 'b', 'c', 'causes');
  assert.deepEqual(over(graph, ['a', 'b']).edges.length, 1);
});
