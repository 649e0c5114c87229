// CALL as the bars and the care pages use it: the site's one caller, under short names.
import { caller } from '../speak/call.svelte';

export const alarm = {
  /** A call is on: the tone sounds until it is acknowledged. */
  get active(): boolean {
    return caller.on;
  },
  /** The server could not be told: only this machine sounds. */
  get alone(): boolean {
    return caller.on && caller.reached === 'alone';
  },
  begin: (): void => {
    if (!caller.on) void caller.call();
  },
  /** Ended by the person himself. */
  end: (): void => void caller.cancel(),
};
