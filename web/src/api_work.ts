// The calls of the pages that work on the evidence: reading lists, sending verdicts, files and jobs.
import { get, post, Problem, send } from './api';
import type {
  CalibrationSets,
  Changes,
  ClaimList,
  Contradictions,
  Curators,
  DocumentList,
  Found,
  Job,
  Paper,
  Presets,
  ReviewQueue,
} from './types_work';
import type { Weigh } from './types';

type Query = Record<string, string | number | null | undefined>;

export const get_claims = (query: Query, signal: AbortSignal) =>
  get<ClaimList>('/api/claims', query, signal);
export const get_documents = (query: Query, signal: AbortSignal) =>
  get<DocumentList>('/api/documents', query, signal);
/** The papers that hold all of these words, best first, with the words around them. */
export async function find_documents(query: Query, signal: AbortSignal): Promise<DocumentList> {
  const found = await get<Found>('/api/search', { ...query, in: 'documents' }, signal);
  const part = found.parts[0] ?? { total: 0, offset: 0, hits: [] };
  const documents = part.hits.map((hit) => ({
    id: hit.id,
    title: hit.title.en || hit.title.zh,
    journal: null,
    language: hit.language ?? null,
    snippet: `${hit.snippet.cut_before ? '…' : ''}${hit.snippet.text}${hit.snippet.cut_after ? '…' : ''}`,
  }));
  return { total: part.total, offset: part.offset, documents };
}
export const get_document = (query: Query, signal: AbortSignal) =>
  get<Paper>('/api/document', query, signal);
export const get_formats = (signal: AbortSignal) =>
  get<{ formats: { name: string; about: string }[] }>('/api/formats', {}, signal);
export const get_jobs = (signal: AbortSignal) => get<{ jobs: Job[] }>('/api/jobs', {}, signal);
export const get_review = (query: Query, signal: AbortSignal) =>
  get<ReviewQueue>('/api/review', query, signal);
export const get_curators = (signal: AbortSignal) => get<Curators>('/api/curators', {}, signal);
export const get_contradictions = (query: Query, signal: AbortSignal) =>
  get<Contradictions>('/api/contradictions', query, signal);
export const get_presets = (signal: AbortSignal) => get<Presets>('/api/presets', {}, signal);
export const get_calibration = (signal: AbortSignal) =>
  get<CalibrationSets>('/api/calibration', {}, signal);
export const get_changes = (query: Query, signal: AbortSignal) =>
  get<Changes>('/api/changes', query, signal);

export const post_assess = (body: {
  item: string;
  verdict: string;
  reason: string;
  curator: string;
}) => post<{ assessment: number; item: string }>('/api/assess', body);
export const post_curator = (curator: string) =>
  post<{ curator?: string }>('/api/curators', { curator });
export const post_keep = (body: { document: string; claims: string[]; threshold: number }) =>
  post<{ kept: number }>('/api/keep', body);
export const post_reweigh = (body: unknown, signal: AbortSignal) =>
  post<Weigh & { changed: string[] }>('/api/reweigh', body, signal);
export const cancel_job = (job: string) => post<Job>('/api/job/cancel', { job });

/** Announces a file and sends it piece by piece; its upload. `sent` hears the bytes received. */
export async function send_file(
  file: File,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const ticket = await post<{ upload: string; piece_bytes: number }>(
    '/api/uploads',
    { name: file.name, bytes: file.size },
    signal,
  );
  const step = Math.max(1, ticket.piece_bytes);
  let received = 0;
  while (received < file.size) {
    const piece = file.slice(received, received + step);
    received += piece.size;
    await send_piece({ upload: ticket.upload, offset: received - piece.size }, piece, signal);
    sent(received);
  }
  return ticket.upload;
}

/** Sends a file and starts its import; the job. */
export async function import_file(
  file: File,
  format: string | null,
  sent: (bytes: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const upload = await send_file(file, sent, signal);
  const body = format ? { upload, as: format } : { upload };
  return (await post<{ job: string }>('/api/imports', body, signal)).job;
}

const kTries = 4;
const kPause_ms = 700;

/** Sends a piece, again where no answer came: one that is there already is taken without harm. */
async function send_piece(query: Query, piece: Blob, signal: AbortSignal): Promise<void> {
  for (let left = kTries - 1; ; left -= 1) {
    try {
      await send<{ received: number }>('/api/upload', query, piece, signal);
      return;
    } catch (error) {
      if (left === 0 || !(error instanceof Problem) || error.kind !== 'unreachable') throw error;
      await new Promise((done) => setTimeout(done, kPause_ms));
      signal.throwIfAborted();
    }
  }
}

const kOver = new Set(['done', 'failed', 'cancelled']);
const kPoll_ms = 1000;
/** A browser opens six connections to a server; a stream keeps one for as long as its job runs. */
const kStreamsMost = 2;
let streams = 0;

/** True when a job will not change any more. */
export const is_over = (job: Job) => kOver.has(job.state);

/**
 * Hears of every step of a job until it is over: by server-sent events, and by asking again where
 * those do not come through. Gives the function that stops listening.
 */
export function follow_job(job: string, hear: (job: Job) => void): () => void {
  let stopped = false;
  let timer = 0;
  let events: EventSource | null = null;
  const hang_up = (): void => {
    if (events) streams -= 1;
    events?.close();
    events = null;
  };
  const stop = (): void => {
    stopped = true;
    hang_up();
    clearTimeout(timer);
  };
  const take = (told: Job): void => {
    if (stopped) return;
    hear(told);
    if (is_over(told)) stop();
  };
  const poll = async (): Promise<void> => {
    if (stopped) return;
    try {
      take(await get<Job>('/api/job', { job }, new AbortController().signal));
    } catch {
      /* The next round asks again. */
    }
    if (!stopped) timer = window.setTimeout(poll, kPoll_ms);
  };
  if (streams >= kStreamsMost) {
    void poll();
    return stop;
  }
  streams += 1;
  events = new EventSource(`/api/job/events?job=${encodeURIComponent(job)}`);
  events.onmessage = (event) => {
    try {
      take(JSON.parse(event.data) as Job);
    } catch {
      /* Half a line: the next one says more. */
    }
  };
  events.onerror = () => {
    hang_up();
    clearTimeout(timer);
    void poll();
  };
  return stop;
}
