// The documents of docs/formats/api.md, made from the small world for developing the pages.
import { concepts } from './concepts.mjs';
import { hop } from './graphs.mjs';
import { find, Refusal } from './names.mjs';
import { registry } from './people.mjs';
import { weighed } from './shapes.mjs';
import { edges, not_causal } from './world.mjs';

const text = (en, zh) => ({ en, zh });
const concept = (id) => concepts.get(id);

function checked(query) {
  const prior = Number(query.get('prior') ?? 0.5);
  if (!(prior > 0 && prior < 1))
    throw new Refusal(
      400,
      'bad_input',
      `prior must lie between 0 and 1, not "${query.get('prior')}"`,
    );
  const as_of = query.get('as_of') === null ? null : Number(query.get('as_of'));
  if (as_of !== null && !(as_of >= 1900 && as_of <= 2100))
    throw new Refusal(400, 'bad_input', `as_of must be a year, not "${query.get('as_of')}"`);
  const at = (edge) =>
    weighed(
      {
        ...edge,
        groups: edge.groups
          .map((g) => ({ ...g, items: g.items.filter((i) => as_of === null || i.year <= as_of) }))
          .filter((g) => g.items.length > 0),
      },
      prior,
    );
  return { prior, as_of, at };
}

const verdict = (edge) =>
  edge.ignorance > 0.6
    ? text('little is known', '所知甚少')
    : edge.belief > 0.9
      ? text('well supported', '支持充分')
      : edge.belief > 0.5
        ? text('more for than against', '支持多于反对')
        : text('more against than for', '反对多于支持');

export function status(people) {
  return {
    version: '0.1.0',
    ready: true,
    synthetic: people > 0,
    banner: text('Synthetic data, no real patients', '模拟数据，非真实患者'),
    people: people || null,
    reports: people ? people * 20 : null,
    concepts: concepts.size,
    claims: edges.length,
    items: 30,
    sources: 24,
    undated_items: 0,
    knowledge_hash: '5f1c7a90d2b34e6f8a1b',
    outcomes: ['thaw:als_progression', 'thaw:alsfrs_r_decline', 'thaw:survival'].map(concept),
    default_outcome: 'thaw:als_progression',
  };
}

export function weigh(query) {
  const [subject, object] = [find(query.get('subject')), find(query.get('object'))];
  const { as_of, at } = checked(query);
  const claims = [...edges, ...not_causal]
    .filter((e) => e.from === subject.id && e.to === object.id)
    .map(at)
    .sort((a, b) => b.belief - a.belief)
    .map((e) => ({
      claim: e.claim,
      subject: subject.name.en,
      relation: e.relation,
      sign: e.sign,
      object: object.name.en,
      text: text(
        `${subject.name.en} ${e.relation} ${object.name.en}`,
        `${subject.name.zh} ${e.sign === '-' ? '减缓' : '加重'} ${object.name.zh}`,
      ),
      qualifiers: {},
      support: e.support,
      opposition: e.opposition,
      belief: e.belief,
      ignorance: e.ignorance,
      prior: e.prior,
      belief_range: null,
      opinion: e.opinion,
      conflict: Math.min(e.support, e.opposition) / Math.max(e.support, e.opposition, 1),
      causal: e.causal,
      verdict: verdict(e),
      groups: e.groups,
      pooled: null,
      derivation: [
        `prior ${e.prior}`,
        ...e.groups.map((g) => `${g.group}: ${g.nats.toFixed(3)} nats`),
        `belief ${e.belief.toFixed(4)}`,
      ],
    }));
  return {
    subject,
    object,
    as_of,
    population: null,
    preset: 'thaw',
    claims,
    undated: [],
    registry: subject.id === 'drug:riluzole' && object.id === 'thaw:survival' ? registry() : null,
  };
}

/** The direct claims of a candidate on the outcome and on what it is measured by. */
function parts_of(candidate, outcome, good, now) {
  const parts = [
    [outcome.id, good],
    ...now
      .filter((e) => e.to === outcome.id && e.groups[0]?.kind === 'definition')
      .filter((e) => e.from.startsWith('thaw:'))
      .map((e) => [e.from, e.sign === '+' ? good : good === '-' ? '+' : '-']),
  ];
  return parts
    .flatMap(([to, sign]) =>
      now.filter((e) => e.from === candidate.id && e.to === to && e.sign === sign),
    )
    .map((e) => ({
      claim: e.claim,
      object: concept(e.to),
      sign: e.sign,
      support: e.support,
      opposition: e.opposition,
      belief: e.belief,
      ignorance: e.ignorance,
      opinion: e.opinion,
      verdict: verdict(e),
      text: text(
        `${candidate.name.en} ${e.relation} ${concept(e.to).name.en}`,
        `${candidate.name.zh} → ${concept(e.to).name.zh}`,
      ),
    }))
    .sort((a, b) => b.support + b.opposition - a.support - a.opposition);
}

