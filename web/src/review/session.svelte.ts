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

export class Sitting {
  curator = $state(stored(kName));
  large = $state(stored(kLarge) === '1');
  queue = $state.raw<readonly ReviewItem[]>([]);
  at = $state(0);
  given = $state.raw<readonly Given[]>([]);
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** What was just done, for the line that is read out: a verdict's code, "undone" or nothing. */
  told = $state.raw<{ what: 'given' | 'undone'; one: Given } | null>(null);

  get item(): ReviewItem | null {
    return this.queue[this.at] ?? null;
  }

  sign = (name: string): void => {
    this.curator = name;
    store(kName, name);
  };
  set_large = (on: boolean): void => {
    this.large = on;
    store(kLarge, on ? '1' : '0');
  };
  fill(queue: readonly ReviewItem[], first: string | null): void {
    this.queue = queue;
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
    this.given = [...this.given, one];
    this.queue = this.queue.filter((other) => other.item !== item.item);
    this.at = moved(this.at, 0, this.queue.length);
    this.told = { what: 'given', one };
  };

  undo = async (): Promise<void> => {
    const last = this.given.at(-1);
    if (!last || this.busy) return;
    const sent = await this.#send(last.item.item, 'withdrawn', '');
    if (!sent) return;
    this.given = this.given.slice(0, -1);
    this.queue = put_back(this.queue, last);
    this.at = this.queue.findIndex((one) => one.item === last.item.item);
    this.told = { what: 'undone', one: last };
  };

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
