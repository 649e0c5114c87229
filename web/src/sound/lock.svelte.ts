// Whether the browser lets this page sound, kept up to date for whatever shows it.
import { chime, on_change, sound_state, unlock } from './sound';
import type { Sound } from './sound';

const kLook_ms = 2000;

class SoundLock {
  /** null until it is known. */
  state = $state<Sound | null>(null);
  #watchers = 0;
  #end: (() => void) | null = null;

  get locked(): boolean {
    return this.state === 'locked';
  }
  /** No tone is heard here: the sound is locked, or there is no loudspeaker. */
  get mute(): boolean {
    return this.state === 'locked' || this.state === 'none';
  }

  look = async (): Promise<void> => {
    this.state = await sound_state();
  };

  /** To be called inside a touch. Sounds a soft tone as the proof. */
  open = async (): Promise<void> => {
    this.state = await unlock();
    chime();
  };

  /** Looks while anybody shows it: every touch and key may have unlocked the sound. */
  watch = (): (() => void) => {
    this.#watchers += 1;
    this.#end ??= this.#begin();
    return () => {
      this.#watchers -= 1;
      if (this.#watchers > 0) return;
      this.#end?.();
      this.#end = null;
    };
  };

  #begin(): () => void {
    void this.look();
    const look = () => void this.look();
    const timer = setInterval(look, kLook_ms);
    const kTouches = ['pointerdown', 'pointerup', 'keydown', 'click'] as const;
    for (const one of kTouches) addEventListener(one, look, true);
    const no_more = on_change(look);
    return () => {
      clearInterval(timer);
      for (const one of kTouches) removeEventListener(one, look, true);
      no_more();
    };
  }
}

/** One for the whole site. */
export const sound_lock = new SoundLock();
