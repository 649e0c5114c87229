// The server's clock, ticking between two readings of it: a wrong clock of a phone changes nothing.

export class Now {
  /** Unix seconds. */
  at = $state(0);

  /** `read` gives the server's time and when it was read (performance.now), or null before the first. */
  constructor(read: () => { now: number; read_at: number } | null) {
    $effect(() => {
      const known = read();
      if (!known) return;
      const tick = (): void => {
        this.at = Math.floor(known.now + (performance.now() - known.read_at) / 1000);
      };
      tick();
      const timer = setInterval(tick, 1000);
      return () => clearInterval(timer);
    });
  }
}
