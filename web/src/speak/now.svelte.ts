// The time of day, for the eyes only: no duration is measured by it.
class Now {
  ms = $state(Date.now());
}
export const now = new Now();

/** Keeps the time running while a page shows it. */
export function run_clock(): () => void {
  now.ms = Date.now();
  const timer = setInterval(() => (now.ms = Date.now()), 5000);
  return () => clearInterval(timer);
}
