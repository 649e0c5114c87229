// A call on this screen: the site's alarm, and a phone that shakes. A browser lets a page sound, and
// shake, only after a tap: `allow`.
import { sound_lock } from '../sound/lock.svelte';
import { alarm, chime } from '../sound/sound';

const kEvery_ms = 1_000;

function shake(pattern: number | number[]): void {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(pattern);
}

export class Alarm {
  ringing = $state(false);
  #quiet: (() => void) | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    $effect(() => sound_lock.watch());
  }

  /** Whether the page may sound now; a phone that slept can take this away. */
  get allowed(): boolean {
    return !sound_lock.locked;
  }

  /** Call it inside a tap. Sounds a soft tone as the proof. */
  allow = (): Promise<void> => sound_lock.open();

  start(): void {
    if (this.#quiet) return;
    this.ringing = true;
    this.#quiet = alarm();
    const again = () => shake([350, 100, 350]);
    again();
    this.#timer = setInterval(again, kEvery_ms);
  }

  stop(): void {
    if (!this.#quiet) return;
    this.#quiet();
    this.#quiet = null;
    clearInterval(this.#timer);
    this.ringing = false;
    shake(0);
  }

  chime = chime;
}
