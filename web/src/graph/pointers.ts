// Fingers and mouse on the picture: one drags, two zoom. A press that does not move stays a click.
import { zoom } from './view';
import type { View } from './view';

interface Spot {
  x: number;
  y: number;
}

const kStill_px = 5;

export class Pointers {
  /** True once the press in progress has moved: its click is then no click. */
  moved = false;
  #down = new Map<number, Spot>();

  press(id: number, at: Spot): void {
    if (this.#down.size === 0) this.moved = false;
    this.#down.set(id, at);
  }

  lift(id: number): void {
    this.#down.delete(id);
  }

  /** The view after pointer `id` moved to `at` (from the frame's corner), or null: nothing moves. */
  move(id: number, at: Spot, view: View): View | null {
    const before = this.#down.get(id);
    if (!before) return null;
    const [dx, dy] = [at.x - before.x, at.y - before.y];
    if (!this.moved && Math.hypot(dx, dy) < kStill_px) return null;
    this.moved = true;
    this.#down.set(id, at);
    const other = [...this.#down].find(([one]) => one !== id)?.[1];
    if (!other) return { ...view, x: view.x + dx, y: view.y + dy };
    const was = Math.hypot(before.x - other.x, before.y - other.y);
    const is = Math.hypot(at.x - other.x, at.y - other.y);
    return zoom(view, is / Math.max(was, 1), (at.x + other.x) / 2, (at.y + other.y) / 2);
  }
}
