// A job in words and shares, and the report of an import in lines. Pure.
import type { ImportReport, Job, Refused } from '../types_work';

/** How much of a job is done, 0 to 1; null where its length is not known. */
export function share_done(job: Pick<Job, 'done' | 'total' | 'state'>): number | null {
  if (job.state === 'done') return 1;
  if (!job.total || job.total <= 0) return null;
  return Math.min(1, Math.max(0, job.done / job.total));
}

export type Span = { n: number; unit: 'seconds' | 'minutes' | 'hours' };

/** A time left as people say it: "40 s", "3 min", "2 h"; null where it is not known. */
export function time_left(seconds: number | null | undefined): Span | null {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds) || seconds < 0)
    return null;
  if (seconds < 90) return { n: Math.max(1, Math.ceil(seconds)), unit: 'seconds' };
  if (seconds < 90 * 60) return { n: Math.round(seconds / 60), unit: 'minutes' };
  return { n: Math.round(seconds / 3600), unit: 'hours' };
}

const kCounts = ['rows_read', 'kept', 'added', 'changed', 'unchanged'] as const;

export interface ReportLines {
  counts: { name: (typeof kCounts)[number]; n: number }[];
  refused_total: number;
  refused: Refused[];
  /** How often each sort of reason was given, where more was refused than is named. */
  sorts: { reason: string; count: number }[];
}

/** The counts that a report has, and the refused lines that it names. */
export function lines_of(report: ImportReport): ReportLines {
  const listed = Array.isArray(report.refused) ? report.refused : [];
  const told = typeof report.refused === 'number' ? report.refused : listed.length;
  return {
    counts: kCounts.flatMap((name) => {
      const n = report[name];
      return typeof n === 'number' ? [{ name, n }] : [];
    }),
    refused_total: Math.max(told, Number(report.refused_total ?? 0)),
    refused: listed,
    sorts: report.refused_by_reason ?? [],
  };
}

/** Bytes as people read them: "1.4 MB". */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let at = 0;
  while (value >= 1000 && at < units.length - 1) {
    value /= 1000;
    at += 1;
  }
  return `${at === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[at]}`;
}
