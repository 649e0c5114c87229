// The page's targets as a tree to scan: the groups that the page names, else its visual rows.
import type { Branch } from './scan';
import { flattened } from './scan';
import type { Target } from './targets';

const kFirst = ['offers', 'draft', 'keys'];
const kLast = ['gaze', 'top', 'header'];
const kMost = 6; // parts of a level; a person waits for the last one

/** Groups in the order of the scan, each cut into rows where it is long. */
export function page_groups(
  targets: readonly Target[],
  elements: ReadonlyMap<number, Element>,
): Branch[] {
  const groups = new Map<string, Target[]>();
  for (const target of targets) {
    const name = group_of(elements.get(target.id)!);
    groups.set(name, [...(groups.get(name) ?? []), target]);
  }
  const ordered = [...groups].sort(([a], [b]) => place_of(a) - place_of(b));
  return flattened(ordered.map(([name, own]) => ({ name, parts: rows_of(own, name) })));
}

function group_of(element: Element): string {
  const said = element.closest('[data-scan]')?.getAttribute('data-scan');
  if (said) return said;
  return element.closest('header') && !element.closest('main') ? 'header' : 'page';
}

function place_of(name: string): number {
  if (kFirst.includes(name)) return kFirst.indexOf(name);
  return kLast.includes(name) ? 50 + kLast.indexOf(name) : 10;
}

/** Targets side by side are a row; a short group needs none. */
function rows_of(targets: readonly Target[], name: string): Branch[] {
  const leaf = (one: Target): Branch => ({ name: String(one.id), id: one.id });
  if (targets.length <= kMost) return targets.map(leaf);
  const sorted = [...targets].sort((a, b) => a.top + a.height / 2 - b.top - b.height / 2);
  const rows: Target[][] = [];
  for (const one of sorted) {
    const row = rows.at(-1);
    const last = row?.at(-1);
    const beside = last && one.top + one.height / 2 < last.top + last.height;
    if (row && beside) row.push(one);
    else rows.push([one]);
  }
  const lines = rows.map((row, i) => ({
    name: `${name} ${i + 1}`,
    parts: chunks(row.sort((a, b) => a.left - b.left).map(leaf)),
  }));
  return chunks(lines);
}

/** A list longer than a level becomes a list of lists. */
function chunks(parts: Branch[]): Branch[] {
  if (parts.length <= kMost + 2) return parts;
  const size = Math.ceil(parts.length / Math.ceil(parts.length / kMost));
  const cut: Branch[] = [];
  for (let i = 0; i < parts.length; i += size)
    cut.push({ name: `${parts[i]!.name}…`, parts: parts.slice(i, i + size) });
  return cut;
}

/** The leaves of a branch. */
export function leaves(branch: Branch): number[] {
  return branch.parts ? branch.parts.flatMap(leaves) : branch.id === undefined ? [] : [branch.id];
}
