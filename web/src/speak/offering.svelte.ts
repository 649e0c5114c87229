// The offers on the page. They are asked for after a selection and put in when they arrive; one that
// arrives late, while a look rests on the offers, waits until the look has left: nothing moves under it.
import type { Offer } from '../compose/composer';
import { placed } from '../compose/view';
import type { Lang } from '../compose/word';
import { word } from '../compose/word';
import type { Text } from '../i18n';
import { is_gone, offers_from, suggest } from './calls';

const kLate_ms = 350;

export interface Wanted {
  lang: Lang;
  before: string;
  typed: string;
}

export class Offering {
  slots = $state.raw<readonly (Offer | null)[]>([]);
  /** The first by rank: what the letters stand for when they must end. */
  first = $state.raw<Offer | null>(null);
  reading = $state('');
  more = $state(false);
  page = $state(0);
  note = $state.raw<Text | null>(null);
  gone = $state(false);
  /** The letters that the shown offers were made for. */
  #typed = '';
  #wanted: Wanted = { lang: 'zh', before: '', typed: '' };
  #places = 6;
  #stop: AbortController | null = null;
  #over = false;
  #held: (() => void) | null = null;

  /** Asks for the offers of a draft. `turn` asks for the next page of the same ones. */
  async ask(wanted: Wanted, places: number, turn = 0): Promise<void> {
    this.#stop?.abort();
    this.#held = null;
    this.#wanted = wanted;
    this.#places = places;
    this.page = turn;
    this.first = null;
    const stop = (this.#stop = new AbortController());
    const asked = performance.now();
    try {
      const answer = await suggest({ ...wanted, offers: places, page: turn }, stop.signal);
      const offers = offers_from(answer.offers, wanted.lang);
      this.#arrive(asked, stop, () => {
        this.gone = false;
        this.note = answer.engine?.note ?? null;
        this.reading = answer.reading ?? wanted.typed;
        this.more = answer.more === true;
        this.#put(offers, wanted.typed, turn > 0 ? [] : this.slots);
      });
    } catch (error) {
      if (stop.signal.aborted) return;
      this.#arrive(asked, stop, () => {
        this.gone = is_gone(error);
        this.reading = wanted.typed;
        this.more = false;
        this.#put(as_typed(wanted), wanted.typed, []);
      });
    }
  }

  /**
   * An offer as it is meant now: one that stood for all letters, taken before the answer to a later
   * letter has come, stands for that letter too.
   */
  meant(offer: Offer, typed: string): Offer {
    if (typed === this.#typed || !typed.startsWith(this.#typed)) return offer;
    const whole = offer.letters_used > 0 && offer.letters_used === this.#typed.length;
    if (!whole && !(this.#typed === '' && spells(offer, typed))) return offer;
    return { ...offer, letters_used: typed.length };
  }

  turn(): Promise<void> {
    return this.ask(this.#wanted, this.#places, this.more ? this.page + 1 : 0);
  }

  /** Whether a pointer or a look rests on the offers. */
  rest_on(over: boolean): void {
    this.#over = over;
    if (over || !this.#held) return;
    const put = this.#held;
    this.#held = null;
    put();
  }

  #arrive(asked: number, stop: AbortController, put: () => void): void {
    if (stop.signal.aborted) return;
    if (this.#over && performance.now() - asked > kLate_ms) this.#held = put;
    else put();
  }

  #put(offers: readonly Offer[], typed: string, before: readonly (Offer | null)[]): void {
    this.#typed = typed;
    this.first = offers[0] ?? null;
    this.slots = placed(before, offers, this.#places);
  }
}

/** Whether letters are the beginning of an offer, as it is read or as it is written. */
function spells(offer: Offer, typed: string): boolean {
  const letters = typed.toLowerCase().replace(/'/g, '');
  const read = offer.words.map((one) => one.pinyin.replace(/ /g, '')).join('');
  return read.startsWith(letters) || offer.text.toLowerCase().startsWith(letters);
}

/** Without the server the letters themselves are all that can be offered. */
function as_typed({ typed, lang }: Wanted): Offer[] {
  if (!typed) return [];
  const words = [word(typed, '', lang)];
  return [{ text: typed, words, source: 'letters', letters_used: typed.length }];
}
