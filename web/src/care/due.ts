// What is due when, in words. Pure; times are Unix seconds.
import type { Text } from '../i18n';
import { hhmm } from './clock';
import type { Care, Reminder } from './types';

/** Most urgent first: overdue, due, snoozed and waiting by their time, what is off last. */
export function by_urgency(reminders: readonly Reminder[]): Reminder[] {
  return [...reminders].sort(
    (a, b) => rank(a) - rank(b) || next_at(a) - next_at(b) || (a.id < b.id ? -1 : 1),
  );
}

function rank(one: Reminder): number {
  if (!one.enabled) return 3;
  return one.state === 'overdue' ? 0 : one.state === 'due' ? 1 : 2;
}

/** When a reminder next asks for someone: after a snooze its end. Infinity when never. */
export function next_at(one: Reminder): number {
  if (one.state === 'snoozed' && one.snoozed_until !== null) return one.snoozed_until;
  return one.due_at ?? Infinity;
}

/** What asks for someone now. */
export const asking = (reminders: readonly Reminder[]): Reminder[] =>
  by_urgency(reminders).filter(
    (one) => one.enabled && (one.state === 'due' || one.state === 'overdue'),
  );

/** What comes next, in the order of its time. */
export const coming = (reminders: readonly Reminder[], most = 3): Reminder[] =>
  reminders
    .filter((one) => one.enabled && !['due', 'overdue'].includes(one.state))
    .filter((one) => next_at(one) !== Infinity)
    .sort((a, b) => next_at(a) - next_at(b))
    .slice(0, most);

/** Whole minutes from now, rounded so that "in 0 min" never stands for a time still to come. */
export function minutes_until(at: number, now: number): number {
  return at >= now ? Math.ceil((at - now) / 60) : -Math.floor((now - at) / 60);
}

/** "42 min", "2 h", "2 h 05 min". */
export function span(minutes: number): Text {
  const size = Math.abs(minutes);
  const h = Math.floor(size / 60);
  const m = size % 60;
  if (h === 0) return { en: `${m} min`, zh: `${m} 分钟` };
  if (m === 0) return { en: `${h} h`, zh: `${h} 小时` };
  return { en: `${h} h ${m} min`, zh: `${h} 小时 ${m} 分钟` };
}

/** When a reminder is due, as a short line. */
export function when(one: Reminder, now: number, offset_min: number): Text {
  if (!one.enabled) return { en: 'off', zh: '已关闭' };
  const at = next_at(one);
  if (at === Infinity)
    return one.every_min === null
      ? { en: 'no time set', zh: '没有设定时间' }
      : { en: 'counts while you write', zh: '写字时才计时' };
  const clock = hhmm(at, offset_min);
  const left = minutes_until(at, now);
  if (one.state === 'snoozed') return { en: `again at ${clock}`, zh: `推迟到 ${clock}` };
  if (left > 0) {
    const text = span(left);
    return { en: `in ${text.en}, at ${clock}`, zh: `${text.zh}后，${clock}` };
  }
  if (left === 0) return { en: 'now', zh: '现在' };
  const text = span(left);
  return { en: `since ${text.en}, ${clock}`, zh: `已到 ${text.zh}，${clock}` };
}

/** How often a reminder comes, as a short line. */
export function rhythm(one: Pick<Reminder, 'every_min' | 'at' | 'from' | 'until'>): Text {
  if (one.at && one.at.length > 0) {
    const times = [...one.at].sort();
    return { en: `daily at ${times.join(', ')}`, zh: `每天 ${times.join('、')}` };
  }
  if (one.every_min === null) return { en: 'no time set', zh: '没有设定时间' };
  const every = span(one.every_min);
  const all_day = one.from === null || one.until === null || one.from === one.until;
  return all_day
    ? { en: `every ${every.en}, day and night`, zh: `每 ${every.zh}，日夜都提醒` }
    : {
        en: `every ${every.en}, from ${one.from} to ${one.until}`,
        zh: `每 ${every.zh}，${one.from} 至 ${one.until}`,
      };
}

/** Why a draft cannot be kept, or null. */
export function fault(draft: {
  text: Text;
  every_min: number | null;
  at: string[] | null;
}): 'text' | 'time' | null {
  if (!draft.text.en.trim() && !draft.text.zh.trim()) return 'text';
  const by_minutes = draft.every_min !== null && draft.every_min >= 5 && draft.every_min <= 1440;
  const by_times = (draft.at?.length ?? 0) > 0;
  return by_minutes === by_times ? 'time' : null;
}

/** How many things wait for someone: due, overdue and missed while off. */
export const waiting = (care: Care | null): number =>
  care ? asking(care.reminders).length + care.missed.length : 0;
