// Real paths without a page load: links inside the site, back and forward, focus and scroll kept.
import { app } from './app.svelte';

/** A path with its query; empty and null values are left out. */
export function href(
  path: string,
  query: Record<string, string | number | null | undefined> = {},
): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') parts.set(name, String(value));
  }
  const text = parts.toString();
  return text ? `${path}?${text}` : path;
}

/** The claim page of two concepts, with the year and the starting point that the reader has set. */
export function claim_href(subject: string, object: string): string {
  return href('/claim', {
    subject,
    object,
    as_of: app.query.get('as_of'),
    prior: app.query.get('prior'),
  });
}

/** Goes to an address of the site. `replace` for a change of settings on the same page. */
export function go(to: string, how: { replace?: boolean } = {}): void {
  if (how.replace) {
    history.replaceState(history.state, '', to);
  } else {
    history.replaceState({ left_by: focused_href() }, '', location.href);
    history.pushState(null, '', to);
  }
  const before = app.path;
  read_place();
  if (!how.replace && (before !== app.path || app.path === '/claim')) land();
}

/** Changes some values of the query and stays on the page. */
export function adjust(changes: Record<string, string | number | null>): void {
  const query = Object.fromEntries(new URLSearchParams(location.search));
  go(href(location.pathname, { ...query, ...changes }), { replace: true });
}

/** Takes over clicks on links of the site and the back button. */
export function start_router(): void {
  if (location.pathname === '/') history.replaceState(null, '', '/answers' + location.search);
  read_place();
  document.addEventListener('click', follow);
  addEventListener('popstate', () => {
    read_place();
    return_to((history.state as { left_by?: string } | null)?.left_by ?? null);
  });
}

function follow(event: MouseEvent): void {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  const to = link?.getAttribute('href');
  if (!to || !to.startsWith('/') || to.startsWith('/api') || link?.getAttribute('target')) return;
  event.preventDefault();
  go(to);
}

function read_place(): void {
  app.path = location.pathname;
  app.search = location.search;
}

function focused_href(): string | null {
  return document.activeElement?.closest('a')?.getAttribute('href') ?? null;
}

/** A new page starts at its top, and the reader's focus at its heading. */
function land(): void {
  scrollTo(0, 0);
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true }),
  );
}

/** After "back" the focus returns to the link that was left, once the page has loaded it. */
function return_to(link: string | null, tries = 60): void {
  if (!link || tries === 0) return;
  const found = [...document.querySelectorAll<HTMLAnchorElement>('main a[href]')].find(
    (a) => a.getAttribute('href') === link,
  );
  if (found) found.focus();
  else setTimeout(() => return_to(link, tries - 1), 50);
}
