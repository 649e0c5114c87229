// One or two switches: Space, Enter, F12 or, where it is set, a mouse button. With one, any of them takes; with two,
// Space or the left button moves and Enter, F12 or another button takes. Keys typed into a field
// stay the field's own, but for F12.
import type { GazeSettings } from './kept';

type Use = Pick<GazeSettings, 'switches' | 'switch_mouse'>;

const kMoves = new Set([' ']);
const kTakes = new Set(['Enter', 'F12']);

/** What an event of a switch means, or null when it is none. Repeats of a held key are none. */
export function switch_of(event: Event, use: Use): 'move' | 'take' | 'held' | null {
  if (use.switches === 'off' || !event.isTrusted) return null;
  if (event instanceof KeyboardEvent) {
    if (event.ctrlKey || event.altKey || event.metaKey) return null;
    if (!kMoves.has(event.key) && !kTakes.has(event.key)) return null;
    if (event.key !== 'F12' && in_field(event.target)) return null;
    if (event.repeat) return 'held';
    return use.switches === 'two' && kMoves.has(event.key) ? 'move' : 'take';
  }
  if (use.switch_mouse && event instanceof PointerEvent && event.pointerType === 'mouse')
    return use.switches === 'two' && event.button === 0 ? 'move' : 'take';
  return null;
}

const in_field = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('input:not([type=checkbox], [type=radio]), textarea');

/** Takes the switches' events from the page until the returned function is called. */
export function switch_presses(
  use: () => Use,
  press: (what: 'move' | 'take', t: number) => void,
): () => void {
  const on = (event: Event): void => {
    const what = switch_of(event, use());
    if (!what) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (what !== 'held') press(what, event.timeStamp);
  };
  // A press is taken whole: its release and its click mean nothing to the page.
  const rest_of = (event: Event): void => {
    if (!switch_of(event, use())) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const first = { capture: true };
  const later = ['keyup', 'pointerup', 'click', 'contextmenu', 'auxclick'];
  for (const name of ['keydown', 'pointerdown']) addEventListener(name, on, first);
  for (const name of later) addEventListener(name, rest_of, first);
  return () => {
    for (const name of ['keydown', 'pointerdown']) removeEventListener(name, on, first);
    for (const name of later) removeEventListener(name, rest_of, first);
  };
}
