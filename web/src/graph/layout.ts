// Lays a graph out left to right with dagre, and gives plain boxes and paths to draw.
import { Graph as Plan, layout } from '@dagrejs/dagre';
import type { Graph, GraphEdge, GraphNode } from '../types';
import { on_sides } from './ports';
import type { Point } from './ports';
import type { Size } from './view';

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

const kLineHeight = 19;
const kWide = /[\u2e80-\uffef]/;

/** The width of a text in the graph's letters, in pixels: enough for a box, not for typesetting. */
export function text_width(text: string): number {
  let width = 0;
  for (const letter of text) width += kWide.test(letter) ? 15 : 8.5;
  return width;
}

/** A name in lines of at most `most` pixels, cut after a blank, which stays, or anywhere in Chinese. */
export function wrap(name: string, most = 150): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of name.split(/(?<=[\s/])|(?=[\u2e80-\uffef])/u)) {
    if (line && text_width(line + word) > most) {
      lines.push(line.trimStart());
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
function rank_gap(nodes: number, frame: Size): number {
  return frame.width < 600 ? 52 : Math.min(150, Math.max(76, 5 * nodes));
}

/** A column longer than this many boxes is tried in several columns side by side. */
const kColumns = [Infinity, 14, 9, 6];

/** The least room between columns side by side, in pixels. */
const kGap = 48;

interface Joined {
  edge: GraphEdge;
  causal: boolean;
}

/**
 * Boxes and lines of a graph, in pixels from its top left, laid out to be read as large as can be in
 * a frame of this size. `name` gives a node's name to show.
 */
export function draw(
  graph: Graph,
  name: (node: GraphNode) => string,
  frame: Size = { width: 1100, height: 640 },
): Picture {
  const names = new Map(graph.nodes.map((node) => [node.id, wrap(name(node))]));
  const edges = [
    ...graph.edges.map((edge) => ({ edge, causal: true })),
    ...graph.not_causal.map((edge) => ({ edge, causal: false })),
  ].filter(({ edge }) => names.has(edge.from) && names.has(edge.to));
  const first = planned(names, edges, rank_gap(names.size, frame));
  const columns = columns_of(first, [...names.keys()]);
  let best = first;
  for (const most of kColumns) {
    if (!columns.some((column) => column.length > most)) continue;
    const wish = { from: first, place: places(columns, most) };
    const plan = planned(names, edges, kGap, wish);
    if (legible(plan, frame) <= legible(best, frame)) continue;
    best = planned(names, edges, wide_gap(plan, wish, frame), wish);
  }
  return drawn(best, graph, names, edges);
}

/** The gap between columns that uses the width which is left over at the size the plan is shown in. */
function wide_gap(plan: Plan, wish: Wish, frame: Size): number {
  const { width = 0 } = plan.graph() as Partial<Size>;
  const left_over = frame.width / legible(plan, frame) - width;
  const gaps = Math.max(1, ...wish.place.values());
  return Math.min(3.5 * kGap, kGap + Math.max(0, left_over) / gaps);
}

/** How large the whole plan can be shown in a frame: 1 is full size. */
function legible(plan: Plan, frame: Size): number {
  const { width = 1, height = 1 } = plan.graph() as Partial<Size>;
  return Math.min(1, frame.width / width, frame.height / height);
}

/** The nodes of each column from left to right, each from top to bottom. */
function columns_of(plan: Plan, ids: string[]): string[][] {
  const columns = new Map<number, string[]>();
  const at = (id: string) => plan.node(id) as Point;
  for (const id of [...ids].sort((a, b) => at(a).x - at(b).x || at(a).y - at(b).y)) {
    const column = columns.get(at(id).x);
    if (column) column.push(id);
    else columns.set(at(id).x, [id]);
  }
  return [...columns.values()];
}

/** The place of each node from left to right when no column holds more than about `most` boxes. */
function places(columns: string[][], most: number): Map<string, number> {
  const place = new Map<string, number>();
  let next = 0;
  for (const column of columns) {
    const beside = Math.ceil(column.length / most);
    column.forEach((id, i) => place.set(id, next + (i % beside)));
    next += beside;
  }
  return place;
}

/** A box is high enough for the lines of its busier side to be told apart. */
function crowd_height(id: string, edges: Joined[]): number {
  const into = edges.filter(({ edge }) => edge.to === id).length;
  const out = edges.filter(({ edge }) => edge.from === id).length;
  return Math.min(420, 10 * Math.max(into, out) + 20);
}

/** The plan whose order, top to bottom, is kept; and each node's column, left to right. */
interface Wish {
  from: Plan;
  place: Map<string, number>;
}

/** The plan of dagre, `gap` pixels between columns; a wish says how many columns apart nodes stand. */
function planned(names: Map<string, string[]>, edges: Joined[], gap: number, wish?: Wish): Plan {
  const plan = new Plan({ multigraph: true });
  plan.setGraph({
    rankdir: 'LR',
    nodesep: 18,
    ranksep: gap,
    edgesep: wish ? 7 : 14,
    marginx: 24,
    marginy: 24,
  });
  plan.setDefaultEdgeLabel(() => ({}));
  for (const [id, lines] of names) {
    const width = Math.max(64, ...lines.map((line) => text_width(line) + 28));
    const height = Math.max(46, lines.length * kLineHeight + 18, crowd_height(id, edges));
    plan.setNode(id, { width, height });
  }
  for (const { edge } of edges) {
    const apart = wish
      ? Math.abs((wish.place.get(edge.to) ?? 0) - (wish.place.get(edge.from) ?? 0))
      : 1;
    plan.setEdge(edge.from, edge.to, { minlen: Math.max(1, apart) }, edge.claim);
  }
  layout(plan, wish ? { customOrder: (ranked) => keep_order(ranked, wish.from) } : {});
  return plan;
}

/** Orders every column of dagre's inner graph as `from` did; a line goes where its quieter end is. */
function keep_order(ranked: Plan, from: Plan): void {
  const height = (id: string) => (from.node(id) as Point).y;
  const columns = new Map<number, { id: string; at: number }[]>();
  for (const id of ranked.nodes()) {
    const { rank, edgeObj: line } = ranked.node(id) as Inner;
    const ends = line && [line.v, line.w].sort((a, b) => degree(from, a) - degree(from, b));
    const known = ends ? ends[0]! : id;
    const column = columns.get(rank) ?? [];
    column.push({ id, at: from.hasNode(known) ? height(known) : 0 });
    columns.set(rank, column);
  }
  for (const column of columns.values())
    column
      .sort((a, b) => a.at - b.at)
      .forEach(({ id }, order) => ((ranked.node(id) as Inner).order = order));
}

/** What dagre notes at a node of its inner graph; a node that stands for a line names its edge. */
interface Inner {
  rank: number;
  order: number;
  edgeObj?: { v: string; w: string };
}

const degree = (plan: Plan, id: string) => plan.nodeEdges(id)?.length ?? 0;

function drawn(plan: Plan, graph: Graph, names: Map<string, string[]>, edges: Joined[]): Picture {
  const boxes = graph.nodes.map((node) => {
    const { x, y, width, height } = plan.node(node.id) as Point & Size;
    return { node, lines: names.get(node.id) ?? [], x, y, width, height };
  });
  const routes = on_sides(
    edges.map(({ edge }) => ({
      from: plan.node(edge.from) as Point & Size,
      to: plan.node(edge.to) as Point & Size,
      points: (plan.edge(edge.from, edge.to, edge.claim) as { points: Point[] }).points,
    })),
  );
  const lines = edges.map(({ edge, causal }, i) => {
    const points = routes[i]!;
    const width = edge_width(edge);
    return {
      edge,
      causal,
      width,
      path: curve(points),
      head: causal ? head(points, edge.sign, width) : '',
    };
  });
  const size = plan.graph() as Partial<Size>;
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
