// One function a call of the care board. A change is followed by reading the board again.
import { get, post } from '../api';
import { in_seconds } from './times';
import type { Care, History, Reminder, ReminderDraft } from './types';

export const get_care = async (signal: AbortSignal) =>
  in_seconds<Care>(await get('/api/care', {}, signal));
export const get_history = async (days: number, signal: AbortSignal) =>
  in_seconds<History>(await get('/api/care/history', { days }, signal));

export const start_call = () => post<unknown>('/api/care/call', { kind: 'call' });
export const cancel_call = (id: string) => post<unknown>('/api/care/call/cancel', { id });
export const acknowledge_call = (id: string, name: string) =>
  post<unknown>('/api/care/call/acknowledge', { id, name });

/** The time that was shown: where somebody settled it before, nothing changes. */
const shown = ({ id, due_at }: Reminder) => ({
  reminder: id,
  due_at: due_at === null ? '' : new Date(due_at * 1000).toISOString(),
});
export const mark_done = (one: Reminder, name: string, by: 'partner' | 'gaze') =>
  post<unknown>('/api/care/done', { ...shown(one), name, by });
export const snooze = (one: Reminder, minutes: number, name: string) =>
  post<unknown>('/api/care/snooze', { ...shown(one), minutes, name });
export const mark_seen = (missed: string[], name: string) =>
  post<unknown>('/api/care/seen', { missed, name });

export const keep_reminder = (draft: ReminderDraft) => post<unknown>('/api/care/reminder', draft);
export const remove_reminder = (id: string) => post<unknown>('/api/care/reminder/remove', { id });
