// A duration as people say it.
import { say } from '../app.svelte';
import { answer_words as a } from './words';

export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return say(a.seconds, { n: whole });
  return say(a.minutes, { m: Math.floor(whole / 60), s: whole % 60 });
}
