// One function a call. Failures are `Problem`s: the server's sentence, or a kind one of ours.
import { href } from './router';
import type {
  About,
  Asked,
  Chains,
  FoundConcept,
  Graph,
  People,
  Ranking,
  Registry,
  Status,
  Weigh,
} from './types';

/** What went wrong: `kind` as in docs/formats/api.md, or "unreachable" when no server answered. */
export class Problem extends Error {
  constructor(
    readonly kind: string,
    message: string,
    readonly suggestions: string[] = [],
  ) {
    super(message);
  }
}

type Query = Record<string, string | number | null | undefined>;

export const get_status = (signal: AbortSignal) => get<Status>('/api/status', {}, signal);
export const get_rank = (query: Query, signal: AbortSignal) =>
  get<Ranking>('/api/rank', query, signal);
export const get_weigh = (query: Query, signal: AbortSignal) =>
  get<Weigh>('/api/weigh', { ...query, explain: 1 }, signal);
export const get_ask = (query: Query, signal: AbortSignal) => get<Asked>('/api/ask', query, signal);
export const get_chains = (query: Query, signal: AbortSignal) =>
  get<Chains>('/api/chains', { k: 5, ...query }, signal);
export const get_graph = (query: Query, signal: AbortSignal) =>
  get<Graph>('/api/graph', query, signal);
export const get_concepts = (q: string, signal: AbortSignal) =>
  get<{ concepts: FoundConcept[] }>('/api/concepts', { q, limit: 8 }, signal);
export const get_registry = (query: Query, signal: AbortSignal) =>
  get<Registry>('/api/registry', query, signal);
export const get_people = (signal: AbortSignal) => get<People>('/api/people', {}, signal);
export const get_about = (signal: AbortSignal) => get<About>('/api/about', {}, signal);

export async function get<T>(path: string, query: Query, signal: AbortSignal): Promise<T> {
  return answer<T>(path, query, { headers: { accept: 'application/json' } }, signal);
}

/** Sends a JSON document. What is acknowledged is on the server's disk. */
export async function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  return answer<T>(path, {}, { method: 'POST', headers, body: JSON.stringify(body) }, signal);
}

/** Sends bytes. */
export async function send<T>(
  path: string,
  query: Query,
  body: Blob,
  signal?: AbortSignal,
): Promise<T> {
  const headers = { accept: 'application/json', 'content-type': 'application/octet-stream' };
  return answer<T>(path, query, { method: 'POST', headers, body }, signal);
}

async function answer<T>(
  path: string,
  query: Query,
  how: RequestInit,
  signal?: AbortSignal,
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(href(path, query), { ...how, ...(signal ? { signal } : {}) });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem('unreachable', '');
  }
  const body = await response.json().catch(() => null);
  if (response.ok && body !== null) return body as T;
  const told = (body as { error?: Partial<Problem> } | null)?.error;
  throw new Problem(told?.kind ?? 'unavailable', told?.message ?? '', told?.suggestions ?? []);
}
