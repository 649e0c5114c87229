// When care is due, as a line: the reminder that is due longest, else the next one. Pure.
import type { Text } from '../i18n';
import type { Reminder } from './types';
import { speak_words as w } from './words';

export interface Due {
  reminder: Reminder;
  /** Minutes until it is due; negative when it is late. */
  minutes: number;
}

/** The enabled reminders with a time, most urgent first. `skew_ms`: the server's clock less ours. */
export function dues(reminders: readonly Reminder[], now_ms: number, skew_ms: number): Due[] {
  return reminders
    .filter((one) => one.enabled && one.due_at !== null)
    .map((reminder) => {
      const at = reminder.state === 'snoozed' ? reminder.snoozed_until : reminder.due_at;
      const due = new Date(at ?? reminder.due_at!).getTime();
      return { reminder, minutes: Math.floor((due - now_ms - skew_ms) / 60_000) };
    })
    .filter((one) => Number.isFinite(one.minutes))
    .sort((a, b) => a.minutes - b.minutes);
}

export const is_due = ({ reminder }: Due): boolean =>
  reminder.state === 'due' || reminder.state === 'overdue';

/** The line and its values, without the reminder's name. */
export function line_of(due: Due): { text: Text; values: Record<string, number> } {
  const n = Math.max(0, Math.abs(due.minutes));
  if (is_due(due))
    return due.minutes < -1
      ? { text: w.care_late, values: { n } }
      : { text: w.care_due, values: {} };
  if (n >= 60) return { text: w.care_in_h, values: { h: Math.floor(n / 60), m: n % 60 } };
  return { text: w.care_in, values: { n } };
}
