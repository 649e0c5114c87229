// Two languages. Every text for people, ours or the server's, is a `Text`; `say` picks the language.

/** A text in both languages. */
export interface Text {
  en: string;
  zh: string;
}

export type Lang = 'en' | 'zh';

const kStore = 'thaw.lang';

/** The language to start with: the address, else what was chosen before, else the browser's. */
export function first_lang(query: string, stored: string | null, browser: string): Lang {
  const asked = new URLSearchParams(query).get('lang');
  if (asked === 'zh' || asked === 'en') return asked;
  if (stored === 'zh' || stored === 'en') return stored;
  return browser.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** Remembers the choice; a browser that refuses storage just forgets it. */
export function remember_lang(lang: Lang): void {
  try {
    localStorage.setItem(kStore, lang);
  } catch {
    return;
  }
}

/** What was chosen before, or null. */
export function stored_lang(): string | null {
  try {
    return localStorage.getItem(kStore);
  } catch {
    return null;
  }
}

/** The language's words of a text; the other language's where one is empty. */
export function pick(text: Text | null | undefined, lang: Lang): string {
  if (!text) return '';
  return text[lang] || text.en || text.zh;
}

const kBetweenChinese = /(?<=[\u3001-\u9fff\uff01-\uff5e]) (?=[\u3001-\u9fff\uff01-\uff5e])/g;

/**
 * Puts values into `{name}` places. A place without a value stays visible: it is a mistake to find.
 * The blank that parts a Latin name from Chinese goes where the name turns out to be Chinese.
 */
export function fill(sentence: string, values: Record<string, string | number>): string {
  return sentence
    .replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place))
    .replace(kBetweenChinese, '');
}
