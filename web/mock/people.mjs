// The documents about people, made up for developing the pages: registry, people, about.
import { concepts } from './concepts.mjs';

const text = (en, zh) => ({ en, zh });
const concept = (id) => concepts.get(id);

export function registry() {
  return {
    question: text('Does riluzole prolong survival?', '利鲁唑能延长生存吗？'),
    synthetic: true,
    claim: { subject: concept('drug:riluzole'), sign: '+', object: concept('thaw:survival') },
    people: { eligible: 5400, treated: 1900, untreated: 3500, events: 2100 },
    naive: { measure: 'HR', value: 1.1, low: 1.01, high: 1.21 },
    target_trial: {
      measure: 'HR',
      value: 0.76,
      low: 0.69,
      high: 0.83,
      method: 'inverse probability weighted Cox model',
      e_value: 1.9,
      e_value_limit: 1.6,
      effective_n: 4100,
      protocol: [
        {
          part: 'eligibility',
          text: text(
            'diagnosed, first report within 18 months of onset',
            '已确诊，起病 18 个月内首次填报',
          ),
        },
      ],
      balance: [{ covariate: 'age_at_onset', before: 0.31, after: 0.02 }],
    },
    truth: { measure: 'HR', value: 0.77 },
    would_add: {
      direction: 'supports',
      nats: 1.5,
      derivation: ['log likelihood ratio 3.2', 'cap of a registry analysis 1.5'],
      belief_before: 0.94,
      belief_after: 0.98,
    },
    note: text(
      'Randomly drawn people; the estimate shows the method, not the drug.',
      '人群为随机生成；估计展示的是方法，不是药物。',
    ),
  };
}

export function people_of(n) {
  if (!n)
    return {
      synthetic: false,
      people: null,
      floor: 11,
      as_of: null,
      counts: [],
      age_at_onset: [],
      survival: null,
      decline: null,
      slope: null,
      reports_per_person: null,
    };
  const level = (value, en, zh, count) => ({
    value,
    label: text(en, zh),
    count,
    hidden: count === null,
  });
  const ages = [1, null, 90, 260, 700, 1400, 2300, 3100, 3400, 2900, 2000, 1100, 450, 120, null];
  return {
    synthetic: true,
    people: n,
    floor: 11,
    as_of: '2026-01-01',
    counts: [
      {
        variable: 'sex',
        label: text('Sex', '性别'),
        levels: [level('female', 'female', '女', 7300), level('male', 'male', '男', n - 7300)],
      },
      {
        variable: 'onset',
        label: text('Where it began', '起病部位'),
        levels: [
          level('limb', 'limb', '肢体', 13100),
          level('bulbar', 'bulbar', '延髓', 4600),
          level('respiratory', 'respiratory', '呼吸', null),
          level('unknown', 'not known', '不详', null),
        ],
      },
    ],
    age_at_onset: ages.map((c, i) => ({
      from: 15 + 5 * i,
      to: 20 + 5 * i,
      count: i === 0 ? null : c,
      hidden: i === 0 || c === null,
    })),
    survival: {
      from: 'onset',
      unit: 'months',
      n,
      events: 9000,
      median: { value: 40, low: 39, high: 41 },
      points: Array.from({ length: 61 }, (_, i) => {
        const s = Math.exp((-0.0004 * (2 * i) ** 2) / (1 + 0.01 * i));
        return {
          month: 2 * i,
          survival: s,
          low: s * 0.97,
          high: Math.min(1, s * 1.02 + 0.005),
          at_risk: Math.round(n * s),
        };
      }),
    },
    decline: {
      unit: 'points',
      points: Array.from({ length: 25 }, (_, i) => ({
        month: 2 * i,
        n: 18000 - 600 * i,
        q10: -1.3 * i,
        q25: -1.1 * i,
        q50: -0.7 * i,
        q75: -0.4 * i,
        q90: -0.1 * i,
      })),
    },
    slope: {
      unit: 'points/month',
      n,
      mean: -0.9,
      sd: 0.7,
      q5: -2.3,
      q25: -1.2,
      q50: -0.7,
      q75: -0.4,
      q95: -0.1,
    },
    reports_per_person: { mean: 20.1, q25: 12, q50: 19, q75: 27 },
  };
}

export function about() {
  return {
    sections: [
      {
        id: 'what',
        title: text('What this is', '这是什么'),
        body: text(
          'Findings from published studies, each with its source, joined into claims.\n\nNothing here is a prescription.',
          '来自已发表研究的发现，每一项都有来源，汇成论断。\n\n这里没有任何处方。',
        ),
      },
    ],
    sources: [
      {
        name: 'PubMed',
        what: text('citations', '文献引用'),
        licence: 'public domain',
        url: 'https://pubmed.ncbi.nlm.nih.gov/',
      },
    ],
    parameters: {
      prior: { default: 0.5 },
      cap_nats: { meta_analysis_rct: 5, rct_confirmatory: 4 },
    },
  };
}
