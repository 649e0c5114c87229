// One document kept fresh: server-sent events where they work, asking again and again where they do
// not. An event only says that something changed; the document is then read anew, so nothing that was
// missed while the line was down stays missed.
import { Problem } from '../api';

export type Line = 'opening' | 'live' | 'asking' | 'lost';

const kPatience_ms = 8_000;
const kAsk_ms = 3_000;
/** Also over a line that looks well: a phone that slept may hold a dead one. */
const kCheck_ms = 15_000;
const kGather_ms = 40;

interface Wants<T> {
  read: (signal: AbortSignal) => Promise<T>;
  events: string;
  names: readonly string[];
  /** What an event's data can change at once, before the document is read again. */
  patch?: (now: T, name: string, data: unknown) => T;
  /** False where listening would be refused. */
  may_listen?: (now: T) => boolean;
}

export class Live<T> {
  data = $state.raw<T | null>(null);
  /** When `data` was read, on the page's own clock (performance.now). */
  read_at = $state(0);
  problem = $state.raw<Problem | null>(null);
  line = $state<Line>('opening');
  #wants: Wants<T>;
  #source: EventSource | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reading = false;
  #again = false;
  #ended = false;

  constructor(wants: Wants<T>) {
    this.#wants = wants;
    $effect(() => {
      const wake = (): void => {
        if (document.visibilityState === 'visible') this.refresh();
      };
      document.addEventListener('visibilitychange', wake);
      addEventListener('online', wake);
      this.refresh();
      return () => {
        this.#ended = true;
        document.removeEventListener('visibilitychange', wake);
        removeEventListener('online', wake);
        clearTimeout(this.#timer);
        this.#source?.close();
      };
    });
  }

  /** Reads the document now, or once more when a reading is under way. */
  refresh = (): void => {
    if (this.#reading) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    void this.#read();
  };

  async #read(): Promise<void> {
    this.#reading = true;
    this.#again = false;
    try {
      this.data = await this.#wants.read(AbortSignal.timeout(kPatience_ms));
      this.read_at = performance.now();
      this.problem = null;
      this.#listen();
      if (this.line !== 'live') this.line = 'asking';
    } catch (error) {
      this.problem = error instanceof Problem ? error : new Problem('unreachable', '');
      this.line = 'lost';
      this.#source?.close();
      this.#source = null;
    }
    this.#reading = false;
    if (this.#ended) return;
    const wait = this.#again ? kGather_ms : this.line === 'live' ? kCheck_ms : kAsk_ms;
    this.#timer = setTimeout(this.refresh, wait);
  }

  #listen(): void {
    const { events, names, may_listen } = this.#wants;
    if (this.#source || this.#ended || typeof EventSource === 'undefined') return;
    if (may_listen && this.data && !may_listen(this.data)) return;
    const source = new EventSource(events);
    this.#source = source;
    source.onopen = () => {
      this.line = 'live';
      this.refresh();
    };
    source.onerror = () => {
      // Reading again finds out whether the server is gone or only this way of hearing of it.
      source.close();
      if (this.#source === source) this.#source = null;
      if (this.line === 'live') this.line = 'asking';
      clearTimeout(this.#timer);
      this.#timer = setTimeout(this.refresh, kAsk_ms / 3);
    };
    for (const name of names) source.addEventListener(name, (event) => this.#hear(name, event));
  }

  #hear(name: string, event: Event): void {
    const { patch } = this.#wants;
    if (patch && this.data && event instanceof MessageEvent) {
      try {
        this.data = patch(this.data, name, JSON.parse(String(event.data)));
      } catch {
        // Reading the document again, below, tells what an event could not.
      }
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.refresh, kGather_ms);
  }
}
