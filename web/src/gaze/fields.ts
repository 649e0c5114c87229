// What a field of a page takes, and how it gets its value as if someone had typed it.

export type FieldKind = 'choice' | 'steps' | 'number' | 'text';

export function kind_of(field: HTMLElement): FieldKind {
  if (field instanceof HTMLSelectElement) return 'choice';
  const type = field instanceof HTMLInputElement ? field.type : 'text';
  if (type === 'range') return 'steps';
  return type === 'number' || type === 'date' || type === 'time' ? 'number' : 'text';
}

/** The words that the page gives the field. */
export function own_name(field: HTMLElement): string {
  const label = (field as HTMLInputElement).labels?.[0]?.textContent;
  return (label ?? field.getAttribute('aria-label') ?? '').trim();
}

/** Ten keys a row, as many as fit 1280 px at 110 px each. */
export function letter_rows(digits: boolean, capital: boolean): string[][] {
  const rows = digits
    ? ['12345', '67890.-', '?!:,;/@_+=', '()%#&\'"<>*']
    : ['abcdefghij', 'klmnopqrst', 'uvwxyz.,-?'];
  return rows.map((row) => [...(capital ? row.toUpperCase() : row)]);
}

/** The value one step further; a range of many steps goes a twentieth of it at a time. */
export function stepped(field: HTMLInputElement, value: string, way: 1 | -1): string {
  const low = Number(field.min || 0);
  const high = Number(field.max || 100);
  const step = Number(field.step) || 1;
  const jump = Math.max(step, Math.round((high - low) / 20 / step) * step);
  const next = Math.min(high, Math.max(low, Number(value) + way * jump));
  return String(Number(next.toFixed(10)));
}

/** Sets a value so that the page notices, whatever set it before. */
export function set_value(field: HTMLElement, text: string): void {
  const own = Object.getPrototypeOf(field) as object;
  Object.getOwnPropertyDescriptor(own, 'value')?.set?.call(field, text);
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.dispatchEvent(new Event('change', { bubbles: true }));
}
