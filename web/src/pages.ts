// The pages of the site, in the groups of the header. Pure.
import type { Text } from './i18n';
import { words } from './words';

export interface PageGroup {
  path: string;
  text: Text;
  pages: (readonly [string, Text])[];
}

export const kGroups: readonly PageGroup[] = [
  {
    path: '/answers',
    text: words.answers,
    pages: [
      ['/answers', words.ranking],
      ['/graph', words.graph],
      ['/chains', words.chains],
    ],
  },
  {
    path: '/evidence',
    text: words.evidence,
    pages: [
      ['/evidence', words.library],
      ['/review', words.review],
      ['/contradictions', words.contradictions],
    ],
  },
  {
    path: '/weights',
    text: words.weighing,
    pages: [
      ['/weights', words.weights],
      ['/changes', words.changes],
    ],
  },
  {
    path: '/people',
    text: words.people_group,
    pages: [
      ['/people', words.people],
      ['/data', words.data],
      ['/about', words.about],
    ],
  },
  {
    path: '/care',
    text: words.voice_group,
    pages: [
      ['/care', words.care],
      ['/speak', words.speak],
      ['/partner', words.partner],
      ['/report', words.report],
    ],
  },
];

/** Pages that need the whole screen: shown without the site's header. */
const kBare = new Set(['/partner', '/speak']);
export const is_bare = (path: string): boolean => kBare.has(path);

/**
 * Pages whose words, calls and scores are a real person's own. No line about synthetic people stands
 * there: who hears a call must not take it for a demonstration.
 */
const kOwn = new Set(['/speak', '/partner', '/care', '/report']);
export const is_own = (path: string): boolean => kOwn.has(path);

/** A page that is opened from another one stands under it in the header. */
const kUnder: Record<string, string> = { '/claim': '/answers', '/paper': '/evidence' };

/** The header's page of an address: its own, or the one that it is opened from. */
export const page_of = (path: string): string => kUnder[path] ?? path;

/** The group that holds an address, or null at an address without a page. */
export function group_of(path: string): PageGroup | null {
  return kGroups.find((group) => group.pages.some(([own]) => own === page_of(path))) ?? null;
}
