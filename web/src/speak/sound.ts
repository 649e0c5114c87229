// The page's one way to the loudspeaker: speech and the alarm. A browser keeps sound locked until
// somebody has pressed a key or clicked once; gaze alone does not count for it, so the page says so.
export type Sound = 'ready' | 'locked' | 'none';

let context: AudioContext | null = null;

function audio(): AudioContext | null {
  try {
    context ??= new AudioContext({ latencyHint: 'interactive' });
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
    return context;
  } catch {
    return null;
  }
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

/** Two tones in turn, loud, until stopped: heard above a room with people and a ventilator. */
export function alarm(): () => void {
  const now = audio();
  if (!now) return () => undefined;
  const tone = now.createOscillator();
  const loud = now.createGain();
  tone.type = 'square';
  loud.gain.value = 0.6;
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
