// Numbers as people read them. A number that is not known is "–", never 0.

const kUnknown = '–';

/** A probability as whole per cent; near the ends "<1 %" and ">99 %": nothing here is certain. */
export function percent(share: number | null | undefined): string {
  if (share === null || share === undefined) return kUnknown;
  if (share > 0 && share < 0.01) return '<1%';
  if (share < 1 && share > 0.99) return '>99%';
  return `${Math.round(share * 100)}%`;
}

/** Percentage points of a small error, one digit: 0.0021 is "0.2". */
export function points(error: number): string {
  return (error * 100).toFixed(1);
}

/** A number to about three digits, with a true minus sign. */
export function number(value: number | null | undefined): string {
  if (value === null || value === undefined) return kUnknown;
  if (value === 0) return '0';
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : near_one(size) ? 3 : 2;
  const text = value.toFixed(digits);
  return Number(text) < 0 ? text.replace('-', '−') : text.replace('-', '');
}

/** A ratio just beside 1 must not read as 1: that is where an interval touches no effect or not. */
function near_one(size: number): boolean {
  return size !== 1 && size.toFixed(2) === '1.00' && size.toFixed(3) !== '1.000';
}

/** Nats with their sign: "+1.88", "−4.00", "0". */
export function nats(value: number | null | undefined): string {
  if (value === null || value === undefined) return kUnknown;
  return value > 0 ? `+${number(value)}` : number(value);
}

/** A p value with two significant digits; a very small one as "<0.0001". */
export function p_value(p: number): string {
  return p < 0.0001 ? '<0.0001' : String(Number(p.toPrecision(2)));
}

/** A whole number with thin grouping: 361234 is "361,234". */
export function count(value: number | null | undefined): string {
  if (value === null || value === undefined) return kUnknown;
  return Math.round(value).toLocaleString('en-US');
}

/** "0.42 (0.03 to 0.81)"; without an interval the value alone. `to` is the page's word for it. */
export function interval(
  effect: { value: number | null; low: number | null; high: number | null },
  to: string,
): string {
  if (effect.low === null || effect.high === null) return number(effect.value);
  return `${number(effect.value)} (${number(effect.low)} ${to} ${number(effect.high)})`;
}

/** A year from the address bar, or null when there is none or it is not one; full-width digits count. */
export function year(text: string | null): number | null {
  const digits = text?.normalize('NFKC').trim() ?? '';
  const value = /^\d{4}$/.test(digits) ? Number(digits) : 0;
  return value >= 1900 && value <= 2100 ? value : null;
}
