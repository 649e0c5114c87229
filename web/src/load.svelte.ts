// Loading one document: nothing yet, the last one, or a problem; a newer request ends an older one.
import { Problem } from './api';

type Ask<T> = (signal: AbortSignal) => Promise<T>;

export class Load<T> {
  data = $state.raw<T | null>(null);
  problem = $state.raw<Problem | null>(null);
  busy = $state(true);
  #tries = $state(0);

  /** `ask` reads the state it depends on and gives the request, or null when there is nothing to ask. */
  constructor(ask: () => Ask<T> | null) {
    $effect(() => {
      void this.#tries;
      const request = ask();
      if (!request) {
        this.data = null;
        this.problem = null;
        this.busy = false;
        return;
      }
      const stop = new AbortController();
      this.#run(request, stop.signal);
      return () => stop.abort();
    });
  }

  retry = (): void => {
    this.#tries += 1;
  };

  async #run(request: Ask<T>, signal: AbortSignal): Promise<void> {
    this.busy = true;
    this.problem = null;
    try {
      const data = await request(signal);
      if (signal.aborted) return;
      this.data = data;
      this.busy = false;
    } catch (error) {
      if (signal.aborted) return;
      this.data = null;
      this.problem = error instanceof Problem ? error : new Problem('unavailable', '');
      this.busy = false;
    }
  }
}
