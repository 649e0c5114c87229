// The speaking page's state: the composers (talk, and one for each question being answered), the
// panel, what is said, and the line to the server. Components read it and call its acts.
import { app } from '../app.svelte';
import { before_caret, ended } from '../compose/draft';
import { empty_composer, hear, is_empty, step, whole_text } from '../compose/composer';
import type { Act, Composer, Offer } from '../compose/composer';
import { composer_of, document_of } from '../compose/document';
import { language_of, text_of, word } from '../compose/word';
import type { Lang, Word } from '../compose/word';
import { forget, get_settings, set_settings, tell_composing } from './calls';
import { caller } from './call.svelte';
import type { Key } from './keys';
import { Offering } from './offering.svelte';
import { Reporter } from './reporter.svelte';
import { Session } from './session.svelte';
import { kUsual, settings_of } from './settings';
import type { Settings } from './settings';
import { Voice } from './voice.svelte';

export type Panel =
  | 'keys'
  | 'numbers'
  | 'phrases'
  | 'board'
  | 'questions'
  | 'review'
  | 'sending'
  | 'sentences'
  | 'settings'
  | 'more'
  | 'help'
  | 'text'
  | 'care'
  | 'expander';

export const kTalk = 'talk';
const kBefore = 240; // characters before the caret that the server looks at
const kPauseMost_s = 300; // a longer pause between two selections is rest, not composing
const kComposing_ms = 3000;
const kShared = 2000; // characters of the draft that a partner may see, if the person allows it
const kRead_ms = 4000;
const kReadLetter_ms = 200;

const kTiredOffers = 4;
const kHelped = 'thaw.speak.helped';
const kKind: Partial<Record<Act['do'], string>> = {
  letter: 'type',
  digit: 'type',
  mark: 'type',
  space: 'type',
  pick: 'pick',
  undo: 'undo',
  replace: 'repair',
  delete: 'repair',
  respell: 'repair',
  insert: 'repair',
  end: 'say',
};

export class Desk {
  active = $state(kTalk);
  composers = $state.raw<Readonly<Record<string, Composer>>>({});
  panel = $state<Panel>('keys');
  /** The word under repair. */
  repair = $state.raw<{ s: number; w: number } | null>(null);
  resting = $state(false);
  draft_page = $state(0);
  group = $state<string | null>(null);
  /** What could not be heard stands large instead of the keys, for as long as it takes to read. */
  loud = $state(false);
  /** Whether the help was ever opened in this browser. */
  helped = $state(flag(kHelped));
  settings = $state.raw<Settings>(kUsual);
  ready = $state(false);
  readonly voice = new Voice();
  readonly caller = caller;
  readonly offering = new Offering();
  readonly session = new Session(() => this.document());
  readonly reporter = new Reporter(this.session.client);
  #kept_settings: Record<string, unknown> = {};
  #seconds: Record<string, number> = {};
  #last = performance.now();
  #begun: number | null = null;
  /** By composer, its counts when something was last said. */
  #reported: Record<string, { selections: number; undos: number }> = {};
  #loud_timer: ReturnType<typeof setTimeout> | undefined;
  /** What was said last and stands not in the draft: UNDO takes back this first. */
  #aside: Promise<string | null> | null = null;
  #told_at = -kComposing_ms;
  onanswer: (() => void) | null = null;

  get composer(): Composer {
    return this.composers[this.active] ?? empty_composer(app.lang);
  }
  get lang(): Lang {
    return this.composer.now.lang;
  }

  /** How many offers stand side by side. */
  get places(): number {
    return this.settings.tired
      ? Math.min(kTiredOffers, this.settings.offers)
      : this.settings.offers;
  }

  async begin(): Promise<void> {
    const found = (await this.session.begin()) as Record<string, unknown> | null;
    this.#restore(found);
    this.ready = true;
    this.refresh();
    await this.#read_settings();
    void this.caller.look();
  }

  async take_over(): Promise<void> {
    this.#restore((await this.session.take_over()) as Record<string, unknown> | null);
    this.refresh();
  }

  /** One selection on the draft. `key` is the key's class, never what was written. */
  act(act: Act, key: string): void {
    if (this.session.standing === 'taken') return;
    this.#time();
    this.#aside = null;
    const { composer, effects } = step(this.composer, act);
    this.#set(this.active, composer);
    this.draft_page = 0;
    if (act.do === 'undo') dispatchEvent(new CustomEvent('gaze:undo'));
    const when = this.settings.speak_when;
    for (const effect of effects) {
      if (effect.say === 'sentence') {
        if (when !== 'demand' || act.do === 'end') void this.say_sentence(effect.id);
      } else if (when === 'word')
        void this.voice.say(effect.words, language_of(effect.words, this.lang));
    }
    this.session.keep(kKind[act.do] ?? 'other', key);
    if (this.active !== kTalk) this.onanswer?.();
    this.#composing(composer);
    this.refresh();
  }

