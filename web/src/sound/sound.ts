// The site's one way to the loudspeaker: speech, the alarm of a call, a soft tone. A browser keeps
// sound locked until a hand has touched the page or pressed a key once; gaze alone does not count for
// it (its clicks are made by the page), so the pages say so: see lock.svelte.ts.
export type Sound = 'ready' | 'locked' | 'none';

let context: AudioContext | null = null;
const listeners = new Set<() => void>();

function audio(): AudioContext | null {
  try {
    if (!context) {
      context = new AudioContext({ latencyHint: 'interactive' });
      context.onstatechange = () => listeners.forEach((tell) => tell());
    }
    if (context.state !== 'running') void context.resume().catch(() => undefined);
    return context;
  } catch {
    return null;
  }
}

/** Runs `tell` whenever the sound was locked or unlocked; gives how to stop that. */
export function on_change(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

/** Asks the browser for sound: it is granted inside a touch or a key press. Gives what came of it. */
export async function unlock(): Promise<Sound> {
  const now = audio();
  const soon = new Promise((go) => setTimeout(go, 500)); // while it is locked, resume() never ends
  await Promise.race([now?.resume().catch(() => undefined), soon]);
  return sound_state();
}

/** Whether sound would be heard now, as far as a browser can tell. */
export async function sound_state(): Promise<Sound> {
  const now = audio();
  if (!now) return 'none';
  try {
    const devices = (await navigator.mediaDevices?.enumerateDevices()) ?? null;
    const tells = 'chrome' in globalThis; // others name no loudspeaker before they may listen
    if (tells && devices && !devices.some((one) => one.kind === 'audiooutput')) return 'none';
  } catch {
    /* A browser that does not tell is believed to have a loudspeaker. */
  }
  return now.state === 'running' ? 'ready' : 'locked';
}

export async function decode(bytes: ArrayBuffer): Promise<AudioBuffer> {
  const now = audio();
  if (!now) throw new Error('no audio');
  return now.decodeAudioData(bytes);
}

/** Plays at once. `seconds()` is the place in the sound; `ended` runs once, not after `stop`. */
export function play(
  sound: AudioBuffer,
  ended: () => void,
): { seconds: () => number; stop: () => void } | null {
  const now = audio();
  if (!now || now.state !== 'running') return null;
  const source = now.createBufferSource();
  source.buffer = sound;
  source.connect(now.destination);
  const began = now.currentTime;
  source.onended = ended;
  source.start();
  return {
    seconds: () => now.currentTime - began,
    stop: () => {
      source.onended = null;
      source.stop();
    },
  };
}

/**
 * The alarm of every page: two tones in turn, loud, until stopped, heard above a room with people and a
 * ventilator. Written down ahead, so that a page in the background goes on. Begun while the sound is
 * locked, it sounds from the moment of the first touch.
 */
export function alarm(): () => void {
  const now = audio();
  if (!now) return () => undefined;
  const tone = now.createOscillator();
  const loud = now.createGain();
  tone.type = 'square';
  loud.gain.value = 0.8;
  tone.connect(loud).connect(now.destination);
  const kTurns = 2400; // twenty minutes are written down at once; then the timer writes them again
  const write = () => {
    tone.frequency.cancelScheduledValues(0);
    for (let i = 0; i < kTurns; i += 1)
      tone.frequency.setValueAtTime(i % 2 ? 660 : 990, now.currentTime + i * 0.5);
  };
  write();
  tone.start();
  const again = setInterval(write, kTurns * 450);
  const wake = setInterval(() => void now.resume().catch(() => undefined), 1000);
  return () => {
    clearInterval(again);
    clearInterval(wake);
    tone.stop();
    tone.disconnect();
    loud.disconnect();
  };
}

/** One short soft tone: something was said, or the proof that the sound is on. */
export function chime(): void {
  const now = audio();
  if (!now || now.state !== 'running') return;
  const tone = now.createOscillator();
  const soft = now.createGain();
  const from = now.currentTime;
  tone.frequency.value = 660;
  soft.gain.setValueAtTime(0, from);
  soft.gain.linearRampToValueAtTime(0.12, from + 0.02);
  soft.gain.setValueAtTime(0.12, from + 0.14);
  soft.gain.linearRampToValueAtTime(0, from + 0.18);
  tone.connect(soft).connect(now.destination);
  tone.start(from);
  tone.stop(from + 0.18);
}
