// Places of kept reports on a small picture: days across, points up. Pure.
import type { KeptReport } from './calls';
import type { Domain } from './report';

export interface Point {
  x: number;
  low: number;
  high: number;
  date: string;
}

/** The reports of one domain on a picture of `width` by `height` with `edge` left free; y grows down. */
export function course(
  reports: readonly Pick<KeptReport, 'date' | 'domains'>[],
  domain: Domain,
  { width, height, edge }: { width: number; height: number; edge: number },
): Point[] {
  const kMost = 12;
  const days = reports.map(({ date }) => Date.parse(`${date}T00:00:00Z`));
  const first = Math.min(...days);
  const span = Math.max(...days) - first;
  const y = (points: number) => edge + (1 - points / kMost) * (height - 2 * edge);
  return reports.map((one, i) => ({
    // A single report, or several of one day, stand in the middle.
    x: span > 0 ? edge + (((days[i] ?? first) - first) / span) * (width - 2 * edge) : width / 2,
    low: y(one.domains[domain].low),
    high: y(one.domains[domain].high),
    date: one.date,
  }));
}

/** The line through the reports that have all three answers of the domain; others break it. */
export function whole_line(points: readonly Point[]): string {
  let pen = 'M';
  return points
    .map((point) => {
      if (point.low !== point.high) {
        pen = 'M';
        return '';
      }
      const piece = `${pen}${point.x.toFixed(1)} ${point.low.toFixed(1)}`;
      pen = 'L';
      return piece;
    })
    .join('');
}
