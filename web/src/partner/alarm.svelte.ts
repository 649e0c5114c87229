// The loud tone of a call, until it is stopped. A browser lets a page sound only after a tap: `allow`.

const kEvery_ms = 1_000;

/** Shakes a phone, which like the sound is allowed only after a tap. */
function shake(pattern: number | number[]): void {
  if (navigator.userActivation?.hasBeenActive) navigator.vibrate?.(pattern);
}

export class Alarm {
  /** Whether the page may sound now; a phone that slept can take this away. */
  allowed = $state(false);
  ringing = $state(false);
  #context: AudioContext | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** Call it inside a tap. Sounds a soft tone as the proof. */
  allow = async (): Promise<void> => {
    if (typeof AudioContext === 'undefined') return;
    this.#context ??= new AudioContext();
    this.#context.onstatechange = () => this.#look();
    await this.#context.resume().catch(() => undefined);
    this.#look();
    this.chime();
  };

  start(): void {
    if (this.#timer !== undefined) return;
    this.ringing = true;
    this.#ring();
    this.#timer = setInterval(() => this.#ring(), kEvery_ms);
  }

  stop(): void {
    if (this.#timer === undefined) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.ringing = false;
    shake(0);
  }

  /** One short soft tone. */
  chime(): void {
    this.#tone(660, 0, 0.18, 0.12, 'sine');
  }

  #look(): void {
    this.allowed = this.#context?.state === 'running';
  }

  #ring(): void {
    void this.#context?.resume().catch(() => undefined);
    this.#tone(880, 0, 0.32, 0.9, 'square');
    this.#tone(660, 0.38, 0.32, 0.9, 'square');
    shake([350, 100, 350]);
  }

  #tone(
    hertz: number,
    after_s: number,
    length_s: number,
    loud: number,
    type: OscillatorType,
  ): void {
    const context = this.#context;
    if (!context || context.state !== 'running') return;
    const tone = new OscillatorNode(context, { frequency: hertz, type });
    const volume = new GainNode(context, { gain: 0 });
    const from = context.currentTime + after_s;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(loud, from + 0.02);
    volume.gain.setValueAtTime(loud, from + length_s - 0.04);
    volume.gain.linearRampToValueAtTime(0, from + length_s);
    tone.connect(volume).connect(context.destination);
    tone.start(from);
    tone.stop(from + length_s);
  }
}