export function rank(query, people) {
  const outcome = find(query.get('outcome'));
  if (outcome.kind !== 'outcome')
    throw new Refusal(400, 'bad_input', `"${outcome.name.en}" is not an outcome`, [
      'ALSFRS-R decline',
    ]);
  const { prior, as_of, at } = checked(query);
  const good = outcome.id === 'thaw:survival' ? '+' : '-';
  const now = edges.map(at);
  const answers = [...concepts.values()]
    .filter((c) => c.kind === 'drug')
    .map((candidate) => {
      const parts = parts_of(candidate, outcome, good, now);
      const direct = now.find((e) => e.claim === parts[0]?.claim);
      const first = now.find((e) => e.from === candidate.id && e.to.startsWith('process:'));
      const hops = first
        ? [
            first,
            ...now.filter((e) => e.from === first.to && e.to === 'process:mnd'),
            now.find((e) => e.from === 'process:mnd' && e.to === outcome.id),
          ].filter(Boolean)
        : [];
      const helps = direct ? 0.04 + 0.94 * direct.belief : hops.reduce((p, e) => p * e.belief, 0.6);
      const weak = direct ?? hops[0];
      return {
        candidate,
        helps,
        harms: (1 - helps) * 0.15,
        both: 0,
        neither: (1 - helps) * 0.85,
        error: Math.sqrt((helps * (1 - helps)) / 65536),
        baseline: 0.24 + ((0.02 * candidate.name.en.length) % 0.2),
        support: direct?.support ?? null,
        opposition: direct?.opposition ?? null,
        belief: direct?.belief ?? null,
        ignorance: direct?.ignorance ?? null,
        opinion: direct?.opinion ?? null,
        parts,
        verdict: verdict(direct ?? { ignorance: 1 }),
        chain: hops.length
          ? { sign: good, belief: hops.reduce((p, e) => p * e.belief, 1), hops: hops.map(hop) }
          : null,
        chains_total: hops.length,
        weakest_link: weak
          ? {
              ...hop(weak),
              importance: 0.4,
              uncertainty: 0.24,
              value: 0.1,
              text: text(
                `${concept(weak.from).name.en} ${weak.relation} ${concept(weak.to).name.en}`,
                `${concept(weak.from).name.zh} → ${concept(weak.to).name.zh}`,
              ),
            }
          : null,
        next_study: {
          design: 'randomised_trial',
          text: text(
            'a randomised trial of at least 400 people over 48 weeks',
            '一项至少 400 人、48 周的随机试验',
          ),
          people: people
            ? {
                eligible: candidate.id === 'drug:tofersen' ? null : 812,
                hidden: candidate.id === 'drug:tofersen',
                synthetic: true,
                criteria: text(
                  'within 2 years of onset, vital capacity above 60 %',
                  '起病 2 年内，肺活量高于 60%',
                ),
              }
            : null,
        },
      };
    })
    .filter((a) => a.support !== null || a.chain)
    .sort((a, b) => b.helps - a.helps)
    .map((a, i) => ({ rank: i + 1, ...a }));
  return {
    outcome,
    wanted: good === '-' ? 'lowers' : 'raises',
    as_of,
    prior,
    population: null,
    preset: 'thaw',
    worlds: 65536,
    seed: 1,
    synthetic: people > 0,
    candidates_total: answers.length,
    data_hash: 'mock',
    answers: answers.slice(0, Number(query.get('top') ?? 10)),
    not_shown: [],
  };
}

export function ask(query) {
  const q = query.get('q') ?? '';
  const drug = [...concepts.values()].find(
    (c) =>
      c.kind === 'drug' &&
      (q.toLowerCase().includes(c.name.en.toLowerCase()) || q.includes(c.name.zh)),
  );
  const zh = query.get('lang') === 'zh';
  const suggestions = zh
    ? ['利鲁唑能延长生存吗？', '关于 ALSFRS-R 评分下降，下一步该研究什么？']
    : ['Does riluzole prolong survival?', 'What should be studied next about ALSFRS-R decline?'];
  if (/studied next|下一步/.test(q))
    return {
      question: q,
      lang: zh ? 'zh' : 'en',
      understood: {
        template: 'next_study',
        subject: null,
        object: concept('thaw:als_progression'),
        wanted_sign: null,
      },
      answer: zh ? '一项至少 400 人的随机试验。' : 'A randomised trial of at least 400 people.',
      weigh: null,
      chains: [],
      next_studies: [],
      suggestions,
      ambiguous: [],
    };
  if (!drug)
    return {
      question: q,
      lang: zh ? 'zh' : 'en',
      understood: null,
      answer: '',
      weigh: null,
      chains: [],
      next_studies: [],
      suggestions,
      ambiguous: [],
    };
  const object = drug.id === 'drug:riluzole' ? 'thaw:survival' : 'thaw:alsfrs_r_decline';
  const weighing = weigh(new URLSearchParams({ subject: drug.id, object }));
  return {
    question: q,
    lang: zh ? 'zh' : 'en',
    understood: { template: 'effect', subject: drug, object: concept(object), wanted_sign: '+' },
    answer: zh
      ? `${drug.name.zh}:${weighing.claims[0].verdict.zh}。`
      : `${drug.name.en}: ${weighing.claims[0].verdict.en}, belief ${(weighing.claims[0].belief * 100).toFixed(0)} %.`,
    weigh: weighing,
    chains: [],
    next_studies: [],
    suggestions: suggestions.slice(1),
    ambiguous: [],
  };
}
