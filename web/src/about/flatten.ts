// A parameter file as rows of a table: the path to each value, in the file's own order.

/** One value and where it stands: {path: "caps.rct", value: "6"}. */
export interface Row {
  path: string;
  value: string;
}

/** Rows of any JSON value. A list of plain values is one row; null is shown as "–". */
export function flatten(value: unknown, path = ''): Row[] {
  if (value === null || value === undefined) return [{ path, value: '–' }];
  if (Array.isArray(value)) {
    if (value.every((one) => one === null || typeof one !== 'object'))
      return [{ path, value: value.join(', ') }];
    return value.flatMap((one, i) => flatten(one, `${path}[${i + 1}]`));
  }
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([name, one]) =>
      flatten(one, path ? `${path}.${name}` : name),
    );
  }
  return [{ path, value: String(value) }];
}
