// The line to the server: the draft kept there and here, which tab writes, what the others do.
import { Problem } from '../api';
import { get_state, is_gone, select, take } from './calls';
import { copy_of, Keeper, newer } from './keep';
import type { Standing } from './keep';

const kCopy = 'thaw.speak.draft';
const kWriter = 'thaw.speak.writer';

const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
};
const store = (key: string, text: string): boolean => {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
};

/** A name for this tab, new with every load: the tab opened last takes the draft. */
const name_tab = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (one) =>
    one.toString(16).padStart(2, '0'),
  ).join('');

type Hear = (name: string, data: Record<string, unknown>) => void;
const kEvents = [
  'said',
  'call',
  'care',
  'question',
  'answer',
  'holder',
  'composing',
  'board',
  'partner',
  'settings',
] as const;

export class Session {
  readonly client = name_tab();
  standing = $state<Standing>('kept');
  /** Whether the server answers at all; false is shown as a quiet sign. */
  online = $state(true);
  /** Whether this machine may write at all: elsewhere one can only look. */
  denied = $state(false);
  #keeper: Keeper;
  #document: () => unknown;

  constructor(document: () => unknown) {
    this.#document = document;
    this.#keeper = new Keeper(
      {
        send: async (entry, revision, draft) =>
          (await select({ client: this.client, revision, ...entry, draft })).revision,
        why: (error) =>
          is_gone(error)
            ? 'gone'
            : (error as Problem).kind === 'conflict'
              ? 'taken'
              : (error as Problem).kind === 'unavailable'
                ? 'gone'
                : 'refused',
        store: (copy) => store(kCopy, copy),
        read: () => read(kCopy),
        later: (run, ms) => void setTimeout(run, ms),
      },
      0,
      (standing) => this.#stand(standing),
    );
  }

  /** Takes the draft for this tab; gives the newer of the server's and this browser's. */
  async begin(): Promise<unknown> {
    store(kWriter, this.client);
    const copy = copy_of(read(kCopy));
    try {
      const server = await take(this.client);
      const which = newer(copy, server);
      const found = which === 'server' ? server.draft : (copy?.document ?? null);
      this.#keeper.rest_on(server.revision, found);
      return found;
    } catch (error) {
      this.denied = error instanceof Problem && error.kind === 'denied';
      this.online = !is_gone(error);
      this.standing = 'gone';
      if (copy) this.#keeper.revision = copy.revision;
      return copy?.document ?? null;
    }
  }

  /** "Write here": the newest state, whoever wrote it. */
  async take_over(): Promise<unknown> {
    const found = await this.begin();
    this.standing = 'kept';
    return found;
  }

  keep(act: string, key: string): void {
    this.#keeper.keep({ act, key }, this.#document());
  }

  listen(hear: Hear): () => void {
    const events = new EventSource('/api/speak/events');
    const on = (name: string) => (event: MessageEvent<string>) => {
      let data: Record<string, unknown> = {};
      try {
        data = JSON.parse(event.data) as Record<string, unknown>;
      } catch {
        return;
      }
      if (name === 'holder') this.#holder(data ?? {});
      hear(name, data ?? {});
    };
    for (const name of kEvents) events.addEventListener(name, on(name));
    events.addEventListener('hello', (event) => {
      this.#back();
      on('hello')(event as MessageEvent<string>);
    });
    events.onerror = () => {
      this.online = false;
    };
    const other = (event: StorageEvent) => {
      if (event.key === kWriter && event.newValue && event.newValue !== this.client)
        this.#keeper.yield_to_other();
    };
    addEventListener('storage', other);
    return () => {
      events.close();
      removeEventListener('storage', other);
    };
  }

  #holder(data: Record<string, unknown>): void {
    const holder = data['client'] ?? data['holder'];
    if (typeof holder === 'string' && holder !== this.client) this.#keeper.yield_to_other();
  }

  /** The server is there again, perhaps newly started: the draft is taken again. */
  #back(): void {
    const was = this.online;
    this.online = true;
    if (was || this.standing === 'taken') return;
    void get_state()
      .then(async (state) => {
        if (state.holder && state.holder !== this.client) return this.#keeper.yield_to_other();
        const server = state.holder === this.client ? state : await take(this.client);
        this.#keeper.rest_on(server.revision);
        this.keep('other', 'other');
      })
      .catch(() => undefined);
  }

  #stand(standing: Standing): void {
    this.standing = standing;
    if (standing === 'gone') this.online = false;
    if (standing === 'kept') this.online = true;
  }
}
