// Lays a graph out left to right with dagre, and gives plain boxes and paths to draw.
import { Graph as Plan, layout } from '@dagrejs/dagre';
import type { Graph, GraphEdge, GraphNode } from '../types';

export interface Box {
  node: GraphNode;
  lines: string[];
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Line {
  edge: GraphEdge;
  causal: boolean;
  path: string;
  head: string;
  width: number;
}

export interface Picture {
  boxes: Box[];
  lines: Line[];
  width: number;
  height: number;
}

interface Point {
  x: number;
  y: number;
}

const kLineHeight = 19;
const kWide = /[\u2e80-\uffef]/;

/** The width of a text in the graph's letters, in pixels: enough for a box, not for typesetting. */
export function text_width(text: string): number {
  let width = 0;
  for (const letter of text) width += kWide.test(letter) ? 15 : 8.5;
  return width;
}

/** A name in lines of at most `most` pixels, cut between words, or anywhere in Chinese. */
export function wrap(name: string, most = 150): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of name.split(/(?<=[\s/])|(?=[\u2e80-\uffef])/u)) {
    if (line && text_width(line + word) > most) {
      lines.push(line.trim());
      line = '';
    }
    line += word;
  }
  if (line.trim()) lines.push(line.trim());
  return lines;
}

/** The width of an edge's line: one pixel and a bit more for every nat, whichever way it speaks. */
export function edge_width(edge: Pick<GraphEdge, 'support' | 'opposition'>): number {
  return 1.2 + 0.7 * Math.min(edge.support + edge.opposition, 8);
}

/** Room between columns: more for a crowd, so that many lines into one box can be told apart. */
function rank_gap(nodes: number): number {
  return Math.min(260, Math.max(76, 7 * nodes));
}

/** Boxes and lines of a graph, in pixels from its top left. `name` gives a node's name to show. */
export function draw(graph: Graph, name: (node: GraphNode) => string): Picture {
  const plan = new Plan({ multigraph: true });
  plan.setGraph({
    rankdir: 'LR',
    nodesep: 18,
    ranksep: rank_gap(graph.nodes.length),
    edgesep: 14,
    marginx: 24,
    marginy: 24,
  });
  plan.setDefaultEdgeLabel(() => ({}));
  const names = new Map(graph.nodes.map((node) => [node.id, wrap(name(node))]));
  for (const node of graph.nodes) {
    const lines = names.get(node.id) ?? [];
    const width = Math.max(64, ...lines.map((line) => text_width(line) + 28));
    plan.setNode(node.id, { width, height: Math.max(46, lines.length * kLineHeight + 18) });
  }
  const edges = [
    ...graph.edges.map((edge) => ({ edge, causal: true })),
    ...graph.not_causal.map((edge) => ({ edge, causal: false })),
  ].filter(({ edge }) => names.has(edge.from) && names.has(edge.to));
  for (const { edge } of edges) plan.setEdge(edge.from, edge.to, {}, edge.claim);
  layout(plan);
  const boxes = graph.nodes.map((node) => {
    const { x, y, width, height } = plan.node(node.id) as Point & { width: number; height: number };
    return { node, lines: names.get(node.id) ?? [], x, y, width, height };
  });
  const lines = edges.map(({ edge, causal }) => {
    const { points } = plan.edge(edge.from, edge.to, edge.claim) as { points: Point[] };
    const width = edge_width(edge);
    return {
      edge,
      causal,
      width,
      path: curve(points),
      head: causal ? head(points, edge.sign, width) : '',
    };
  });
  const size = plan.graph() as { width?: number; height?: number };
  return { boxes, lines, width: size.width ?? 0, height: size.height ?? 0 };
}

/** A smooth path through the points. */
function curve(points: Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  let path = `M${at(first)}`;
  for (let i = 0; i < rest.length - 1; i += 1) {
    const here = rest[i]!;
    const next = rest[i + 1]!;
    const end =
      i === rest.length - 2 ? next : { x: (here.x + next.x) / 2, y: (here.y + next.y) / 2 };
    path += `Q${at(here)} ${at(end)}`;
  }
  return rest.length === 1 ? `${path}L${at(rest[0]!)}` : path;
}

/** An arrow head for "raises", a bar across the end for "lowers". */
function head(points: Point[], sign: '+' | '-', width: number): string {
  const end = points[points.length - 1];
  const before = points[points.length - 2];
  if (!end || !before) return '';
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const point = (along: number, across: number) =>
    at({
      x: end.x + along * Math.cos(angle) - across * Math.sin(angle),
      y: end.y + along * Math.sin(angle) + across * Math.cos(angle),
    });
  const size = 6 + width;
  if (sign === '-') return `M${point(-3, -size)}L${point(-3, size)}`;
  return `M${point(-size * 1.4, -size * 0.8)}L${point(0, 0)}L${point(-size * 1.4, size * 0.8)}`;
}

function at(point: Point): string {
  return `${point.x.toFixed(1)} ${point.y.toFixed(1)}`;
}
