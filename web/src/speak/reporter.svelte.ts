// Tells the server what was said, in order; what it could not take waits in this browser until it can.
import { post } from '../api';
import type { Problem } from '../api';
import type { Lang, Word } from '../compose/word';
import { get_said, is_gone, wire } from './calls';
import { UnsaidQueue } from './unsaid';
import type { Unsaid } from './unsaid';

export interface Saying {
  lang: Lang;
  words: readonly Word[];
  selections: number;
  undos: number;
  /** From the first selection to the saying, by a clock that nobody sets. */
  seconds: number;
  question: string | null;
}

const kKept = 'thaw.speak.unsaid';
const kLook = 100; // of what was said last, looked through for one whose answer was lost

let counter = 0;
let memory: string | null = null; // where the browser stores nothing

const read = (): string | null => {
  try {
    return localStorage.getItem(kKept) ?? memory;
  } catch {
    return memory;
  }
};
const store = (text: string): boolean => {
  try {
    localStorage.setItem(kKept, text);
    memory = null;
    return true;
  } catch {
    memory = text;
    return false;
  }
};

export class Reporter {
  /** Sayings that no server has heard of yet. */
  waiting = $state(0);
  /** What the server did not take; kept here until it is looked at. */
  refused = $state.raw<readonly Unsaid[]>([]);
  #queue: UnsaidQueue;

  constructor(readonly client: string) {
    this.#queue = new UnsaidQueue(
      {
        read,
        store,
        send: async (body) => (await post<{ id: string }>('/api/speak/said', body)).id,
        list: async () => (await get_said(kLook)).said,
        why: (error) =>
          is_gone(error) || (error as Problem).kind === 'unavailable' ? 'gone' : 'refused',
        alone: (run) => (navigator.locks ? navigator.locks.request(kKept, run) : run()),
        later: (run, ms) => void setTimeout(run, ms),
        now: () => Date.now(),
      },
      (kept) => {
        this.waiting = kept.waiting.length;
        this.refused = kept.refused;
      },
    );
  }

  /** Other tabs of this browser keep in the same place. Gives how to stop listening. */
  watch(): () => void {
    const other = (event: StorageEvent) => {
      if (event.key === kKept) this.#queue.changed();
    };
    addEventListener('storage', other);
    return () => removeEventListener('storage', other);
  }

  /** Gives the id that the server keeps it by, or null where it was not kept. */
  said(one: Saying): Promise<string | null> {
    return this.#queue.add(`${this.client}-${(counter += 1)}`, {
      client: this.client,
      lang: one.lang,
      words: wire(one.words),
      selections: one.selections,
      undos: one.undos,
      seconds: Math.round(one.seconds * 1000) / 1000,
      ...(one.question ? { question: one.question } : {}),
    });
  }

  clear_refused = (): void => this.#queue.clear_refused();
}
