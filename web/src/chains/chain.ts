// What is read off a chain, and all chains as one graph. Pure.
import type { Chain, Graph, GraphEdge, GraphNode } from '../types';

/** The place of the step that is least sure, or -1 for an empty chain. */
export function weakest(chain: Chain): number {
  let least = -1;
  chain.hops.forEach((hop, i) => {
    if (least < 0 || hop.belief < (chain.hops[least]?.belief ?? 1)) least = i;
  });
  return least;
}

/** All chains as one graph around where they end: each concept and each claim once. */
export function together(chains: readonly Chain[], centre: Graph['centre']): Graph {
  const nodes = new Map<string, GraphNode>([[centre.id, { ...centre, degree: 0 }]]);
  const edges = new Map<string, GraphEdge>();
  for (const { hops } of chains) {
    for (const hop of hops) {
      const key = `${hop.subject.id} ${hop.sign} ${hop.object.id}`;
      if (edges.has(key)) continue;
      for (const concept of [hop.subject, hop.object]) {
        const node = nodes.get(concept.id) ?? { ...concept, degree: 0 };
        nodes.set(concept.id, { ...node, degree: node.degree + 1 });
      }
      edges.set(key, {
        claim: hop.claim ?? key,
        from: hop.subject.id,
        to: hop.object.id,
        relation: hop.relation ?? (hop.sign === '-' ? 'decreases' : 'increases'),
        sign: hop.sign,
        support: hop.support,
        opposition: hop.opposition,
        belief: hop.belief,
        ignorance: hop.ignorance,
        groups: 1,
      });
    }
  }
  return {
    centre,
    nodes: [...nodes.values()],
    edges: [...edges.values()],
    truncated: false,
    not_causal: [],
  };
}
