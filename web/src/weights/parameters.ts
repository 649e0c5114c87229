// The numbers behind a weight as fields, and what was changed of them as text in the address. Pure.
import type { Parameters } from '../types_work';

/** One number of the parameter file: "cap_nats.rct_phase2". */
export interface Field {
  path: string;
  group: string;
  name: string;
  value: number;
  low: number;
  high: number;
  step: number;
}

export type Changes = ReadonlyMap<string, number>;

const kOwn: Record<string, [number, number, number]> = {
  ignorance_weight: [0.5, 10, 0.1],
  confirmatory_n: [20, 2000, 10],
};
const kRange: Record<string, [number, number, number]> = {
  cap_nats: [0, 10, 0.1],
  smallest_effect: [0.01, 2, 0.01],
};
const kShare: [number, number, number] = [0, 1, 0.05];

/** Every number of the file that is not the starting point, in the file's order. */
export function fields(parameters: Parameters): Field[] {
  const found: Field[] = [];
  const walk = (tree: Parameters, path: string[]): void => {
    for (const [name, value] of Object.entries(tree)) {
      if (path.length === 0 && name === 'prior') continue;
      const here = [...path, name];
      if (typeof value === 'number') {
        const group = path[0] ?? '';
        const [low, high, step] = kOwn[name] ?? kRange[group] ?? kShare;
        found.push({
          path: here.join('.'),
          group,
          name,
          value,
          low: Math.min(low, value),
          high: Math.max(high, value),
          step,
        });
      } else if (value && typeof value === 'object' && !Array.isArray(value)) {
        walk(value as Parameters, here);
      }
    }
  };
  walk(parameters, []);
  return found;
}

/** What the address says was changed: "cap_nats.rct_phase2:3,ignorance_weight:4". Others are left out. */
export function read_changes(text: string | null, known: readonly Field[]): Changes {
  const by_path = new Map(known.map((field) => [field.path, field]));
  const changes = new Map<string, number>();
  for (const part of (text ?? '').split(',')) {
    const [path = '', number = ''] = part.split(':');
    const field = by_path.get(path);
    const value = Number(number);
    if (!field || number.trim() === '' || !Number.isFinite(value)) continue;
    if (value < field.low || value > field.high || value === field.value) continue;
    changes.set(path, value);
  }
  return changes;
}

/** The same as text for the address; null when nothing is changed. */
export function write_changes(changes: Changes): string | null {
  const text = [...changes].map(([path, value]) => `${path}:${value}`).join(',');
  return text || null;
}

/** The same as the nested document that the server takes. */
export function nested(changes: Changes): Parameters {
  const tree: Parameters = {};
  for (const [path, value] of changes) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    let at = tree;
    for (const name of names) at = (at[name] ??= {}) as Parameters;
    at[last] = value;
  }
  return tree;
}
