// Items, groups and weights in the shape of docs/formats/api.md, for the small made-up world.

const effect = (measure, unit, value, low, high, printed, smallest_effect) => ({
  measure,
  unit,
  value,
  low,
  high,
  p: null,
  printed,
  derived: [],
  smallest_effect,
  better: unit === 'ratio' ? 'lower' : 'higher',
  interval_printed: true,
});
export const monthly = (value, low, high, printed) =>
  effect('alsfrs_r_change_difference', 'points/month', value, low, high, printed, 0.25);
export const hazard = (value, low, high) =>
  effect('hazard_ratio', 'ratio', value, low, high, `HR ${value} (${low} to ${high})`, 0.85);

export function item(id, kind, direction, year, n, nats, shown, pmid, more = {}) {
  return {
    item: id,
    counts: nats !== 0,
    nats,
    kind,
    direction,
    year,
    n,
    population: null,
    participants: null,
    note: null,
    directness: 1,
    quality: 1,
    effect: shown,
    no_figure: shown === null,
    also_printed: [],
    source: {
      id: `PMID:${pmid}`,
      url: `https://pubmed.ncbi.nlm.nih.gov/${pmid}/`,
      citation: `PMID:${pmid}`,
      as_reported_by: null,
      year,
      status: 'ok',
    },
    why:
      nats === 0
        ? 'a stronger item of the same group already speaks'
        : 'the effect and its interval against none',
    why_zh: nats === 0 ? '同组中更强的一项已计入' : '效应及其区间与无效应相比',
    ...more,
  };
}

export function group(name, items) {
  const strongest = items.reduce((a, b) => (Math.abs(b.nats) > Math.abs(a.nats) ? b : a));
  const direction = strongest.nats > 0 ? 'supports' : strongest.nats < 0 ? 'opposes' : 'silent';
  return {
    group: name,
    kind: strongest.kind,
    direction,
    nats: Math.abs(strongest.nats),
    internal_disagreement: false,
    items,
    why: `the strongest of ${items.length} item(s) counts, as one independent group`,
    why_zh: `${items.length} 项中最强的一项代表这个独立组`,
  };
}

export const generic = (name, nats, kind = 'animal') => [
  group(name, [
    item(`G-${name}`, kind, nats > 0 ? 'supports' : 'opposes', 2016, 24, nats, null, '23453347'),
  ]),
];

/** A group's nats with the sign of its side. */
export const signed = (g) => (g.direction === 'opposes' ? -g.nats : g.nats);

/** Adds support, opposition, belief and ignorance to an edge for a prior. */
export function weighed(edge, prior = 0.5) {
  const sum = (side) => edge.groups.reduce((total, g) => total + Math.max(0, side * signed(g)), 0);
  const support = sum(1);
  const opposition = sum(-1);
  const belief = 1 / (1 + Math.exp(-(Math.log(prior / (1 - prior)) + support - opposition)));
  const ignorance = 2 / (2 + support + opposition);
  return {
    ...edge,
    support,
    opposition,
    belief,
    ignorance,
    prior,
    opinion: {
      for: belief * (1 - ignorance),
      against: (1 - belief) * (1 - ignorance),
      unknown: ignorance,
    },
  };
}
