// Places the variables of a causal graph left to right with dagre, and gives boxes and lines to draw.
import { Graph as Plan, layout } from '@dagrejs/dagre';
import { text_width, wrap } from '../graph/layout';
import { kind_of } from './causal_graph';
import type { CausalGraph, Edge, Mark } from './causal_graph';

export interface Box {
  name: string;
  lines: string[];
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A line with the drawing of the mark at either end. */
export interface Line {
  edge: Edge;
  path: string;
  marks: { mark: Mark; x: number; y: number; angle: number }[];
}

interface Point {
  x: number;
  y: number;
}

const kLineHeight = 19;
const kMark = 9; // how far from the box a mark stands, in pixels

export function placed(graph: CausalGraph): {
  boxes: Box[];
  lines: Line[];
  width: number;
  height: number;
} {
  const plan = new Plan();
  plan.setGraph({ rankdir: 'LR', nodesep: 22, ranksep: 70, marginx: 16, marginy: 16 });
  plan.setDefaultEdgeLabel(() => ({}));
  const texts = new Map(graph.nodes.map((name) => [name, wrap(name, 170)]));
  for (const [name, lines] of texts)
    plan.setNode(name, {
      width: Math.max(64, ...lines.map((line) => text_width(line) + 28)),
      height: Math.max(46, lines.length * kLineHeight + 18),
    });
  for (const edge of graph.edges) {
    const back = kind_of(edge) === 'caused_by' || kind_of(edge) === 'not_on';
    plan.setEdge(back ? edge.b : edge.a, back ? edge.a : edge.b);
  }
  layout(plan);
  const boxes = new Map(
    graph.nodes.map((name) => {
      const at = plan.node(name) as Omit<Box, 'name' | 'lines'>;
      return [name, { ...at, name, lines: texts.get(name) ?? [name] }];
    }),
  );
  const size = plan.graph() as { width?: number; height?: number };
  return {
    boxes: [...boxes.values()],
    lines: graph.edges.map((edge) => line_of(edge, boxes.get(edge.a)!, boxes.get(edge.b)!)),
    width: Math.max(size.width ?? 0, 200),
    height: Math.max(size.height ?? 0, 80),
  };
}

/** A straight line between the borders of two boxes. */
function line_of(edge: Edge, a: Box, b: Box): Line {
  const from = border(a, b);
  const to = border(b, a);
  const angle = (Math.atan2(to.y - from.y, to.x - from.x) * 180) / Math.PI;
  return {
    edge,
    path: `M${from.x.toFixed(1)},${from.y.toFixed(1)}L${to.x.toFixed(1)},${to.y.toFixed(1)}`,
    marks: [
      { mark: edge.mark_a, ...from, angle: angle + 180 },
      { mark: edge.mark_b, ...to, angle },
    ],
  };
}

/** Where the line between the middles of two boxes leaves `box`, a little outside of it. */
function border(box: Box, other: Point): Point {
  const dx = other.x - box.x;
  const dy = other.y - box.y;
  const reach = Math.min(
    dx === 0 ? Infinity : box.width / 2 / Math.abs(dx),
    dy === 0 ? Infinity : box.height / 2 / Math.abs(dy),
  );
  const length = Math.hypot(dx, dy) || 1;
  const share = Math.min(0.5, (Number.isFinite(reach) ? reach : 0) + kMark / 3 / length);
  return { x: box.x + dx * share, y: box.y + dy * share };
}
