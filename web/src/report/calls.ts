// One function a call of the report.
import { get, post } from '../api';
import { in_seconds } from '../care/times';
import type { Answer, Domains, Range } from './report';

export interface KeptReport {
  id: string;
  at: number;
  date: string;
  answers: Answer[];
  gastrostomy: boolean | null;
  total: Range;
  domains: Domains;
}

export const get_reports = async (signal: AbortSignal) =>
  in_seconds<{ reports: KeptReport[] }>(await get('/api/care/reports', {}, signal));
export const keep_report = (report: {
  date: string;
  answers: Answer[];
  gastrostomy: boolean | null;
}) => post<{ id: string }>('/api/care/report', report);
export const remove_report = (id: string) => post<unknown>('/api/care/report/remove', { id });
