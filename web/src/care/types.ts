// The documents of care and of the listeners, as the server gives them. Times are Unix seconds.
import type { Lang, Text } from '../i18n';

export type ReminderState = 'waiting' | 'due' | 'overdue' | 'snoozed';

export interface Reminder {
  id: string;
  kind: string;
  text: Text;
  every_min: number | null;
  at: string[] | null;
  from: string | null;
  until: string | null;
  enabled: boolean;
  due_at: number | null;
  state: ReminderState;
  snoozed_until: number | null;
  escalate_after_min: number | null;
}

/** What the person sets; the server adds the rest. */
export type ReminderDraft = Omit<Reminder, 'id' | 'due_at' | 'state' | 'snoozed_until'> & {
  id?: string;
};

export interface Call {
  id: string;
  began_at: number;
  kind: 'call' | 'overdue';
  by: string | null;
  /** The one that is overdue. */
  reminder?: string | null;
}

export interface Missed {
  id: string;
  reminder: string;
  due_at: number;
  /** How many times in a row. */
  times?: number;
}

export interface Care {
  now: number;
  zone_offset_min: number;
  call: Call | null;
  reminders: Reminder[];
  missed: Missed[];
  notice: Text;
}

export type What =
  'done' | 'snoozed' | 'missed' | 'escalated' | 'called' | 'acknowledged' | 'cancelled';

export interface CareEvent {
  id: string;
  at: number;
  kind: string;
  reminder: string | null;
  what: What;
  name: string | null;
  by: 'partner' | 'gaze' | 'program' | null;
  late_min: number | null;
  times?: number;
}

export interface History {
  days: { date: string; events: CareEvent[] }[];
}

export interface Word {
  text: string;
  pinyin: string;
}

export interface Said {
  id: string;
  at: number;
  lang: Lang;
  text: string;
}

export interface Board {
  question: string;
  by: string | null;
  asked_at: number;
  answer: 'yes' | 'no' | 'unsure' | null;
  answered_at: number | null;
}

export interface Question {
  id: string;
  from: string;
  text: string;
  lang: Lang;
  asked_at: number;
  state: 'open' | 'sent';
  answer: {
    sentences: { words: Word[]; lang: Lang; state: string }[];
    seconds: number;
    selections: number;
  } | null;
}

export interface Partner {
  paired: boolean;
  here: boolean;
  name: string | null;
  composing: boolean;
  draft: string | null;
  said: Said[];
  board: Board | null;
  care: Care | null;
  questions: Question[];
}
