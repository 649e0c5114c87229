// One curator's sitting at the queue: the items, the place in them, verdicts given and taken back.
import { Problem } from '../api';
import { post_assess } from '../api_work';
import type { ReviewItem } from '../types_work';
import { moved, put_back } from './queue';
import type { Given } from './queue';

const kName = 'thaw.curator';
const kLarge = 'thaw.large';

export const stored = (key: string): string => {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
};
const store = (key: string, value: string): void => {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
};

const kGiven = 'thaw.given';
const kKept = 20;

/** The verdicts of this tab that can still be taken back, also after the page was loaded again. */
function kept_given(curator: string): Given[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(kGiven) ?? 'null') as {
      curator: string;
      given: Given[];
    } | null;
    return kept?.curator === curator && Array.isArray(kept.given) ? kept.given : [];
  } catch {
    return [];
  }
}
function keep_given(curator: string, given: readonly Given[]): void {
  try {
    sessionStorage.setItem(kGiven, JSON.stringify({ curator, given: given.slice(-kKept) }));
  } catch {
    return;
  }
}

export class Sitting {
  curator = $state(stored(kName));
  large = $state(stored(kLarge) === '1');
  queue = $state.raw<readonly ReviewItem[]>([]);
  at = $state(0);
  given = $state.raw<readonly Given[]>(kept_given(stored(kName)));
  /** How many were given since the queue was read. */
  since = $state(0);
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** What was just done, for the line that is read out: a verdict's code, "undone" or nothing. */
  told = $state.raw<{ what: 'given' | 'undone'; one: Given } | null>(null);

  get item(): ReviewItem | null {
    return this.queue[this.at] ?? null;
  }

  sign = (name: string): void => {
    this.curator = name;
    this.given = kept_given(name);
    store(kName, name);
  };
  set_large = (on: boolean): void => {
    this.large = on;
    store(kLarge, on ? '1' : '0');
  };
  fill(queue: readonly ReviewItem[], first: string | null): void {
    this.queue = queue;
    this.since = 0;
    const wanted = first ? queue.findIndex((one) => one.item === first) : 0;
    this.at = Math.max(0, wanted);
  }
  move = (step: number): void => {
    this.at = moved(this.at, step, this.queue.length);
  };

  give = async (verdict: string, reason: string): Promise<void> => {
    const item = this.item;
    if (!item || this.busy) return;
    const one: Given = { item, verdict, at: this.at };
    const sent = await this.#send(item.item, verdict, reason);
    if (!sent) return;
    this.#remember([...this.given, one], 1);
    this.queue = this.queue.filter((other) => other.item !== item.item);
    this.at = moved(this.at, 0, this.queue.length);
    this.told = { what: 'given', one };
  };

  undo = async (): Promise<void> => {
    const last = this.given.at(-1);
    if (!last || this.busy) return;
    const sent = await this.#send(last.item.item, 'withdrawn', '');
    if (!sent) return;
    this.#remember(this.given.slice(0, -1), -1);
    this.queue = put_back(this.queue, last);
    this.at = this.queue.findIndex((one) => one.item === last.item.item);
    this.told = { what: 'undone', one: last };
  };

  #remember(given: readonly Given[], more: number): void {
    this.given = given;
    this.since += more;
    keep_given(this.curator, given);
  }

  async #send(item: string, verdict: string, reason: string): Promise<boolean> {
    this.busy = true;
    this.problem = null;
    try {
      await post_assess({ item, verdict, reason, curator: this.curator });
      return true;
    } catch (error) {
      this.problem = error instanceof Problem ? error : new Problem('unavailable', '');
      return false;
    } finally {
      this.busy = false;
    }
  }
}
