// Time on a wall clock: hours and minutes of a zone, the angles of the hands, night. Pure.

/** Hours 0..23, minutes and seconds 0..59 of a moment (Unix seconds) `offset_min` east of UTC. */
export function wall(at: number, offset_min: number): { h: number; m: number; s: number } {
  const of_day = mod(Math.floor(at) + offset_min * 60, 86_400);
  return { h: Math.floor(of_day / 3600), m: Math.floor(of_day / 60) % 60, s: of_day % 60 };
}

/** Degrees clockwise from twelve. The hour hand moves with the minutes, the minute hand with the seconds. */
export function hands(h: number, m: number, s = 0): { hour: number; minute: number } {
  return { hour: ((h % 12) + m / 60 + s / 3600) * 30, minute: (m + s / 60) * 6 };
}

/** "07:05". */
export function hhmm(at: number, offset_min: number): string {
  const { h, m } = wall(at, offset_min);
  return `${two(h)}:${two(m)}`;
}

/** Minutes after midnight of "HH:MM", or null. */
export function minutes_of(text: string | null): number | null {
  const found = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text ?? '');
  return found ? Number(found[1]) * 60 + Number(found[2]) : null;
}

/** "HH:MM" of minutes after midnight, counted round the day. */
export function text_of_minutes(minutes: number): string {
  const of_day = mod(minutes, 1440);
  return `${two(Math.floor(of_day / 60))}:${two(of_day % 60)}`;
}

/** The date "2026-11-26" of a moment in its zone. */
export function date_of(at: number, offset_min: number): string {
  return new Date((at + offset_min * 60) * 1000).toISOString().slice(0, 10);
}

/** From nine in the evening to seven in the morning the bedroom clocks are dim. */
export const is_night = (h: number): boolean => h >= 21 || h < 7;

/** A point on the face: `turn` degrees clockwise from twelve, `radius` from the middle. */
export function on_face(turn: number, radius: number): { x: number; y: number } {
  const angle = (turn * Math.PI) / 180;
  return { x: radius * Math.sin(angle), y: -radius * Math.cos(angle) };
}

const two = (n: number): string => String(n).padStart(2, '0');
const mod = (a: number, n: number): number => ((a % n) + n) % n;
