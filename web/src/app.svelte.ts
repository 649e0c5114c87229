// What the whole page shares: language, light or dark, and the place in the address bar.
import { fill, first_lang, pick, remember_lang, stored_lang } from './i18n';
import type { Lang, Text } from './i18n';

export type Theme = 'system' | 'light' | 'dark';

class App {
  lang = $state<Lang>(first_lang(location.search, stored_lang(), navigator.language));
  theme = $state<Theme>(stored_theme());
  path = $state(location.pathname);
  search = $state(location.search);
  query = $derived(new URLSearchParams(this.search));
}

export const app = new App();

/** A text in the language of the page, its `{places}` filled. */
export function say(
  text: Text | null | undefined,
  values: Record<string, string | number> = {},
): string {
  return fill(pick(text, app.lang), values);
}

/** A value in the page's language where the record has one in Chinese, else the record's own. */
export function ours<T>(own: T, zh: T | null | undefined): T {
  return app.lang === 'zh' && zh ? zh : own;
}

/** Switches the language and keeps the page. */
export function set_lang(lang: Lang): void {
  app.lang = lang;
  remember_lang(lang);
}

/** Light, dark, or as the system says; remembered. */
export function set_theme(theme: Theme): void {
  app.theme = theme;
  try {
    localStorage.setItem('thaw.theme', theme);
  } catch {
    return;
  }
}

function stored_theme(): Theme {
  try {
    const theme = localStorage.getItem('thaw.theme');
    return theme === 'dark' || theme === 'light' ? theme : 'system';
  } catch {
    return 'system';
  }
}
