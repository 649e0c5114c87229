// Tells the server what was said, in order; what it could not take waits until it can.
import { post } from '../api';
import type { Lang, Word } from '../compose/word';
import { is_gone, wire } from './calls';

export interface Saying {
  lang: Lang;
  words: readonly Word[];
  selections: number;
  undos: number;
  /** From the first selection to the saying, by a clock that nobody sets. */
  seconds: number;
  question: string | null;
}

const kAgain_ms = 3000;
const kMost = 500;

export class Reporter {
  #waiting: { body: unknown; done: (id: string | null) => void }[] = [];
  #sending = false;
  constructor(readonly client: string) {}

  /** Gives the id that the server keeps it by, or null where it was not kept. */
  said(one: Saying): Promise<string | null> {
    if (this.#waiting.length >= kMost) this.#waiting.shift()?.done(null);
    const body = {
      client: this.client,
      lang: one.lang,
      words: wire(one.words),
      selections: one.selections,
      undos: one.undos,
      begun_at: new Date(Date.now() - one.seconds * 1000).toISOString(),
      ...(one.question ? { question: one.question } : {}),
    };
    return new Promise((done) => {
      this.#waiting.push({ body, done });
      void this.#send();
    });
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#waiting.length > 0) {
      try {
        const { id } = await post<{ id: string }>('/api/speak/said', this.#waiting[0]!.body);
        this.#waiting.shift()?.done(id);
      } catch (error) {
        if (!is_gone(error)) this.#waiting.shift()?.done(null);
        else await new Promise((go) => setTimeout(go, kAgain_ms));
      }
    }
    this.#sending = false;
  }
}
