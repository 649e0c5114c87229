import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Graph, GraphEdge } from '../types';
import { draw, edge_width, text_width, wrap } from './layout';

const node = (id: string) => ({ id, kind: 'process', name: { en: id, zh: id }, degree: 1 });
const edge = (from: string, to: string, sign: '+' | '-' = '+'): GraphEdge => ({
  claim: `${from}${sign}${to}`,
  from,
  to,
  relation: 'raises',
  sign,
  support: 2,
  opposition: 0.5,
  belief: 0.8,
  ignorance: 0.3,
  groups: 2,
});
const graph = (edges: GraphEdge[]): Graph => ({
  centre: node('a'),
  nodes: ['a', 'b', 'c', 'd'].map(node),
  edges,
  truncated: false,
  not_causal: [],
});

test('a cause stands left of its consequence', () => {
  const edges = [edge('a', 'b'), edge('b', 'c'), edge('a', 'd'), edge('d', 'c')];
  const x = new Map(draw(graph(edges), (n) => n.id).boxes.map((box) => [box.node.id, box.x]));
  for (const { from, to } of edges) assert.ok(x.get(from)! < x.get(to)!);
});

test('boxes do not overlap and lie inside the picture', () => {
  const picture = draw(graph([edge('a', 'b'), edge('a', 'c'), edge('a', 'd')]), (n) => n.id);
  for (const one of picture.boxes) {
    assert.ok(one.x - one.width / 2 >= 0 && one.x + one.width / 2 <= picture.width);
    assert.ok(one.y - one.height / 2 >= 0 && one.y + one.height / 2 <= picture.height);
    for (const two of picture.boxes) {
      if (one === two) continue;
      const apart_x = Math.abs(one.x - two.x) >= (one.width + two.width) / 2;
      const apart_y = Math.abs(one.y - two.y) >= (one.height + two.height) / 2;
      assert.ok(apart_x || apart_y);
    }
  }
});

test('a crowd into one box stands in several columns, read larger, and still left of it', () => {
  const ids = [...Array(40).keys()].map((i) => `cause ${i}`);
  const crowd: Graph = {
    ...graph(ids.map((id) => edge(id, 'a'))),
    nodes: [node('a'), ...ids.map(node)],
  };
  const picture = draw(crowd, (n) => n.id, { width: 1100, height: 640 });
  const x = new Map(picture.boxes.map((box) => [box.node.id, box.x]));
  const columns = new Set(ids.map((id) => Math.round(x.get(id)!)));
  assert.ok(columns.size >= 3, `${columns.size} columns`);
  for (const id of ids) assert.ok(x.get(id)! < x.get('a')!);
  assert.ok(picture.height < 40 * (46 + 18) * 0.6, `${picture.height}px high`);
  assert.equal(picture.lines.length, 40);
  const narrow = draw(crowd, (n) => n.id, { width: 320, height: 4000 });
  assert.ok(narrow.width < picture.width);
});

test('both signs of one pair are two lines, and an edge to a missing node is left out', () => {
  const picture = draw(
    graph([edge('a', 'b', '+'), edge('a', 'b', '-'), edge('a', 'gone')]),
    (n) => n.id,
  );
  assert.equal(picture.lines.length, 2);
  assert.notEqual(picture.lines[0]!.head, picture.lines[1]!.head);
});

test('a line is wider with more evidence, whichever way it speaks, up to a limit', () => {
  const width = (support: number, opposition: number) => edge_width({ support, opposition });
  assert.ok(width(0, 0) < width(1, 0) && width(1, 0) < width(1, 1));
  assert.equal(width(2, 1), width(1, 2));
  assert.equal(width(100, 0), width(8, 0));
});

test('a wrapped name loses no letter and no line is too long', () => {
  for (const name of [
    'neuromuscular junction denervation and muscle wasting',
    '运动神经元变性与肌肉失神经支配',
    'TDP-43',
  ]) {
    const lines = wrap(name, 150);
    assert.equal(lines.join(''), name);
    for (const line of lines) assert.ok(text_width(line) <= 150 || !/\s/.test(line.trim()));
  }
});
