// The gaze mode of the whole front end: on or off, resting or awake, and what is shown of it.
import { app } from '../app.svelte';
import type { Input } from './engine';
import type { Point } from './filter';
import type { GazeSettings } from './kept';
import { keep_choice, keep_settings, kept_choice, kept_settings, read_gaze_settings } from './kept';
import { pointer_samples } from './pointer';
import type { Shown } from './runtime';
import { Runtime } from './runtime';
import { socket_samples } from './socket';
import { beep } from './sound';
import { switch_of, switch_presses } from './switch';

const kNothing: Shown = { ring: null, scan: null, at: null };
const kSocketRules = 2000; // ms; so long after a sample of the tracker the pointer says nothing

class Gaze {
  private choice = $state(kept_choice());
  settings = $state.raw<GazeSettings>(kept_settings());
  /** On by choice; without one, on the page for speaking. */
  on = $derived(this.choice ? this.choice === 'on' : app.path === '/speak');
  resting = $state(false);
  half_awake = $state(false);
  lost = $state(false);
  seen = $state(false);
  shown = $state.raw<Shown>(kNothing);
  /** The field that the letters go to. */
  field = $state.raw<HTMLElement | null>(null);
  private runtime: Runtime | null = null;
  private readonly watchers = new Set<(at: Point) => void>();

  /** Every valid sample as it comes, uncorrected, until the returned function is called. */
  watch(one: (at: Point) => void): () => void {
    this.watchers.add(one);
    return () => void this.watchers.delete(one);
  }

  set_on(on: boolean): void {
    this.choice = on ? 'on' : 'off';
    keep_choice(on);
  }

  /** Changes some settings, keeps them, and uses them at once. */
  change(part: Partial<GazeSettings>): void {
    this.settings = read_gaze_settings({ ...this.settings, ...part });
    keep_settings(this.settings);
  }

  rest(): void {
    const t = this.runtime?.fallen().t ?? 0;
    this.runtime?.feed({ kind: 'rest', t });
  }
  /** Ends the rest; for a hand, which needs no second act to be deliberate. */
  wake(): void {
    const t = this.runtime?.fallen().t ?? 0;
    this.runtime?.feed({ kind: 'wake', t });
  }

  /** Starts the inputs that the settings name; the returned function ends them. */
  start(): () => void {
    const runtime = new Runtime({
      settings: () => this.settings,
      show: (shown) => (this.shown = shown),
      mode: (state) => {
        if (this.resting !== (state.mode === 'rest')) tell_rest(state.mode === 'rest');
        this.resting = state.mode === 'rest';
        this.half_awake = this.resting && state.woken !== null;
        this.lost = state.gaze === 'lost';
        this.seen = state.gaze !== 'none';
      },
      selected: () => {
        if (this.settings.sound) beep();
      },
      field: (element) => (this.field = element),
    });
    this.runtime = runtime;
    const feed = (input: Input): void => {
      if (input.kind === 'sample' && input.valid) for (const one of this.watchers) one(input);
      runtime.feed(input);
    };
    const { tracker, pointer, switches } = this.settings;
    const ends: (() => void)[] = [() => runtime.end()];
    let tracked = -Infinity;
    const is_switch = (event: Event): boolean => switch_of(event, this.settings) !== null;
    if (pointer && switches === 'off')
      ends.push(
        pointer_samples((input) => {
          if (performance.now() - tracked > kSocketRules) feed(input);
        }, is_switch),
      );
    if (tracker && switches === 'off')
      ends.push(
        socket_samples(
          tracker,
          (input) => {
            if (input.kind === 'sample') tracked = performance.now();
            feed(input);
          },
          () => this.settings.tracker_screen,
        ),
      );
    if (switches !== 'off') {
      ends.push(switch_presses(() => this.settings, runtime.scan));
      const timer = setInterval(() => runtime.scan('tick', performance.now()), 20);
      ends.push(() => clearInterval(timer));
    }
    const asked = (event: Event): void =>
      (event as CustomEvent<{ on?: boolean }>).detail?.on === false ? this.wake() : this.rest();
    const changed = (event: Event): void => this.change(from_page((event as CustomEvent).detail));
    addEventListener('gaze:rest', asked);
    addEventListener('gaze:settings', changed);
    ends.push(() => {
      removeEventListener('gaze:rest', asked);
      removeEventListener('gaze:settings', changed);
    });
    return () => {
      for (const end of ends) end();
      this.runtime = null;
      this.shown = kNothing;
      this.field = null;
      this.resting = this.half_awake = this.lost = this.seen = false;
    };
  }
}

/** Tells the page that the engine went to rest or woke. */
function tell_rest(on: boolean): void {
  dispatchEvent(new CustomEvent('gaze:rested', { detail: { on } }));
}

/** What the page for speaking keeps of these settings, in its own names. */
function from_page(kept: unknown): Partial<GazeSettings> {
  const own = (typeof kept === 'object' && kept !== null ? kept : {}) as Record<string, unknown>;
  const part: Partial<GazeSettings> = {};
  const now = gaze.settings;
  if (typeof own['dwell_ms'] === 'number')
    part.dwell = { ...now.dwell, key: own['dwell_ms'], offer: own['dwell_ms'] };
  if (typeof own['tired'] === 'boolean') part.tired = own['tired'];
  if (typeof own['tracker'] === 'string' && own['tracker'] !== '') part.tracker = own['tracker'];
  if (typeof own['scan'] === 'boolean')
    part.switches = own['scan'] ? (now.switches === 'two' ? 'two' : 'one') : 'off';
  if (typeof own['scan_ms'] === 'number') part.scan_ms = own['scan_ms'];
  return part;
}

export const gaze = new Gaze();