  press(key: Key): void {
    const first = this.offering.first;
    const one = key.act;
    if (one.do === 'group') this.group = one.letters;
    else if (one.do === 'group_close') this.group = null;
    else {
      if (one.do === 'letter') this.act(one, 'letter');
      else if (one.do === 'digit') this.act(one, 'digit');
      else if (one.do === 'mark') this.act({ ...one, first }, 'mark');
      else if (one.do === 'space')
        this.act({ do: 'space', first: this.lang === 'zh' ? first : null }, 'space');
      else this.act({ do: 'shift' }, 'other');
      this.group = null;
      if (one.do === 'shift' && this.panel === 'numbers') this.panel = 'keys';
    }
  }

  take(offer: Offer): void {
    const { typed } = this.composer.now;
    this.act({ do: 'pick', offer: this.offering.meant(offer, typed) }, 'offer');
  }

  /** SPEAK: ends and says what is open, else says the last sentence again. */
  speak(): void {
    const { now } = this.composer;
    const open = now.sentences.at(-1);
    if (now.typed || now.errand || (open && open.words.length > 0)) {
      this.act({ do: 'end', first: this.lang === 'zh' ? this.offering.first : null }, 'speak');
      return;
    }
    const last = now.sentences.filter(ended).at(-1);
    if (last) void this.say_sentence(last.id, false);
    else if (this.voice.words.length > 0) void this.say_words(this.voice.words, false);
  }

  /** The next page of offers for the same letters. */
  more_offers(): void {
    this.session.keep('page', 'page');
    void this.offering.turn();
  }

  undo(): void {
    this.repair = null;
    const aside = this.#aside;
    this.#aside = null;
    if (!aside) return this.act({ do: 'undo' }, 'undo');
    this.voice.stop();
    this.voice.words = [];
    this.close_loud();
    this.session.keep('undo', 'undo');
    void aside.then((id) => id && forget(id)).catch(() => undefined);
  }

  async say_sentence(id: number, told = true): Promise<void> {
    const key = this.active;
    const one = this.composer.now.sentences.find((sentence) => sentence.id === id);
    if (!one) return;
    if (told) this.#report(one.words);
    const begun = this.composer;
    // Repaired before it was heard to its end, it is to be said again all the same.
    if (begun.heard[id] === undefined) this.#set(key, hear(begun, id, ''));
    const heard = await this.#voiced(one.words);
    if (!heard && this.voice.mute === null) return; // cut off by the next one
    const composer = this.composers[key];
    if (composer) this.#set(key, hear(composer, id, text_of(one.words)));
    this.session.keep('other', 'other');
    if (key !== kTalk) this.onanswer?.();
  }

  /** Words that are not in the draft: a phrase, yes or no. */
  async say_words(words: readonly Word[], told = true): Promise<void> {
    this.#aside = told ? this.#report(words) : null;
    await this.#voiced(words);
  }

  close_loud(): void {
    this.loud = false;
    clearTimeout(this.#loud_timer);
  }

  async #voiced(words: readonly Word[]): Promise<boolean> {
    this.close_loud();
    const heard = await this.voice.say(words, language_of(words, this.lang));
    if (heard || this.voice.mute === null) return heard;
    this.loud = true;
    const ms = kRead_ms + kReadLetter_ms * text_of(words).length;
    this.#loud_timer = setTimeout(() => (this.loud = false), ms);
    return false;
  }

  open(panel: Panel): void {
    this.close_loud();
    if (panel === 'help') {
      this.helped = true;
      set_flag(kHelped);
    }
    this.panel = panel;
    this.repair = null;
    this.group = null;
    if (panel === 'keys' || panel === 'numbers') this.refresh();
  }

  /** Opens the composer of a question (or of talk), made from what is kept of it. */
  open_composer(key: string, made: () => Composer): void {
    this.#time();
    if (!this.composers[key]) {
      const composer = made();
      this.#set(key, composer);
      this.#reported[key] = composer.counts;
    }
    this.active = key;
    this.draft_page = 0;
    this.open('keys');
    this.session.keep('page', 'page');
  }
  close_composer(key: string): void {
    const { [key]: _, ...rest } = this.composers;
    this.composers = rest;
    if (this.active === key) this.active = kTalk;
    this.session.keep('page', 'page');
    this.refresh();
  }

