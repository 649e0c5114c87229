// Keeps the screen on while a page that must be seen is open, where the browser allows it.

export class Awake {
  /** "none": this browser, or a page over plain http from another machine, has no such lock. */
  state = $state<'off' | 'on' | 'none'>('off');

  constructor() {
    $effect(() => {
      if (!('wakeLock' in navigator)) {
        this.state = 'none';
        return;
      }
      let lock: WakeLockSentinel | null = null;
      let ended = false;
      const ask = async (): Promise<void> => {
        if (document.visibilityState !== 'visible' || (lock && !lock.released)) return;
        try {
          const given = await navigator.wakeLock.request('screen');
          if (ended) return void given.release();
          lock = given;
          this.state = 'on';
          given.addEventListener('release', () => (this.state = 'off'));
        } catch {
          this.state = 'off';
        }
      };
      document.addEventListener('visibilitychange', ask);
      document.addEventListener('pointerdown', ask);
      void ask();
      return () => {
        ended = true;
        document.removeEventListener('visibilitychange', ask);
        document.removeEventListener('pointerdown', ask);
        void lock?.release().catch(() => undefined);
      };
    });
  }
}
