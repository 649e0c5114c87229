// Paths of the People charts: steps, bands and lines from points to pixels. Pure.

/** A linear map from data to pixels. */
export type Scale = (value: number) => number;

export function scale(from: number, to: number, start_px: number, end_px: number): Scale {
  const span = to - from || 1;
  return (value) => start_px + ((value - from) / span) * (end_px - start_px);
}

type XY = readonly [number, number];

/** A line through the points. */
export function line(points: readonly XY[]): string {
  return points.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');
}

/** A survival curve: flat until the next point, then straight down to it. */
export function steps(points: readonly XY[]): string {
  return points
    .map(([x, y], i) =>
      i ? `H${x.toFixed(1)}V${y.toFixed(1)}` : `M${x.toFixed(1)} ${y.toFixed(1)}`,
    )
    .join('');
}

/** The area between an upper and a lower line over the same x. */
export function band(upper: readonly XY[], lower: readonly XY[]): string {
  return upper.length ? `${line(upper)}${line([...lower].reverse()).replace('M', 'L')}Z` : '';
}

/** The corners of a step curve, for a band around it. */
export function corners(points: readonly XY[]): XY[] {
  return points.flatMap(([x, y], i) => {
    const before = points[i - 1];
    return before ? [[x, before[1]] as XY, [x, y] as XY] : [[x, y] as XY];
  });
}

/** Round marks of an axis in months: whole years, not more than about `most`. */
export function month_marks(last: number, most = 8): number[] {
  const step = [6, 12, 24, 36, 60, 120].find((months) => last / months <= most) ?? 240;
  const marks: number[] = [];
  for (let month = 0; month <= last; month += step) marks.push(month);
  return marks;
}

/** Marks 6 or 12 points apart from `from` to `to`, 0 among them; both ends are multiples of 6. */
export function even_marks(from: number, to: number): number[] {
  const step = to - from > 36 ? 12 : 6;
  const marks: number[] = [];
  for (let mark = Math.ceil(from / step) * step; mark <= to; mark += step)
    marks.push(mark === 0 ? 0 : mark);
  return marks;
}
