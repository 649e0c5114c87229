// The made-up claims, papers, contradictions and changes that the pages for working on evidence list.
import { concepts } from './concepts.mjs';
import { find, Refusal } from './names.mjs';
import { edges, not_causal } from './world.mjs';

const text = (en, zh) => ({ en, zh });
const concept = (id) => concepts.get(id);
const kMany = 100_000;
const kExtractors = ['person', 'thaw-reader-1', 'indra'];

const verdict = (belief) =>
  belief > 0.5
    ? text('more for than against', '支持多于反对')
    : text('more against than for', '反对多于支持');

/** A claim as a list shows it. */
export function summary(edge, i = 0) {
  return {
    claim: edge.claim,
    subject: concept(edge.from),
    object: concept(edge.to),
    relation: edge.relation,
    sign: edge.sign,
    causal: edge.causal !== false,
    text: text(
      `${concept(edge.from).name.en} ${edge.relation} ${concept(edge.to).name.en}`,
      `${concept(edge.from).name.zh}${edge.sign === '-' ? '减轻' : '增加'}${concept(edge.to).name.zh}`,
    ),
    qualifiers: {},
    support: edge.support,
    opposition: edge.opposition,
    belief: edge.belief,
    opinion: edge.opinion,
    conflict:
      Math.min(edge.support, edge.opposition) / Math.max(edge.support, edge.opposition, 1e-9),
    verdict: verdict(edge.belief),
    items: edge.groups.reduce((n, g) => n + g.items.length, 0),
    groups: edge.groups.length,
    latest_year: edge.groups[0]?.items[0]?.year ?? null,
    extractors: [kExtractors[i % 3]],
  };
}

const all = [...edges, ...not_causal].map(summary);
const kKnown = 'q concept kind study_kind extractor contested min_belief sort as_of prior preset';

/** The list of claims: the few real ones again and again until there are a hundred thousand. */
export function claims(query) {
  for (const name of query.keys())
    if (!`${kKnown} limit offset`.split(' ').includes(name))
      throw new Refusal(400, 'bad_input', `/api/claims takes no parameter "${name}"`);
  const q = (query.get('q') ?? '').toLowerCase();
  const about = query.get('concept') ? find(query.get('concept')).id : null;
  const least = Number(query.get('min_belief') ?? 0);
  const fits = all.filter(
    (c) =>
      (c.text.en.toLowerCase().includes(q) || c.text.zh.includes(q)) &&
      (!about || c.subject.id === about || c.object.id === about) &&
      (!query.get('kind') || [c.subject.kind, c.object.kind].includes(query.get('kind'))) &&
      (!query.get('extractor') || c.extractors.includes(query.get('extractor'))) &&
      (!query.get('contested') || c.conflict > 0.2) &&
      c.belief >= least,
  );
  const narrow = [...query.keys()].some((k) => !['limit', 'offset', 'sort'].includes(k));
  const total = narrow || fits.length === 0 ? fits.length : kMany;
  const offset = Number(query.get('offset') ?? 0);
  const limit = Number(query.get('limit') ?? 50);
  const count = Math.max(0, Math.min(limit, total - offset));
  return {
    total,
    offset,
    claims: Array.from({ length: count }, (_, i) => fits[(offset + i) % fits.length]),
  };
}

const kPapers = [
  [
    'PMID:28522181',
    'Safety and efficacy of edaravone in well defined patients',
    'Lancet Neurol',
    2017,
  ],
  ['PMID:32877582', 'Trial of sodium phenylbutyrate-taurursodiol', 'N Engl J Med', 2020],
  ['PMID:8302340', 'A controlled trial of riluzole', 'N Engl J Med', 1994],
];

/** Papers by their words, as /api/search answers. */
export function search(query) {
  const found = documents(query);
  const hits = found.documents.map(({ id, title, language }) => ({
    id,
    title: text(title, title),
    score: 1,
    language,
    snippet: { text: title, at: 0, marks: [], cut_before: false, cut_after: true },
  }));
  return {
    query: query.get('q'),
    parts: [{ in: 'documents', total: found.total, offset: found.offset, hits }],
  };
}

export function documents(query) {
  const q = (query.get('q') ?? '').toLowerCase();
  const fits = kPapers.filter(([id, title]) => `${id} ${title}`.toLowerCase().includes(q));
  const offset = Number(query.get('offset') ?? 0);
  return {
    total: fits.length,
    offset,
    documents: fits.slice(offset).map(([id, title, journal, year], i) => ({
      id,
      title,
      journal,
      year,
      language: 'en',
      items: i + 1,
    })),
  };
}

const kept = new Set(['r1']);
const kSentence = [
  ['Oxidative stress is raised in motor neurons of people with ALS. ', ['r2'], ['process:ox']],
  ['Edaravone ', ['r1'], ['drug:edaravone']],
  ['slowed the decline of the score over 24 weeks, ', ['r1'], ['thaw:alsfrs_r_decline']],
  ['while its effect on survival was not measured here.', [], []],
];

