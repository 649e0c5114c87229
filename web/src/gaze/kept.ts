// The gaze mode's settings beyond the engine's: which inputs, how large, whether there is a sound;
// kept in this browser. What cannot be read is the default.
import { bounded, read_settings } from './settings';
import type { Settings } from './settings';
import { tracker_address } from './socket';

export type SwitchUse = 'off' | 'one' | 'two';

export interface GazeSettings extends Settings {
  /** Whether a pointer that rests on a target selects it. */
  pointer: boolean;
  /** The WebSocket of a tracker on this machine; empty for none. */
  tracker: string;
  /** Whether the tracker's places are of the whole screen. */
  tracker_screen: boolean;
  switches: SwitchUse;
  /** Whether the buttons of a mouse are switches; a carer's mouse then clicks nothing. */
  switch_mouse: boolean;
  /** Time of one step of the scan, ms. */
  scan_ms: number;
  /** Targets of 150 px instead of 110. */
  tired: boolean;
  sound: boolean;
}

const kStore = 'thaw.gaze';
const kStoreSettings = 'thaw.gaze.settings';

export function read_gaze_settings(document: unknown): GazeSettings {
  const own = (typeof document === 'object' && document !== null ? document : {}) as Record<
    string,
    unknown
  >;
  const flag = (name: string, otherwise: boolean): boolean =>
    typeof own[name] === 'boolean' ? own[name] : otherwise;
  const switches = own['switches'];
  const tracker = own['tracker'];
  return {
    ...read_settings(own),
    pointer: flag('pointer', true),
    tracker: typeof tracker === 'string' ? (tracker_address(tracker) ?? '') : '',
    tracker_screen: flag('tracker_screen', false),
    switches: switches === 'one' || switches === 'two' ? switches : 'off',
    switch_mouse: flag('switch_mouse', false),
    scan_ms: bounded(own['scan_ms'], 1000, [40, 10_000]),
    tired: flag('tired', false),
    sound: flag('sound', false),
  };
}

/** What was chosen before: on, off, or null for neither. */
export function kept_choice(): 'on' | 'off' | null {
  const said = read(kStore);
  return said === 'on' || said === 'off' ? said : null;
}
export const keep_choice = (on: boolean): void => write(kStore, on ? 'on' : 'off');

export function kept_settings(): GazeSettings {
  try {
    return read_gaze_settings(JSON.parse(read(kStoreSettings) ?? '{}'));
  } catch {
    return read_gaze_settings({});
  }
}
export const keep_settings = (all: GazeSettings): void =>
  write(kStoreSettings, JSON.stringify(all));

function read(name: string): string | null {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value);
  } catch {
    return;
  }
}
