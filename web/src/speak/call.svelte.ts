// CALL: the alarm sounds here first, then everybody who listens is told, again and again until the
// server has it. It needs nothing else of the page: no draft, no voice, no server.
import { cancel_call, get_care, raise_call } from './calls';
import { alarm } from '../sound/sound';
import type { Call, Care } from './types';

export type Reached = 'asking' | 'told' | 'nobody' | 'alone';

const kAgain_ms = 3000;
const kLook_ms = 4000;

class Caller {
  /** A call is on: alarm sounding, band shown. */
  on = $state(false);
  reached = $state<Reached>('asking');
  kind = $state<'call' | 'overdue'>('call');
  /** Who said that they are coming, shown for a while after. */
  coming = $state<string | null>(null);
  care = $state.raw<Care | null>(null);
  /** The server's clock less this browser's, ms. */
  skew_ms = $state(0);
  #id: string | null = null;
  /** Calls that were ended here: news of them that comes late rings nothing. */
  #ended = new Set<string>();
  #quiet: (() => void) | null = null;
  #turn = 0;
  #watch: ReturnType<typeof setInterval> | undefined;

  /** One selection calls, a second one ends it. While a reminder calls, it calls for the person. */
  press = (): void => {
    if (this.own) void this.cancel();
    else void this.call();
  };

  /** The person's own call is on, not a reminder's. */
  get own(): boolean {
    return this.on && this.kind === 'call';
  }

  async call(): Promise<void> {
    if (this.#id) this.#ended.add(this.#id);
    this.#id = null;
    this.#ring('call');
    await this.#tell(++this.#turn);
  }

  async cancel(): Promise<void> {
    let id = this.#id;
    this.#hush();
    id ??= (await get_care().catch(() => null))?.call?.id ?? null;
    if (!id) return;
    this.#ended.add(id);
    await cancel_call(id).catch(() => undefined);
  }

  /** What the server knows of a call; also how another screen's acknowledgement arrives. */
  look = async (): Promise<void> => {
    let care: Care;
    try {
      care = await get_care();
    } catch {
      return;
    }
    this.know(care);
  };

  know(care: Care): void {
    this.care = care;
    const server = new Date(care.now).getTime();
    this.skew_ms = Number.isFinite(server) ? server - Date.now() : 0;
    if (care.call && this.on && !this.#id && !this.#ended.has(care.call.id)) {
      this.#take(care.call);
    } else if (care.call && this.on && care.call.id === this.#id) {
      this.#take(care.call);
    } else if (care.call && this.on && this.#id && care.call.kind === 'call') {
      this.#take(care.call);
    } else if (
      care.call &&
      care.call.id !== this.#id &&
      !this.on &&
      !this.#ended.has(care.call.id)
    ) {
      this.#ring(care.call.kind);
      this.#take(care.call);
    } else if (this.on && this.#id) {
      // Ended, or lost: what nobody ended is raised again.
      if (this.kind === 'overdue' || care.ended?.id === this.#id) this.#hush();
      else void this.call();
    }
  }

  #take(call: Partial<Call>): void {
    this.#id = call.id ?? null;
    this.kind = call.kind ?? this.kind;
    this.reached = (call.listening ?? 0) > 0 ? 'told' : 'nobody';
  }

  /** The event "call": what has become of it, and by whom. */
  hear(event: { ended?: { how?: string; name?: string | null } | null } | null): void {
    if (event?.ended?.how === 'acknowledged') {
      this.#hush();
      this.coming = event.ended.name ?? '';
    }
    void this.look();
  }

  #ring(kind: 'call' | 'overdue'): void {
    this.kind = kind;
    this.coming = null;
    this.reached = 'asking';
    this.on = true;
    this.#quiet ??= alarm();
    this.#watch ??= setInterval(() => void this.look(), kLook_ms);
  }

  #hush(): void {
    this.#turn += 1;
    this.on = false;
    if (this.#id) this.#ended.add(this.#id);
    this.#id = null;
    this.#quiet?.();
    clearInterval(this.#watch);
    this.#watch = undefined;
    this.#quiet = null;
  }

  async #tell(turn: number): Promise<void> {
    while (this.on && turn === this.#turn && !this.#id) {
      try {
        const answer = await raise_call();
        const call = answer.call ?? answer;
        if (turn !== this.#turn) {
          if (call.id) this.#ended.add(call.id);
          if (call.id) void cancel_call(call.id).catch(() => undefined);
          return;
        }
        this.#take(call);
        return;
      } catch {
        this.reached = 'alone';
      }
      await new Promise((go) => setTimeout(go, kAgain_ms));
    }
  }
}

/** One for the whole site: a call goes on while the person looks at another page. */
export const caller = new Caller();
export type { Caller };