export function document(query) {
  const id = query.get('id') ?? '';
  const paper = kPapers.find(([own]) => own === id);
  if (!paper)
    throw new Refusal(
      404,
      'not_found',
      `no document has the id "${id}"`,
      kPapers.map(([own]) => own),
    );
  const [, title, journal, year] = paper;
  const read = query.get('read') === '1';
  const claim = (own, from, relation, sign, to, quote, probability) => ({
    id: own,
    kept: kept.has(own),
    item: kept.has(own) ? `X-${own}` : null,
    subject: concept(from),
    object: concept(to),
    relation,
    sign,
    direction: 'supports',
    text: text(
      `${concept(from).name.en} ${relation} ${concept(to).name.en}`,
      `${concept(from).name.zh} → ${concept(to).name.zh}`,
    ),
    quote,
    probability,
    extractor: 'thaw-reader-1',
    study_kind: 'rct_phase2',
    n: 137,
    effect: own === 'r1' ? '2.49 points (0.99 to 3.98)' : null,
    why: 'a verb of lowering between two named concepts',
  });
  const found = [
    claim(
      'r1',
      'drug:edaravone',
      'slows',
      '-',
      'thaw:alsfrs_r_decline',
      'Edaravone slowed the decline of the score over 24 weeks',
      0.91,
    ),
    claim(
      'r2',
      'process:ox',
      'causes',
      '+',
      'process:mnd',
      'Oxidative stress is raised in motor neurons of people with ALS.',
      0.62,
    ),
    {
      ...claim('r3', 'process:ox', 'causes', '+', 'process:mnd', 'while its effect', 0.55),
      object: { id: null, kind: 'process', name: text('spheroid swelling', 'spheroid swelling') },
      hedged: true,
      in_text: false,
    },
  ].filter((one) => one.kept || (read && one.probability >= Number(query.get('threshold') ?? 0.5)));
  const shown = new Set(found.map((one) => one.id));
  return {
    document: {
      id,
      title,
      journal,
      year,
      language: 'en',
      url: `https://pubmed.ncbi.nlm.nih.gov/${id.slice(5)}/`,
      licence: null,
      kinds: ['Journal Article'],
    },
    sections: [
      { name: 'title', runs: [{ text: title, items: [], concepts: [] }] },
      {
        name: 'abstract',
        runs: kSentence.map(([words, items, mentions]) => ({
          text: words,
          items: items.filter((own) => shown.has(own)),
          concepts: mentions,
        })),
      },
    ],
    claims: found,
    reader: read ? 'thaw-reader-1' : null,
  };
}

export function keep(body) {
  for (const own of body.claims) kept.add(own);
  return { kept: body.claims.length };
}

export function contradictions(query) {
  const about = query.get('about') ? find(query.get('about')).id : null;
  const sides = all.filter((c) => c.conflict > 0.05);
  const pairs = sides
    .filter((c) => !about || c.subject.id === about || c.object.id === about)
    .map((c, i) => ({
      kind: i === 0 ? 'within_claim' : 'opposite_sign',
      claims:
        i === 0
          ? [c, c]
          : [
              c,
              {
                ...c,
                claim: `${c.claim}-mirror`,
                sign: c.sign === '-' ? '+' : '-',
                support: c.opposition,
                opposition: c.support,
                belief: 1 - c.belief,
                opinion: {
                  for: c.opinion.against,
                  against: c.opinion.for,
                  unknown: c.opinion.unknown,
                },
                text: text(
                  `${c.subject.name.en} does the opposite to ${c.object.name.en}`,
                  `${c.subject.name.zh}对${c.object.name.zh}的作用相反`,
                ),
              },
            ],
      conflict: c.conflict,
      settles: text(
        'A randomised trial of at least 400 people, with the score as its first outcome.',
        '一项至少 400 人的随机试验，以评分作为主要结局。',
      ),
      study: null,
    }));
  const offset = Number(query.get('offset') ?? 0);
  return { total: pairs.length, offset, contradictions: pairs.slice(offset, offset + 20) };
}

export function changes(query) {
  const c = all[0];
  const at = '2026-11-20T09:30:00Z';
  const rows = [
    {
      changed_at: at,
      claim: c.claim,
      subject: c.subject,
      object: c.object,
      text: c.text,
      cause: text('A paper was retracted.', '一篇论文被撤稿。'),
      before: { support: 2.1, opposition: 0.4, belief: 0.85, opinion: null },
      after: { support: 0.9, opposition: 0.4, belief: 0.62, opinion: null },
      lines: [
        {
          what: 'left',
          item: 'T11',
          nats_before: 1.2,
          nats_after: 0,
          why: text('Its journal withdrew it: it weighs nothing.', '期刊已撤回它：不再计入。'),
        },
      ],
    },
  ];
  const since = query.get('since') ?? '';
  const offset = Number(query.get('offset') ?? 0);
  const kept_rows = rows.filter((row) => row.changed_at.slice(0, 10) >= since);
  return {
    since: since || null,
    total: kept_rows.length,
    offset,
    changes: kept_rows.slice(offset),
  };
}
