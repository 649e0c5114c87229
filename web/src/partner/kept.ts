// What this browser remembers of its listener; a browser that refuses storage just forgets it.

export function kept(key: string): string {
  try {
    return localStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    return;
  }
}

export const kName = 'thaw.partner.name';
export const kChime = 'thaw.partner.chime';

/** A name that can sign: 1 to 40 letters, no control signs. */
export const name_fits = (name: string): boolean =>
  name.trim().length > 0 && [...name.trim()].length <= 40 && !/\p{Cc}/u.test(name);