  /** Own composing time of a question so far. */
  seconds_of(key: string): number {
    return Math.round(this.#seconds[key] ?? 0);
  }

  rest(on: boolean): void {
    this.rested(on);
    document.documentElement.dispatchEvent(
      new CustomEvent('gaze:rest', { bubbles: true, detail: { on } }),
    );
  }

  /** After the selection engine went to rest by itself, or woke. */
  rested(on: boolean): void {
    this.#time();
    this.resting = on;
  }

  refresh(): void {
    const { now } = this.composer;
    const before = text_of(before_caret(now)).slice(-kBefore);
    void this.offering.ask({ lang: now.lang, before, typed: now.typed }, this.places);
    const open = now.sentences.at(-1);
    if (this.settings.speak_when === 'demand' || !open || open.words.length === 0 || now.typed)
      return;
    const lang = language_of(open.words, now.lang);
    this.voice.prefetch([...open.words, word(lang === 'zh' ? '。' : '.', '', lang)], lang);
  }

  async set(change: Partial<Settings>): Promise<void> {
    this.#apply({ ...this.#kept_settings, ...this.settings, ...change });
    await set_settings(this.#kept_settings).catch(() => undefined);
  }

  /** Settings that were changed elsewhere. */
  settle(raw: unknown): void {
    if (raw && typeof raw === 'object') this.#apply(raw as Record<string, unknown>);
  }

  document(): unknown {
    const composers: Record<string, unknown> = {};
    for (const [key, one] of Object.entries(this.composers)) composers[key] = document_of(one);
    const text = whole_text(this.composer.now).slice(-kShared);
    return { version: 1, active: this.active, text, composers, seconds: { ...this.#seconds } };
  }

  #restore(found: Record<string, unknown> | null): void {
    const composers: Record<string, Composer> = { [kTalk]: empty_composer(app.lang) };
    const kept = (found?.['composers'] ?? {}) as Record<string, unknown>;
    for (const [key, raw] of Object.entries(kept)) {
      const one = composer_of(raw);
      if (one) composers[key] = one;
    }
    this.composers = composers;
    const active = found?.['active'];
    this.active = typeof active === 'string' && composers[active] ? active : kTalk;
    for (const [key, s] of Object.entries((found?.['seconds'] ?? {}) as Record<string, unknown>))
      if (typeof s === 'number' && s >= 0) this.#seconds[key] = s;
    for (const [key, one] of Object.entries(composers)) this.#reported[key] = one.counts;
  }

  #set(key: string, composer: Composer): void {
    this.composers = { ...this.composers, [key]: composer };
  }

  /** Time since the last selection goes to the composer at work; rest and long pauses do not. */
  #time(): void {
    const now = performance.now();
    const passed = (now - this.#last) / 1000;
    this.#last = now;
    this.#begun ??= now;
    if (this.resting || this.active === kTalk) return;
    this.#seconds[this.active] = (this.#seconds[this.active] ?? 0) + Math.min(passed, kPauseMost_s);
  }

  #report(words: readonly Word[]): Promise<string | null> {
    const { counts } = this.composer;
    const before = this.#reported[this.active] ?? { selections: 0, undos: 0 };
    const now = performance.now();
    const id = this.reporter.said({
      lang: language_of(words, this.lang),
      words,
      selections: Math.max(0, counts.selections - before.selections),
      undos: Math.max(0, counts.undos - before.undos),
      seconds: this.#begun === null ? 0 : (now - this.#begun) / 1000,
      question: this.active === kTalk ? null : this.active,
    });
    this.#reported[this.active] = counts;
    this.#begun = null;
    return id;
  }

  #composing(composer: Composer): void {
    const now = performance.now();
    if (is_empty(composer.now) || now - this.#told_at < kComposing_ms) return;
    this.#told_at = now;
    void tell_composing(true).catch(() => undefined);
  }

  async #read_settings(): Promise<void> {
    try {
      this.#apply(await get_settings());
    } catch {
      this.#apply(this.#kept_settings);
    }
  }

  #apply(raw: Record<string, unknown>): void {
    this.#kept_settings = raw;
    const settings = settings_of(raw);
    const before = this.places;
    this.settings = settings;
    this.voice.rate = settings.rate;
    this.voice.use_browser = settings.voice === 'browser';
    document.documentElement.dispatchEvent(
      new CustomEvent('gaze:settings', { bubbles: true, detail: raw }),
    );
    if (this.places !== before) this.refresh();
  }
}

function flag(name: string): boolean {
  try {
    return localStorage.getItem(name) === '1';
  } catch {
    return false;
  }
}
function set_flag(name: string): void {
  try {
    localStorage.setItem(name, '1');
  } catch {
    return;
  }
}
