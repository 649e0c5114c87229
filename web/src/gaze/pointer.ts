// Samples from the pointer: every tracker that moves the mouse. A steady gaze may send no event for
// a while, so the last place holds; a real click, touch, wheel or key pauses the dwell, so that a
// carer can use a mouse, and so that a tracker with clicks of its own never selects twice.
import type { Input } from './engine';

const kEvery = 33;
const kHolds = 2500; // ms that a place without news still counts as looked at
const kPause = 4000; // ms after a real click

/** Feeds samples, ticks and pauses until the returned function is called. */
export function pointer_samples(
  feed: (input: Input) => void,
  is_switch: (event: Event) => boolean,
): () => void {
  let last: { x: number; y: number; moved: number } | null = null;
  let fed = -Infinity;
  const send = (input: Input): void => {
    fed = input.t;
    feed(input);
  };
  const moved = (event: PointerEvent): void => {
    if (event.pointerType === 'touch') return;
    last = { x: event.clientX, y: event.clientY, moved: event.timeStamp };
    send({ kind: 'sample', x: last.x, y: last.y, t: event.timeStamp, valid: true });
  };
  const left = (): void => void (last = null);
  const by_hand = (event: Event): void => {
    if (!event.isTrusted || is_switch(event)) return;
    send({ kind: 'pause', t: event.timeStamp, until: event.timeStamp + kPause });
  };
  const timer = setInterval(() => {
    const t = performance.now();
    if (t - fed < kEvery) return;
    if (last && t - last.moved < kHolds)
      send({ kind: 'sample', x: last.x, y: last.y, t, valid: true });
    else send({ kind: 'tick', t });
  }, kEvery);

  const capture = { capture: true, passive: true };
  const hands = ['pointerdown', 'wheel', 'touchstart', 'keydown'];
  addEventListener('pointermove', moved, capture);
  document.documentElement.addEventListener('mouseleave', left);
  for (const name of hands) addEventListener(name, by_hand, capture);
  return () => {
    clearInterval(timer);
    removeEventListener('pointermove', moved, capture);
    document.documentElement.removeEventListener('mouseleave', left);
    for (const name of hands) removeEventListener(name, by_hand, capture);
  };
}
