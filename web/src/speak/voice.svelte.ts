// Saying words: the server's voice first, a voice of the browser else, else the words large on the
// screen with the reason. A running sentence is fetched before it ends, so that it sounds at once.
import { text_of } from '../compose/word';
import type { Lang, Word } from '../compose/word';
import { Problem } from '../api';
import { voice_of } from './calls';
import { decode, play, sound_state } from '../sound/sound';
import type { SpokenAnswer } from './types';

/** Why nothing is heard, in the words of words.ts; null when it is heard. */
export type Mute = 'no_device' | 'locked' | 'no_voice' | null;

interface Ready {
  sound: AudioBuffer;
  times: SpokenAnswer['words'];
}

const kKept = 12;
const kDown_ms = 30_000; // so long nothing is fetched ahead after a voice that did not answer

export class Voice {
  /** What is being said, or was last; `at` is the word sounding now, -1 between words. */
  words = $state.raw<readonly Word[]>([]);
  at = $state(-1);
  saying = $state(false);
  mute = $state<Mute>(null);
  rate = 1;
  use_browser = false;
  #ready = new Map<string, Promise<Ready>>();
  #stop: (() => void) | null = null;
  #turn = 0;
  #down_until = 0;

  /** Fetches the sound of words that may soon be said. */
  prefetch(words: readonly Word[], lang: Lang): void {
    if (this.use_browser || words.length === 0 || performance.now() < this.#down_until) return;
    void this.#sound(words.slice(0, piece_of(words, 0)), lang).catch(() => {
      this.#down_until = performance.now() + kDown_ms;
    });
  }

  /** Says words; gives whether they were heard. A new saying ends the one before. */
  async say(words: readonly Word[], lang: Lang): Promise<boolean> {
    this.stop();
    const turn = ++this.#turn;
    this.words = words;
    this.at = -1;
    this.saying = true;
    let heard = true;
    for (let from = 0; from < words.length && heard && turn === this.#turn;) {
      const piece = words.slice(from, from + piece_of(words, from));
      heard = await this.#heard(piece, lang, turn, from);
      from += piece.length;
    }
    if (turn === this.#turn) {
      this.saying = false;
      this.at = -1;
    }
    return heard;
  }

  stop(): void {
    this.#turn += 1;
    this.#stop?.();
    this.#stop = null;
    this.saying = false;
    this.at = -1;
  }

  async #heard(words: readonly Word[], lang: Lang, turn: number, from: number): Promise<boolean> {
    const device = sound_state();
    if (!this.use_browser) {
      try {
        const ready = await this.#sound(words, lang);
        if (turn !== this.#turn) return false;
        const state = await device;
        this.mute = state === 'none' ? 'no_device' : state === 'locked' ? 'locked' : null;
        return (await this.#play(ready, turn, from)) && this.mute === null;
      } catch {
        if (turn !== this.#turn) return false;
      }
    }
    const said = await this.#by_browser(words, lang, turn, from);
    const state = await device;
    this.mute = !said ? 'no_voice' : state === 'none' ? 'no_device' : null;
    return said && this.mute === null;
  }

  #sound(words: readonly Word[], lang: Lang): Promise<Ready> {
    const key = JSON.stringify([lang, this.rate, words.map((one) => [one.text, one.pinyin])]);
    const known = this.#ready.get(key);
    if (known) return known;
    const made = fetched(words, lang, this.rate);
    this.#ready.set(key, made);
    made.catch(() => this.#ready.delete(key));
    if (this.#ready.size > kKept) this.#ready.delete(this.#ready.keys().next().value!);
    return made;
  }

  #play(ready: Ready, turn: number, from: number): Promise<boolean> {
    return new Promise((finish) => {
      const playing = play(ready.sound, () => {
        this.#stop = null;
        finish(true);
      });
      if (!playing) return finish(false);
      const look = () => {
        if (turn !== this.#turn || !this.#stop) return;
        const ms = playing.seconds() * 1000;
        const now = ready.times.find((one) => one.start_ms <= ms && ms < one.end_ms);
        const at = now ? from + now.index : -1;
        if (at !== this.at) this.at = at;
        requestAnimationFrame(look);
      };
      this.#stop = () => {
        playing.stop();
        finish(false);
      };
      look();
    });
  }

  #by_browser(words: readonly Word[], lang: Lang, turn: number, from: number): Promise<boolean> {
    const speech = globalThis.speechSynthesis;
    const voice = speech?.getVoices().find((one) => one.lang.toLowerCase().startsWith(lang));
    if (!speech || !voice) return Promise.resolve(false);
    return new Promise((finish) => {
      const text = text_of(words);
      const one = new SpeechSynthesisUtterance(text);
      one.voice = voice;
      one.lang = voice.lang;
      one.rate = this.rate;
      one.onboundary = (event) => {
        if (turn === this.#turn) this.at = from + word_at(words, event.charIndex);
      };
      one.onend = () => finish(true);
      one.onerror = () => finish(false);
      this.#stop = () => {
        speech.cancel();
        finish(false);
      };
      speech.speak(one);
    });
  }
}

async function fetched(words: readonly Word[], lang: Lang, rate: number): Promise<Ready> {
  let answer = await voice_of(lang, words, rate);
  let response = await fetch(answer.url);
  if (response.status === 404) {
    answer = await voice_of(lang, words, rate); // it had left the server's memory
    response = await fetch(answer.url);
  }
  if (!response.ok) throw new Problem('unavailable', '');
  return { sound: await decode(await response.arrayBuffer()), times: answer.words };
}

const kPiece = 900; // characters said at once; the server takes 2,000

/** How many words from here make one piece to be said. */
function piece_of(words: readonly Word[], from: number): number {
  let letters = 0;
  let n = 0;
  while (from + n < words.length && (n === 0 || letters < kPiece))
    letters += words[from + n++]!.text.length + 1;
  return n;
}

/** The word that holds a place of the text. */
export function word_at(words: readonly Word[], place: number): number {
  for (let i = 1; i <= words.length; i += 1)
    if (text_of(words.slice(0, i)).length > place) return i - 1;
  return words.length - 1;
}
