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
  #waiting: unknown[] = [];
  #sending = false;
  constructor(readonly client: string) {}

  said(one: Saying): void {
    if (this.#waiting.length >= kMost) this.#waiting.shift();
    this.#waiting.push({
      client: this.client,
      lang: one.lang,
      words: wire(one.words),
      selections: one.selections,
      undos: one.undos,
      begun_at: new Date(Date.now() - one.seconds * 1000).toISOString(),
      seconds: Math.round(one.seconds * 10) / 10,
      ...(one.question ? { question: one.question } : {}),
    });
    void this.#send();
  }

  async #send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    while (this.#waiting.length > 0) {
      try {
        await post('/api/speak/said', this.#waiting[0]);
        this.#waiting.shift();
      } catch (error) {
        if (!is_gone(error)) this.#waiting.shift();
        else await new Promise((go) => setTimeout(go, kAgain_ms));
      }
    }
    this.#sending = false;
  }
}
