// One function a call of the listener's page.
import { get, post } from '../api';
import type { Lang } from '../i18n';
import { in_seconds } from '../care/times';
import type { Partner } from '../care/types';

export interface Code {
  code: string;
  expires_at: number;
  addresses: string[];
}

/** A screen that is not paired is told nothing but that. */
const kNothing = {
  name: null,
  composing: false,
  draft: null,
  said: [],
  board: null,
  care: null,
  questions: [],
};

export const get_partner = async (signal: AbortSignal): Promise<Partner> => ({
  ...kNothing,
  ...in_seconds<Partner>(await get('/api/partner', {}, signal)),
});
export const pair = (code: string, name: string) =>
  post<{ name: string }>('/api/partner/pair', { code, name });
export const new_code = async () => in_seconds<Code>(await post('/api/partner/code', {}));
export const get_list = (signal: AbortSignal) =>
  get<{ partners: { name: string; since?: number }[] }>('/api/partner/list', {}, signal);
export const forget = (name: string) => post<unknown>('/api/partner/forget', { name });
export const ask_board = (question: string | null) =>
  post<unknown>('/api/partner/board', { question });
export const ask_question = (from: string, text: string, lang: Lang) =>
  post<unknown>('/api/speak/question', { from, text, lang, source: 'person' });
