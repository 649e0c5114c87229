// One ALSFRS-R being filled in: the order of questions, the answers, the domain scores. Pure.
// Not answered is not zero: a sum with gaps is a range. Cedarbaum et al. 1999, J Neurol Sci 169:13.

export const kItems = 12;
export type Answer = 0 | 1 | 2 | 3 | 4 | null;

/** One question on the screen: items 1..12, item 5 as 5a or 5b, and before it the feeding tube. */
export type Step = { kind: 'tube' } | { kind: 'item'; item: number } | { kind: 'summary' };

export interface Report {
  answers: Answer[];
  gastrostomy: boolean | null;
  /** The place among the steps. */
  at: number;
  /** A day "2026-11-26". */
  date: string;
}

export interface Range {
  low: number;
  high: number;
}
export interface Domains {
  bulbar: Range;
  fine_motor: Range;
  gross_motor: Range;
  respiratory: Range;
}
export type Domain = keyof Domains;
export const kDomains: readonly Domain[] = ['bulbar', 'fine_motor', 'gross_motor', 'respiratory'];

export const kSteps: readonly Step[] = [
  ...[1, 2, 3, 4].map((item) => ({ kind: 'item', item }) as const),
  { kind: 'tube' },
  ...[5, 6, 7, 8, 9, 10, 11, 12].map((item) => ({ kind: 'item', item }) as const),
  { kind: 'summary' },
];

export const begin = (date: string): Report => ({
  answers: Array.from({ length: kItems }, (): Answer => null),
  gastrostomy: null,
  at: 0,
  date,
});

export const step_of = (report: Report): Step => kSteps[report.at] ?? { kind: 'summary' };

/** The number of an item as the form prints it: 10 to 12 are called there, or 10a to 10c. */
export function item_name(item: number, gastrostomy: boolean | null): string {
  if (item === 5) return gastrostomy === null ? '5' : gastrostomy ? '5b' : '5a';
  return item >= 10 ? `10${'abc'[item - 10]}` : String(item);
}

/** Answers the question on the screen, or leaves it unanswered (null), and goes on. */
export function answered(report: Report, value: Answer): Report {
  const step = step_of(report);
  if (step.kind !== 'item') return report;
  const answers = report.answers.map((old, i) => (i === step.item - 1 ? value : old));
  return { ...report, answers, at: report.at + 1 };
}

/**
 * Says whether there is a feeding tube, and goes on. 5a and 5b are two questions: with another tube than
 * before an answer to item 5 no longer means anything and is taken back.
 */
export function tube(report: Report, gastrostomy: boolean | null): Report {
  const same = gastrostomy === report.gastrostomy;
  const answers = report.answers.map((old, i) => (i === 4 && !same ? null : old));
  const at = report.at + 1;
  // Not knowing which of the two is asked, item 5 stays unanswered.
  return { ...report, answers, gastrostomy, at: gastrostomy === null ? at + 1 : at };
}

export function back(report: Report): Report {
  const unasked = step_of(report).kind === 'item' && report.at === 6 && report.gastrostomy === null;
  return { ...report, at: Math.max(0, report.at - (unasked ? 2 : 1)) };
}

export const goto_item = (report: Report, item: number): Report => {
  const wanted = item === 5 && report.gastrostomy === null ? 'tube' : 'item';
  const at = kSteps.findIndex(
    (step) => step.kind === wanted && (step.kind !== 'item' || step.item === item),
  );
  return at < 0 ? report : { ...report, at };
};

/** The points a sum of items can have: without an answer an item gives anything from 0 to 4. */
function sum(answers: readonly Answer[], first: number, count: number): Range {
  const part = answers.slice(first - 1, first - 1 + count);
  const low = part.reduce((total: number, one) => total + (one ?? 0), 0);
  return { low, high: low + 4 * part.filter((one) => one === null).length };
}

/** Points per domain, each 0..12, three items each. */
export const domains = (answers: readonly Answer[]): Domains => ({
  bulbar: sum(answers, 1, 3),
  fine_motor: sum(answers, 4, 3),
  gross_motor: sum(answers, 7, 3),
  respiratory: sum(answers, 10, 3),
});

export const total = (answers: readonly Answer[]): Range => sum(answers, 1, kItems);
export const known = (range: Range): boolean => range.low === range.high;
export const missing = (answers: readonly Answer[]): number[] =>
  answers.flatMap((one, i) => (one === null ? [i + 1] : []));

/** A report that was begun and kept in the browser, if it is one. */
export function read_begun(text: string | null): Report | null {
  try {
    const kept = JSON.parse(text ?? 'null') as Report | null;
    const fits =
      kept !== null &&
      Array.isArray(kept.answers) &&
      kept.answers.length === kItems &&
      kept.answers.every((one) => one === null || [0, 1, 2, 3, 4].includes(one)) &&
      [true, false, null].includes(kept.gastrostomy) &&
      Number.isInteger(kept.at) &&
      kept.at >= 0 &&
      kept.at < kSteps.length &&
      /^\d{4}-\d{2}-\d{2}$/.test(kept.date);
    return fits ? kept : null;
  } catch {
    return null;
  }
}
