// The filters of the list of claims, as the address holds them. Pure.
import type { Text } from '../i18n';
import type { ClaimSummary } from '../types_work';

export const kFilters = [
  'kind',
  'study_kind',
  'extractor',
  'contested',
  'min_belief',
  'concept',
] as const;
const kWeighing = ['as_of', 'prior', 'preset'] as const;
export const kSorts = ['belief', 'conflict', 'items', 'recent'] as const;
export const kStep = 50;

/** The name of a concept as the claims of a list have it, or null when none speaks of it. */
export function name_in(claims: readonly ClaimSummary[], id: string | null): Text | null {
  for (const { subject, object } of claims) {
    if (subject.id === id) return subject.name;
    if (object.id === id) return object.name;
  }
  return null;
}

/** How many filters are set. */
export const filters_set = (query: URLSearchParams): number =>
  kFilters.filter((name) => query.get(name)).length;

/** A place in the list from the address: a whole number, at least 0. */
export function offset_of(query: URLSearchParams): number {
  const value = Number(query.get('offset') ?? 0);
  return Number.isSafeInteger(value) && value > 0 ? value : 0;
}

/** What the server is asked for; nothing else of the address goes along. */
export function claims_query(query: URLSearchParams): Record<string, string | number | null> {
  const asked: Record<string, string | number | null> = {};
  for (const name of ['q', 'sort', ...kFilters, ...kWeighing]) asked[name] = query.get(name);
  return { ...asked, limit: kStep, offset: offset_of(query) || null };
}
