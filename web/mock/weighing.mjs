// The made-up presets, recomputed weights and reliability curves.
import { readFileSync } from 'node:fs';
import { weigh } from './answers.mjs';
import { signed } from './shapes.mjs';

const file = new URL('../../data/evidence/weights.json', import.meta.url);
const parameters = JSON.parse(readFileSync(file, 'utf8'));
const text = (en, zh) => ({ en, zh });

export function presets() {
  return {
    presets: [
      {
        name: 'thaw',
        about: text('Independent groups, in nats.', '按独立组，以奈特计。'),
        parameters,
      },
      { name: 'indra', about: text('Counts readers’ errors.', '按读取错误率计。'), parameters: {} },
      {
        name: 'open-targets',
        about: text('A harmonic sum of scores.', '分值的调和和。'),
        parameters: {},
      },
    ],
  };
}

const leaves = (tree, path = '') =>
  Object.entries(tree ?? {}).flatMap(([key, value]) =>
    typeof value === 'object' ? leaves(value, `${path}${key}.`) : [`${path}${key}`],
  );

export function reweigh(body) {
  const query = new URLSearchParams({ subject: body.subject, object: body.object });
  if (body.prior) query.set('prior', body.prior);
  const document = weigh(query);
  const caps = body.parameters?.cap_nats ?? {};
  const w = body.parameters?.ignorance_weight ?? 2;
  for (const claim of document.claims) {
    const logit = Math.log(claim.prior / (1 - claim.prior));
    const side = (sign) =>
      claim.groups
        .filter((g) => sign * signed(g) > 0)
        .reduce((sum, g) => sum + Math.min(Math.abs(g.nats), caps[g.kind] ?? 99), 0);
    Object.assign(claim, { support: side(1), opposition: side(-1) });
    claim.belief = 1 / (1 + Math.exp(-(logit + claim.support - claim.opposition)));
    claim.ignorance = w / (claim.support + claim.opposition + w);
    claim.opinion = {
      for: claim.belief * (1 - claim.ignorance),
      against: (1 - claim.belief) * (1 - claim.ignorance),
      unknown: claim.ignorance,
    };
  }
  return { ...document, preset: body.preset ?? 'thaw', changed: leaves(body.parameters) };
}

export function calibration() {
  const bins = (shift) =>
    [0.1, 0.3, 0.5, 0.7, 0.9].map((predicted, i) => ({
      predicted,
      observed: Math.min(0.98, Math.max(0.02, predicted + shift * (0.5 - predicted))),
      low: Math.max(0, predicted - 0.15),
      high: Math.min(1, predicted + 0.15),
      n: 40 - 5 * i,
    }));
  return {
    sets: [
      {
        name: 'graded',
        about: text('Graded items, held out by disease.', '分级条目，按疾病留出。'),
        items: 150,
        folds_by: 'disease',
        curves: ['thaw', 'indra', 'open-targets'].map((preset, i) => ({
          preset,
          brier: 0.16 + 0.03 * i,
          brier_low: 0.14 + 0.03 * i,
          brier_high: 0.18 + 0.03 * i,
          log_loss: 0.5 + 0.1 * i,
          bins: bins(0.2 * i),
        })),
      },
    ],
  };
}
