// The short tick at a selection. A browser may refuse sound before a hand has touched the page;
// then there is none, and no error.

let context: AudioContext | null = null;

function audio(): AudioContext | null {
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
    return context;
  } catch {
    return null;
  }
}

/** One tone; `hz` its pitch, `loud` 0..1, `from` seconds from now, `length` in seconds. */
function tone(hz: number, loud: number, from: number, length: number): void {
  const on = audio();
  if (!on) return;
  const begin = on.currentTime + from;
  const source = on.createOscillator();
  const volume = on.createGain();
  source.type = 'triangle';
  source.frequency.value = hz;
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(loud, begin + 0.01);
  volume.gain.setValueAtTime(loud, begin + length - 0.02);
  volume.gain.linearRampToValueAtTime(0, begin + length);
  source.connect(volume).connect(on.destination);
  source.start(begin);
  source.stop(begin + length);
}

export const beep = (): void => tone(880, 0.15, 0, 0.06);
