// The documents about the graph: chains, neighbourhoods, concepts by name.
import { concepts } from './concepts.mjs';
import { find, Refusal } from './names.mjs';
import { edges, not_causal } from './world.mjs';

const concept = (id) => concepts.get(id);

/** One step of a chain. */
export const hop = (e) => ({
  claim: e.claim,
  subject: concept(e.from),
  relation: e.relation,
  sign: e.sign,
  object: concept(e.to),
  support: e.support,
  opposition: e.opposition,
  belief: e.belief,
  ignorance: e.ignorance,
});

export function chains(query) {
  const [from, to] = [find(query.get('from')), find(query.get('to'))];
  const wanted = query.get('sign');
  const most = Number(query.get('max_hops') ?? 6);
  const walks = [];
  const walk = (at, hops) => {
    if (at === to.id) return void walks.push(hops);
    if (hops.length >= most) return;
    for (const edge of edges)
      if (edge.from === at && !hops.some((one) => one.from === edge.to))
        walk(edge.to, [...hops, edge]);
  };
  walk(from.id, []);
  const found = walks
    .map((hops) => ({
      sign: hops.filter((one) => one.sign === '-').length % 2 ? '-' : '+',
      belief: hops.reduce((p, one) => p * one.belief, 1),
      hops: hops.map(hop),
    }))
    .filter((chain) => !wanted || chain.sign === wanted)
    .sort((a, b) => b.belief - a.belief);
  return { from, to, chains: found.slice(0, Number(query.get('k') ?? 5)) };
}

export function graph(query) {
  const centre = find(query.get('concept'));
  const depth = Number(query.get('depth') ?? 1);
  if (![1, 2, 3].includes(depth))
    throw new Refusal(400, 'bad_input', `depth must be 1, 2 or 3, not "${query.get('depth')}"`);
  const all = [...edges, ...not_causal];
  let near = new Set([centre.id]);
  for (let i = 0; i < depth; i += 1)
    near = new Set(
      all
        .flatMap((e) => (near.has(e.from) || near.has(e.to) ? [e.from, e.to] : []))
        .concat(...near),
    );
  const inside = (e) => near.has(e.from) && near.has(e.to);
  const shape = (e) => ({
    claim: e.claim,
    from: e.from,
    to: e.to,
    relation: e.relation,
    sign: e.sign,
    support: e.support,
    opposition: e.opposition,
    belief: e.belief,
    ignorance: e.ignorance,
    groups: e.groups.length,
  });
  return {
    centre,
    nodes: [...near].map((id) => ({
      ...concept(id),
      degree: all.filter((e) => e.from === id || e.to === id).length,
    })),
    edges: edges.filter(inside).map(shape),
    truncated: depth === 3,
    not_causal: not_causal.filter(inside).map(shape),
  };
}

export function found(query) {
  const q = (query.get('q') ?? '').toLowerCase();
  const hits = [...concepts.values()].filter(
    (c) => c.name.en.toLowerCase().includes(q) || c.name.zh.includes(q),
  );
  return {
    concepts: hits
      .slice(0, Number(query.get('limit') ?? 8))
      .map((c) => ({ ...c, claims: 3, matched: c.name.en })),
  };
}
