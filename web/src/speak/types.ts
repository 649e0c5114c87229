// The documents of /api/gaze, /api/speak, /api/voice and /api/care, as docs/formats states them.
import type { Text } from '../i18n';
import type { Lang } from '../compose/word';

export interface WireWord {
  text: string;
  pinyin: string;
}
export interface WireOffer {
  text: string;
  words: WireWord[];
  source: string;
  letters_used: number;
}
export interface Suggestions {
  reading: string;
  offers: WireOffer[];
  more: boolean;
  engine: { name: string; note: Text | null };
}
export interface SpeakState {
  revision: number;
  holder: string | null;
  draft: unknown;
}
export interface Phrase {
  id: string;
  lang?: string;
  text: Text;
  words_zh: WireWord[];
}
export interface PhrasePage {
  id?: string;
  name: Text;
  phrases: Phrase[];
}
export interface SpokenAnswer {
  id: string;
  duration_ms: number;
  words: { index: number; start_ms: number; end_ms: number }[];
  url: string;
}
export interface SaidLine {
  id: string;
  at: string | number;
  lang: Lang;
  text: string;
  words: WireWord[];
}
export type SentenceMark = 'draft' | 'heard' | 'approved';
export interface Question {
  id: string;
  from: string;
  text: string;
  lang: Lang;
  source: 'person' | 'review';
  item: string | null;
  asked_at: string | number;
  state: 'open' | 'sent';
  answer: {
    sentences: { words: WireWord[]; lang: Lang; state: SentenceMark }[];
    seconds: number;
    selections: number;
  } | null;
}
export interface Use {
  days: {
    date: string;
    selections: number;
    characters: number;
    undos: number;
    offers_taken: number;
    seconds: number;
    characters_per_minute: number | null;
  }[];
  answers: {
    question: string;
    seconds: number;
    selections: number;
    characters: number;
    sentences: number;
    sent_at: string | number;
  }[];
}
export interface Call {
  id: string;
  began_at: string | number;
  kind: 'call' | 'overdue';
  by?: string;
  /** Paired screens that hear it now. */
  listening?: number;
}
export interface Reminder {
  id: string;
  kind: string;
  text: Text;
  enabled: boolean;
  due_at: string | number | null;
  snoozed_until: string | number | null;
  state: 'waiting' | 'due' | 'overdue' | 'snoozed';
}
export interface Care {
  now: string | number;
  call: Call | null;
  ended?: { id: string; how: string; name: string } | null;
  reminders: Reminder[];
  notice: Text;
}
export interface Expander {
  configured: boolean;
  host: string | null;
  leaves: Text;
}
