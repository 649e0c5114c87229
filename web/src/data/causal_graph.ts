// A causal graph as a person edits it: variables, and edges with a mark at each end. Pure.
import type { Text } from '../i18n';

export type Mark = 'tail' | 'arrow' | 'circle';

/** One edge; `frequency` is its share of bootstrap samples, null where none were drawn. */
export interface Edge {
  a: string;
  b: string;
  mark_a: Mark;
  mark_b: Mark;
  frequency?: number | null;
}

export interface CausalGraph {
  nodes: string[];
  edges: Edge[];
}

/** What an edge can say, in the order in which it is offered. */
export type Kind = 'causes' | 'caused_by' | 'hidden' | 'either' | 'not_back' | 'not_on' | 'unknown';

const kMarks: Record<Kind, [Mark, Mark]> = {
  causes: ['tail', 'arrow'],
  caused_by: ['arrow', 'tail'],
  hidden: ['arrow', 'arrow'],
  either: ['tail', 'tail'],
  not_back: ['circle', 'arrow'],
  not_on: ['arrow', 'circle'],
  unknown: ['circle', 'circle'],
};

/** The kinds that a person draws; the others only come out of discovery. */
export const kDrawn: readonly Kind[] = ['causes', 'caused_by', 'hidden', 'either'];

export function kind_of(edge: Pick<Edge, 'mark_a' | 'mark_b'>): Kind {
  const found = (Object.keys(kMarks) as Kind[]).find(
    (kind) => kMarks[kind][0] === edge.mark_a && kMarks[kind][1] === edge.mark_b,
  );
  return found ?? 'unknown';
}

export const kind_words: Record<Kind, Text> = {
  causes: { en: '{a} causes {b}', zh: '{a} 影响 {b}' },
  caused_by: { en: '{b} causes {a}', zh: '{b} 影响 {a}' },
  hidden: { en: '{a} and {b} share a hidden cause', zh: '{a} 和 {b} 有一个没测到的共同原因' },
  either: { en: '{a} and {b}: which way is not known', zh: '{a} 和 {b}：方向未知' },
  not_back: {
    en: '{b} does not cause {a}; the rest is not known',
    zh: '{b} 不影响 {a}；其余未知',
  },
  not_on: { en: '{a} does not cause {b}; the rest is not known', zh: '{a} 不影响 {b}；其余未知' },
  unknown: { en: '{a} and {b} are joined; nothing more is known', zh: '{a} 和 {b} 相连；其余未知' },
};

const same = (edge: Edge, a: string, b: string) =>
  (edge.a === a && edge.b === b) || (edge.a === b && edge.b === a);

export const edge_between = (graph: CausalGraph, a: string, b: string): Edge | null =>
  graph.edges.find((edge) => same(edge, a, b)) ?? null;

/** The graph with `a` and `b` joined so; an edge that they had is replaced. */
export function joined(graph: CausalGraph, a: string, b: string, kind: Kind): CausalGraph {
  if (a === b) return graph;
  const [mark_a, mark_b] = kMarks[kind];
  const edge: Edge = { a, b, mark_a, mark_b };
  const at = graph.edges.findIndex((one) => same(one, a, b));
  const edges = [...graph.edges];
  if (at < 0) edges.push(edge);
  else edges[at] = edge;
  return { ...graph, edges };
}

export function parted(graph: CausalGraph, a: string, b: string): CausalGraph {
  return { ...graph, edges: graph.edges.filter((edge) => !same(edge, a, b)) };
}

/** The graph over these variables; edges of others go. */
export function over(graph: CausalGraph, nodes: string[]): CausalGraph {
  const known = new Set(nodes);
  return { nodes, edges: graph.edges.filter((edge) => known.has(edge.a) && known.has(edge.b)) };
}

/** The variables on a circle of causes, in its order, or null: then the causes run one way. */
export function circle(graph: CausalGraph): string[] | null {
  const next = new Map<string, string[]>();
  for (const edge of graph.edges) {
    const kind = kind_of(edge);
    if (kind === 'causes') next.set(edge.a, [...(next.get(edge.a) ?? []), edge.b]);
    if (kind === 'caused_by') next.set(edge.b, [...(next.get(edge.b) ?? []), edge.a]);
  }
  const done = new Set<string>();
  const path: string[] = [];
  const walk = (node: string): string[] | null => {
    const at = path.indexOf(node);
    if (at >= 0) return path.slice(at);
    if (done.has(node)) return null;
    path.push(node);
    for (const to of next.get(node) ?? []) {
      const found = walk(to);
      if (found) return found;
    }
    path.pop();
    done.add(node);
    return null;
  };
  for (const node of graph.nodes) {
    const found = walk(node);
    if (found) return found;
  }
  return null;
}
