// One function a call of the speaking page. Failures are `Problem`s, as on every page.
import { get, post, Problem } from '../api';
import type { Text } from '../i18n';
import type { Offer } from '../compose/composer';
import { word } from '../compose/word';
import type { Lang, Word } from '../compose/word';
import type {
  Call,
  Care,
  Expander,
  PhrasePage,
  Question,
  Reminder,
  SaidLine,
  SpeakState,
  SpokenAnswer,
  Suggestions,
  Use,
  WireOffer,
  WireWord,
} from './types';

const never = new AbortController().signal;

export const wire = (words: readonly Word[]): WireWord[] =>
  words.map(({ text, pinyin }) => ({ text, pinyin }));
export const words_from = (words: readonly WireWord[] | undefined, lang: Lang): Word[] =>
  (words ?? []).map((one) => word(one.text, one.pinyin ?? '', lang));
export const offers_from = (offers: readonly WireOffer[] | undefined, lang: Lang): Offer[] =>
  (offers ?? []).map((one) => ({
    text: one.text,
    words: words_from(one.words, lang),
    source: one.source,
    letters_used: one.letters_used ?? 0,
  }));

export interface Ask {
  lang: Lang;
  before: string;
  typed: string;
  offers: number;
  page: number;
}
export const suggest = (ask: Ask, signal: AbortSignal) =>
  post<Suggestions>('/api/gaze/suggest', ask, signal);
export const alternatives = (
  ask: { lang: Lang; before: string; word: WireWord; after: string; offers: number },
  signal: AbortSignal,
) => post<{ offers: WireOffer[] }>('/api/gaze/alternatives', ask, signal);
export const cut_words = (lang: Lang, text: string) =>
  post<{ words: WireWord[] }>('/api/gaze/words', { lang, text });
export const get_expander = () => get<Expander>('/api/gaze/expander', {}, never);
export const expand = (lang: Lang, keywords: string, dialogue: string[]) =>
  post<{ sent: unknown; sentences: { text: string; words: WireWord[] }[] }>('/api/gaze/expand', {
    lang,
    keywords,
    dialogue,
  });

export const voice_of = (lang: Lang, words: readonly Word[], rate: number, signal?: AbortSignal) =>
  post<SpokenAnswer>('/api/voice', { lang, words: wire(words), rate }, signal);

export const get_state = () => get<SpeakState>('/api/speak/state', {}, never);
export const take = (client: string) => post<SpeakState>('/api/speak/take', { client });
export const select = (body: {
  client: string;
  revision: number;
  act: string;
  key: string;
  draft: unknown;
}) => post<{ revision: number }>('/api/speak/select', body);
export const get_said = (limit: number) =>
  get<{ said: SaidLine[] }>('/api/speak/said', { limit }, never);
export const forget = (id: string) => post<unknown>('/api/speak/forget', { id });
export const get_phrases = () => get<{ pages: PhrasePage[] }>('/api/speak/phrases', {}, never);
export const keep_phrase = (body: { id?: string; page: string; place: number; text: Text }) =>
  post<{ id: string }>('/api/speak/phrase', body);
export const remove_phrase = (id: string) => post<unknown>('/api/speak/phrase/remove', { id });
export const get_settings = () => get<Record<string, unknown>>('/api/speak/settings', {}, never);
export const set_settings = (settings: unknown) => post<unknown>('/api/speak/settings', settings);
export const get_use = (days: number) => get<Use>('/api/speak/use', { days }, never);
export const get_questions = () =>
  get<{ questions: Question[] }>('/api/speak/questions', {}, never);
export const ask_question = (body: {
  from: string;
  text: string;
  lang: Lang;
  source: 'person' | 'review';
  item?: string;
}) => post<{ id: string }>('/api/speak/question', body);
export const keep_answer = (body: unknown) => post<unknown>('/api/speak/answer', body);
export const send_answer = (question: string, confirm?: string) =>
  post<{ confirm?: string; text?: string; sent_at?: string | number }>('/api/speak/send', {
    question,
    ...(confirm ? { confirm } : {}),
  });
export const tell_composing = (composing: boolean) =>
  post<unknown>('/api/speak/composing', { composing });
export const answer_board = (answer: string) => post<unknown>('/api/speak/board', { answer });

export const get_care = () => get<Care>('/api/care', {}, never);
export const raise_call = () =>
  post<Partial<Call> & { call?: Call | null }>('/api/care/call', { kind: 'call' });
export const cancel_call = (id: string) => post<unknown>('/api/care/call/cancel', { id });

export const care_done = ({ id, due_at }: Reminder) =>
  post<Care>('/api/care/done', { reminder: id, due_at: due_at ?? '', name: '', by: 'gaze' });
export const care_snooze = ({ id, due_at }: Reminder, minutes: number) =>
  post<Care>('/api/care/snooze', {
    reminder: id,
    due_at: due_at ?? '',
    minutes,
    name: '',
    by: 'gaze',
  });

/** Whether a failure says that no server is there (and not that it refused). */
export const is_gone = (error: unknown): boolean =>
  !(error instanceof Problem) || error.kind === 'unreachable';
