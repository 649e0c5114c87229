// What was said and not yet told to the server: kept in this browser, sent in order, each once. The
// server gives ids and takes none, so before an entry is sent again whose first answer was lost, what
// the server has is looked through for it. No page and no clock in here.

/** One saying on its way. `body` is the document of POST /api/speak/said. */
export interface Unsaid {
  /** Made by the page. */
  id: string;
  body: SaidBody;
  /** The server's time of what it keeps is not before this, ms; null: never sent. */
  tried_at: number | null;
}
export interface SaidBody {
  client: string;
  lang: string;
  words: { text: string; pinyin: string }[];
  selections: number;
  undos: number;
  seconds: number;
  question?: string;
}
/** A saying as the server lists it. */
export interface Listed {
  id: string;
  at: string | number;
  lang: string;
  words: { text: string; pinyin: string }[];
  selections?: number;
  undos?: number;
}
export interface Kept {
  waiting: Unsaid[];
  /** What the server did not take, newest last: shown until it is looked at. */
  refused: Unsaid[];
  /** Ids of the server that were answered already, newest last. */
  known: string[];
}

export interface Port {
  read(): string | null;
  store(text: string): boolean;
  send(body: SaidBody): Promise<string>;
  list(): Promise<readonly Listed[]>;
  /** "gone": no server, or too busy; "refused": it will never take this one. */
  why(error: unknown): 'gone' | 'refused';
  /** Runs one at a time over all tabs of this browser. */
  alone<T>(run: () => Promise<T>): Promise<T>;
  later(run: () => void, ms: number): void;
  now(): number;
}

const kMost = 500;
const kBytes = 1_000_000;
const kRefused = 20;
const kKnown = 60;
const kAgain_ms = 3000;
const kClocks_ms = 2000;

export function kept_of(text: string | null): Kept {
  const list = <T>(value: unknown, fits: (one: T) => boolean): T[] =>
    Array.isArray(value) ? (value as T[]).filter((one) => one && fits(one)) : [];
  const whole = (one: Unsaid) => typeof one.id === 'string' && Array.isArray(one.body?.words);
  let found: Record<string, unknown> = {};
  try {
    found = (JSON.parse(text ?? '{}') as Record<string, unknown> | null) ?? {};
  } catch {
    found = {};
  }
  return {
    waiting: list<Unsaid>(found['waiting'], whole),
    refused: list<Unsaid>(found['refused'], whole),
    known: list<string>(found['known'], (one) => typeof one === 'string'),
  };
}

const words_key = (words: readonly { text: string; pinyin: string }[]): string =>
  JSON.stringify(words.map((one) => [one.text, one.pinyin]));

/** The server's id of an entry that it took although its answer was lost, or null. */
export function found_in(list: readonly Listed[], one: Unsaid, known: readonly string[]) {
  if (one.tried_at === null) return null;
  const from = one.tried_at - kClocks_ms;
  const wanted = words_key(one.body.words);
  const taken = list.find(
    (each) =>
      !known.includes(each.id) &&
      new Date(each.at).getTime() >= from &&
      each.lang === one.body.lang &&
      (each.selections ?? one.body.selections) === one.body.selections &&
      (each.undos ?? one.body.undos) === one.body.undos &&
      words_key(each.words) === wanted,
  );
  return taken?.id ?? null;
}

export class UnsaidQueue {
  #kept: Kept;
  #done = new Map<string, (id: string | null) => void>();
  #sending = false;
  constructor(
    readonly port: Port,
    readonly told: (kept: Kept) => void,
  ) {
    this.#kept = kept_of(port.read());
    told(this.#kept);
    if (this.#kept.waiting.length > 0) void this.#pump();
  }

  /** Gives the id that the server keeps it by, or null where it was refused or dropped. */
  add(id: string, body: SaidBody): Promise<string | null> {
    return new Promise((done) => {
      this.#done.set(id, done);
      this.#change((kept) => kept.waiting.push({ id, body, tried_at: null }));
      void this.#pump();
    });
  }

  /** The refused ones were seen. */
  clear_refused(): void {
    this.#change((kept) => (kept.refused = []));
  }

  /** Another tab changed what is kept. */
  changed(): void {
    this.#kept = kept_of(this.port.read());
    this.told(this.#kept);
  }

  /** Reads what every tab keeps, changes it, writes it. Where nothing can be stored, memory holds it. */
  #change(change: (kept: Kept) => unknown): void {
    const text = this.port.read();
    const kept = text === null ? this.#kept : kept_of(text);
    change(kept);
    while (kept.waiting.length > kMost) this.#drop(kept);
    kept.refused = kept.refused.slice(-kRefused);
    kept.known = kept.known.slice(-kKnown);
    while (kept.waiting.length > 1 && JSON.stringify(kept).length > kBytes) this.#drop(kept);
    this.port.store(JSON.stringify(kept));
    this.#kept = kept;
    this.told(kept);
  }

  #drop(kept: Kept): void {
    const oldest = kept.waiting.shift();
    if (oldest) this.#finish(oldest.id, null);
  }

  #finish(id: string, server_id: string | null): void {
    this.#done.get(id)?.(server_id);
    this.#done.delete(id);
  }

  async #pump(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    let gone = false;
    while (!gone && this.#kept.waiting.length > 0)
      gone = !(await this.port.alone(() => this.#first()).catch(() => false));
    this.#sending = false;
    if (gone) this.port.later(() => void this.#pump(), kAgain_ms);
  }

  /** Sends the oldest one; false: nobody is there. */
  async #first(): Promise<boolean> {
    this.#change(() => undefined);
    const one = this.#kept.waiting[0];
    if (!one) return true;
    try {
      const before =
        one.tried_at === null ? null : found_in(await this.port.list(), one, this.#kept.known);
      if (!before)
        this.#change((kept) => {
          const own = kept.waiting.find((each) => each.id === one.id);
          if (own) own.tried_at ??= this.port.now();
        });
      const id = before ?? (await this.port.send(one.body));
      this.#change((kept) => {
        kept.waiting = kept.waiting.filter((each) => each.id !== one.id);
        kept.known.push(id);
      });
      this.#finish(one.id, id);
      return true;
    } catch (error) {
      if (this.port.why(error) === 'gone') return false;
      this.#change((kept) => {
        kept.waiting = kept.waiting.filter((each) => each.id !== one.id);
        kept.refused.push(one);
      });
      this.#finish(one.id, null);
      return true;
    }
  }
}
