// Nothing is lost: each selection is copied to this browser at once and sent to the server in order.
// A server that is gone is asked again and again; writing never waits for it. No page in here.

/** A selection on its way: what kind it was, never the text. */
export interface Entry {
  act: string;
  key: string;
}

export interface Port {
  send(entry: Entry, revision: number, document: unknown): Promise<number>;
  /** "gone": no server; "taken": another tab writes; "refused": it cannot take this one. */
  why(error: unknown): 'gone' | 'taken' | 'refused';
  store(copy: string): boolean;
  read(): string | null;
  later(run: () => void, ms: number): void;
}

export type Standing = 'kept' | 'sending' | 'gone' | 'taken' | 'refused';

/** The copy in this browser: its edition is the revision it rests on plus the selections since. */
export interface Copy {
  revision: number;
  unsent: number;
  document: unknown;
}

export function copy_of(text: string | null): Copy | null {
  try {
    const copy = JSON.parse(text ?? 'null') as Copy | null;
    if (!copy || typeof copy.revision !== 'number' || typeof copy.unsent !== 'number') return null;
    return copy.document && typeof copy.document === 'object' ? copy : null;
  } catch {
    return null;
  }
}

/** Which draft is the newer one; where both are as new, this browser's, which was written last. */
export function newer(
  copy: Copy | null,
  server: { revision: number; draft: unknown } | null,
): 'copy' | 'server' | 'none' {
  const there = server && server.draft && Object.keys(server.draft).length > 0 ? server : null;
  if (!copy) return there ? 'server' : 'none';
  if (!there) return 'copy';
  return copy.revision + copy.unsent >= there.revision ? 'copy' : 'server';
}

const kWaits = [500, 1000, 2000, 5000];
const kMostWaiting = 5000;

export class Keeper {
  standing: Standing = 'kept';
  #queue: Entry[] = [];
  #sending = false;
  #failures = 0;
  #document: unknown = null;

  constructor(
    readonly port: Port,
    public revision: number,
    readonly told: (standing: Standing) => void,
  ) {}

  get waiting(): number {
    return this.#queue.length;
  }

  /** After a selection. Returns at once. */
  keep(entry: Entry, document: unknown): void {
    this.#document = document;
    if (this.#queue.length < kMostWaiting) this.#queue.push(entry);
    this.#copy();
    void this.#pump();
  }

  /** The draft of the server has become this one's (after taking it over). */
  rest_on(revision: number, document?: unknown): void {
    this.revision = revision;
    this.#failures = 0;
    if (document !== undefined) this.#document = document;
    this.#say('kept');
    if (this.#document) this.#copy();
    void this.#pump();
  }

  /** Another tab holds the draft now: this one keeps still. */
  yield_to_other(): void {
    this.#queue = [];
    this.#say('taken');
  }

  #copy(): void {
    if (this.standing === 'taken') return;
    const copy = { revision: this.revision, unsent: this.#queue.length, document: this.#document };
    this.port.store(JSON.stringify(copy));
  }

  async #pump(): Promise<void> {
    if (this.#sending || this.standing === 'taken') return;
    this.#sending = true;
    while (this.#queue.length > 0) {
      try {
        if (this.standing === 'kept') this.#say('sending');
        this.revision = await this.port.send(this.#queue[0]!, this.revision, this.#document);
        this.#queue.shift();
        this.#failures = 0;
        if (this.standing !== 'sending') this.#say('sending');
        this.#copy();
      } catch (error) {
        const why = this.port.why(error);
        if (why === 'refused') this.#queue.shift();
        this.#say(why);
        if (why === 'refused') {
          this.#copy();
          continue;
        }
        this.#sending = false;
        if (why === 'gone') this.#again();
        return;
      }
    }
    this.#sending = false;
    if (this.standing === 'sending') this.#say('kept');
  }

  #again(): void {
    const ms = kWaits[Math.min(this.#failures++, kWaits.length - 1)]!;
    this.port.later(() => void this.#pump(), ms);
  }

  #say(standing: Standing): void {
    if (this.standing === standing) return;
    this.standing = standing;
    this.told(standing);
  }
}
