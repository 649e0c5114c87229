// The server writes times as "2026-11-26T04:25:07Z"; the pages count in Unix seconds. Pure.

const kTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const kNamed = /^(now|at|.+_at|.+_until)$/;

/** The same document with every member that is named as a time, and is one, in Unix seconds. */
export function in_seconds<T>(document: unknown): T {
  return walk(document, '') as T;
}

function walk(value: unknown, name: string): unknown {
  if (typeof value === 'string')
    return kNamed.test(name) && kTime.test(value) ? Math.floor(Date.parse(value) / 1000) : value;
  if (Array.isArray(value)) return value.map((one) => walk(one, ''));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, key)]));
}
