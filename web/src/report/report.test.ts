import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  answered,
  back,
  begin,
  domains,
  goto_item,
  item_name,
  known,
  kSteps,
  missing,
} from './report';
import { read_begun, step_of, total, tube } from './report';
import type { Answer, Report } from './report';

/** Fills a report in, one answer an item. */
function filled(answers: Answer[], gastrostomy: boolean | null): Report {
  let report = begin('2026-11-26');
  while (step_of(report).kind !== 'summary') {
    const step = step_of(report);
    report =
      step.kind === 'tube'
        ? tube(report, gastrostomy)
        : answered(report, answers[(step as { item: number }).item - 1] ?? null);
  }
  return report;
}

test('twelve answers in the order of the form make four domains of three items and a total', () => {
  const { answers } = filled([4, 3, 2, 1, 0, 1, 2, 3, 4, 3, 2, 1], false);
  assert.deepEqual(answers, [4, 3, 2, 1, 0, 1, 2, 3, 4, 3, 2, 1]);
  assert.deepEqual(domains(answers), {
    bulbar: { low: 9, high: 9 },
    fine_motor: { low: 2, high: 2 },
    gross_motor: { low: 9, high: 9 },
    respiratory: { low: 6, high: 6 },
  });
  assert.deepEqual(total(answers), { low: 26, high: 26 });
});

test('what is not answered is not zero: each gap opens the sum by four', () => {
  const { answers } = filled([4, null, 2, 1, 0, 1, 2, 3, 4, 3, null, 1], false);
  assert.deepEqual(domains(answers).bulbar, { low: 6, high: 10 });
  assert.deepEqual(total(answers), { low: 21, high: 29 });
  assert.equal(known(total(answers)), false);
  assert.deepEqual(missing(answers), [2, 11]);
});

test('without knowing of a feeding tube item 5 is not asked and stays unanswered', () => {
  const report = filled([4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4], null);
  assert.equal(report.answers[4], null);
  assert.equal(item_name(5, true), '5b');
  assert.equal(item_name(5, false), '5a');
  assert.equal(item_name(12, null), '10c');
});

test('another feeding tube takes the answer to item 5 back, the same keeps it', () => {
  const report = filled([4, 4, 4, 4, 3, 4, 4, 4, 4, 4, 4, 4], false);
  const again = { ...report, at: kSteps.findIndex((step) => step.kind === 'tube') };
  assert.equal(tube(again, false).answers[4], 3);
  assert.equal(tube(again, true).answers[4], null);
});

test('back goes one question back, over item 5 where it is not asked, and never before the first', () => {
  let report = begin('2026-11-26');
  assert.equal(back(report).at, 0);
  for (const value of [4, 4, 4, 4] as const) report = answered(report, value);
  const over = tube(report, null);
  assert.deepEqual(step_of(over), { kind: 'item', item: 6 });
  assert.deepEqual(step_of(back(over)), { kind: 'tube' });
  assert.deepEqual(step_of(back(tube(report, true))), { kind: 'tube' });
  assert.deepEqual(step_of(goto_item(over, 5)), { kind: 'tube' });
  assert.deepEqual(step_of(goto_item(over, 12)), { kind: 'item', item: 12 });
});

test('a report that was begun comes back whole, and nonsense does not', () => {
  const report = answered(begin('2026-11-26'), 2);
  assert.deepEqual(read_begun(JSON.stringify(report)), report);
  for (const bad of [null, '', '{', '{}', '{"answers":[9]}', JSON.stringify({ ...report, at: 99 })])
    assert.equal(read_begun(bad), null);
});
