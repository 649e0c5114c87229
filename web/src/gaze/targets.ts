// What can be selected, as rectangles; which one a gaze is on. Pure.
import type { Point } from './filter';
import type { DwellClass, Settings } from './settings';

export interface Target {
  /** The identity of the element, not of its place: it stays when the element moves. */
  id: number;
  left: number;
  top: number;
  width: number;
  height: number;
  dwell: DwellClass;
  likely: -1 | 0 | 1;
}

export type Box = Pick<Target, 'left' | 'top' | 'width' | 'height'>;

/** Distance of a point from a rectangle; 0 inside. */
export function distance(box: Box, at: Point): number {
  const x = Math.max(box.left - at.x, 0, at.x - box.left - box.width);
  const y = Math.max(box.top - at.y, 0, at.y - box.top - box.height);
  return Math.hypot(x, y);
}

export const overlap = (a: Box, b: Box): boolean =>
  a.left < b.left + b.width &&
  b.left < a.left + a.width &&
  a.top < b.top + b.height &&
  b.top < a.top + a.height;

export function centre(box: Box): Point {
  return { x: box.left + box.width / 2, y: box.top + box.height / 2 };
}

/** Whether a point is inside the rectangle grown by a share of its size on every side. */
export function within(box: Box, at: Point, share: number): boolean {
  const x = Math.min(box.width, 200) * share;
  const y = Math.min(box.height, 200) * share;
  return (
    at.x >= box.left - x &&
    at.x <= box.left + box.width + x &&
    at.y >= box.top - y &&
    at.y <= box.top + box.height + y
  );
}

/**
 * The target of a gaze: the one it is on (the smallest where they are nested), else the nearest
 * within `snap`, else null. `held` keeps the gaze until it is left beyond the hysteresis.
 */
export function hit(
  targets: readonly Target[],
  at: Point,
  held: number | null,
  settings: Settings,
): Target | null {
  let best: Target | null = null;
  let best_far = Infinity;
  for (const target of targets) {
    const far = distance(target, at);
    const nearer = far < best_far - 1e-9;
    const smaller = far <= best_far && best !== null && area(target) < area(best);
    if (far <= settings.snap && (nearer || smaller)) {
      best = target;
      best_far = far;
    }
  }
  if (best?.id === held) return best;
  const kept = held === null ? null : targets.find((target) => target.id === held);
  if (kept && within(kept, at, settings.hysteresis) && !(best && encloses(kept, best))) return kept;
  return best;
}

const area = (box: Box): number => box.width * box.height;

/** A target inside another one is not held off by it. */
function encloses(outer: Box, inner: Box): boolean {
  return (
    inner.left >= outer.left &&
    inner.top >= outer.top &&
    inner.left + inner.width <= outer.left + outer.width &&
    inner.top + inner.height <= outer.top + outer.height
  );
}
