// The made-up review queue: verdicts are kept for as long as this server runs.
import { concepts } from './concepts.mjs';
import { Refusal } from './names.mjs';
import { summary } from './library.mjs';
import { edges } from './world.mjs';

const verdicts = new Map();
const curators = new Set();
let last = 16;

const kItems = edges.slice(0, 6).map((edge, i) => ({ item: `Q${i + 1}`, claim: summary(edge, i) }));

const reading = (item) => {
  const said = current(item).map((one) => one.verdict);
  if (said.includes('accept')) return { right: 0.93, opposite: 0.01, negative: 0, void: 0.06 };
  if (said.includes('wrong_sign')) return { right: 0.1, opposite: 0.8, negative: 0, void: 0.1 };
  if (said.length > 0) return { right: 0.08, opposite: 0.02, negative: 0, void: 0.9 };
  return { right: 0.65, opposite: 0, negative: 0, void: 0.35 };
};
const current = (item) => (verdicts.get(item) ?? []).filter((one) => one.valid);

export function review(query) {
  const curator = query.get('curator');
  const open = kItems.filter(
    ({ item }) => !curator || !current(item).some((one) => one.curator === curator),
  );
  return {
    outcome: concepts.get('thaw:als_progression'),
    curator,
    total: open.length,
    queue: open.slice(0, Number(query.get('limit') ?? 20)).map(({ item, claim }, i) => ({
      item,
      claim: claim.claim,
      subject: claim.subject,
      object: claim.object,
      text: claim.text,
      quote:
        i === 3 ? null : `In this study ${claim.text.en}, over 24 weeks, compared with placebo.`,
      quote_check: 'verbatim',
      source: {
        id: 'PMID:28522181',
        url: 'https://pubmed.ncbi.nlm.nih.gov/28522181/',
        citation: 'PMID:28522181',
        as_reported_by: null,
        year: 2017,
        status: 'ok',
      },
      study_kind: 'rct_phase2',
      direction: 'supports',
      extractor: 'thaw-reader-1',
      faithful: 0.65,
      reading: reading(item),
      would_change: 0.021 / (i + 1),
      belief: claim.belief,
      belief_if_accepted: Math.min(0.99, claim.belief + 0.07),
      belief_if_rejected: Math.max(0.01, claim.belief - 0.2),
      verdicts: verdicts.get(item) ?? [],
    })),
  };
}

export function assess(body) {
  if (!kItems.some(({ item }) => item === body.item))
    throw new Refusal(404, 'not_found', `no item has the id "${body.item}"`);
  if (!['accept', 'withdrawn'].includes(body.verdict) && !body.reason)
    throw new Refusal(400, 'bad_input', `a verdict "${body.verdict}" wants a reason`);
  const before = verdicts.get(body.item) ?? [];
  const others = before.map((one) =>
    one.curator === body.curator ? { ...one, valid: false } : one,
  );
  const made_at = '2026-11-25T10:00:00Z';
  verdicts.set(
    body.item,
    body.verdict === 'withdrawn' ? others : [...others, { ...body, made_at, valid: true }],
  );
  last += 1;
  return { assessment: last, item: body.item, reading: reading(body.item) };
}

export function name_curator(body) {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,39}$/u.test(body.curator ?? ''))
    throw new Refusal(400, 'bad_input', 'a curator is named by letters and digits');
  curators.add(body.curator);
  return { curator: body.curator };
}

export function curators_of() {
  return {
    curators: [...curators].map((curator) => ({
      curator,
      verdicts: [...verdicts.values()].flat().filter((one) => one.curator === curator).length,
      sensitivity: 0.93,
      sensitivity_low: 0.85,
      sensitivity_high: 0.98,
      specificity: 0.88,
      specificity_low: 0.7,
      specificity_high: 0.96,
      public_key: 'ed25519:mock',
    })),
    agreement: { alpha: null, low: null, high: null, items: 0, pairs: 0 },
    disputed: [],
  };
}
