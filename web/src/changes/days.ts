// Days as the address holds them. Pure.

/** A day "2026-11-01" that exists, or null. */
export function day(text: string | null): string | null {
  const found = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text?.normalize('NFKC').trim() ?? '');
  if (!found) return null;
  const [all, y, m, d] = found as unknown as [string, string, string, string];
  const date = new Date(Date.UTC(Number(y), Number(m) - 1, Number(d)));
  return date.toISOString().slice(0, 10) === all ? all : null;
}

/** The day `n` days before `now`. */
export const days_ago = (n: number, now: Date): string =>
  new Date(now.getTime() - n * 86_400_000).toISOString().slice(0, 10);
