// Questions to answer: which are open, which one is at work, and how an answer is kept and sent.
import { Problem } from '../api';
import { app } from '../app.svelte';
import { empty_composer, is_empty, state_of } from '../compose/composer';
import type { Composer } from '../compose/composer';
import { ended } from '../compose/draft';
import type { Sentence } from '../compose/draft';
import { composer_of } from '../compose/document';
import { language_of, text_of } from '../compose/word';
import { say } from '../app.svelte';
import { get_questions, get_use, keep_answer, send_answer, wire, words_from } from './calls';
import { kTalk } from './desk.svelte';
import type { Desk } from './desk.svelte';
import type { Question, Use } from './types';
import { answer_words as a } from './words';

const kKeep_ms = 1500;

export class Answers {
  questions = $state.raw<readonly Question[]>([]);
  /** A yes-or-no question from a partner's screen. */
  asked = $state<string | null>(null);
  use = $state.raw<Use | null>(null);
  /** The whole text as the server will send it, after the first of the two steps. */
  confirm = $state.raw<{ question: string; token: string; text: string } | null>(null);
  problem = $state('');
  sent = $state.raw<{ seconds: number; selections: number } | null>(null);
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly desk: Desk) {
    desk.onanswer = () => this.#keep_soon();
  }

  get current(): Question | null {
    const key = this.desk.active;
    return key === kTalk ? null : (this.questions.find((one) => one.id === key) ?? null);
  }
  get open_count(): number {
    return this.questions.filter((one) => one.state === 'open').length;
  }
  /** Sentences of the answer at work; an open one at the end is among them. */
  get sentences(): readonly Sentence[] {
    return this.desk.composer.now.sentences.filter((one) => one.words.length > 0);
  }
  get can_send(): boolean {
    const { composer } = this.desk;
    return (
      this.sentences.length > 0 &&
      composer.now.typed === '' &&
      this.sentences.every((one) => state_of(composer, one) === 'approved')
    );
  }

  name_of(question: Question): string {
    return question.source === 'review' ? say(a.brain) : question.from;
  }

  load = async (): Promise<void> => {
    const found = await get_questions().catch(() => null);
    if (!found) return;
    this.questions = [...found.questions].sort(
      (x, y) => Number(x.state === 'sent') - Number(y.state === 'sent'),
    );
  };

  load_use = async (): Promise<void> => {
    this.use = await get_use(7).catch(() => null);
  };

  board(data: Record<string, unknown> | null): void {
    const question = data && !data['answer'] ? data['question'] : null;
    this.asked = typeof question === 'string' && question ? question : null;
  }

  answer(question: Question): void {
    this.problem = '';
    this.sent = null;
    this.desk.open_composer(question.id, () => made_from(question));
  }

  leave(): void {
    this.#keep();
    this.desk.open_composer(kTalk, () => empty_composer(app.lang));
  }

  approve_all(): void {
    const { composer } = this.desk;
    composer.now.sentences.forEach((one, s) => {
      if (ended(one) && state_of(composer, one) === 'heard')
        this.desk.act({ do: 'approve', s }, 'other');
    });
  }

  /** The first step: what will be sent, whole. */
  async prepare(): Promise<void> {
    const question = this.current;
    if (!question || !this.can_send) return;
    this.problem = '';
    this.confirm = null;
    try {
      await this.#keep();
      const { confirm, text } = await send_answer(question.id);
      this.confirm = { question: question.id, token: confirm ?? '', text: text ?? '' };
    } catch (error) {
      this.problem = why(error);
    }
  }

  /** The second step. The composer of a sent answer is closed. */
  async send(): Promise<void> {
    const ready = this.confirm;
    if (!ready) return;
    const seconds = this.desk.seconds_of(ready.question);
    const { selections } = this.desk.composer.counts;
    try {
      await send_answer(ready.question, ready.token);
      this.confirm = null;
      this.sent = { seconds, selections };
      this.desk.close_composer(ready.question);
      await this.load();
      await this.load_use();
    } catch (error) {
      this.problem = why(error);
    }
  }

  #keep_soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep().catch(() => undefined), kKeep_ms);
  }

  async #keep(): Promise<void> {
    clearTimeout(this.#timer);
    const { desk } = this;
    if (desk.active === kTalk || is_empty(desk.composer.now)) return;
    await keep_answer({
      client: desk.session.client,
      question: desk.active,
      sentences: this.sentences.map((one) => ({
        words: wire(one.words),
        lang: language_of(one.words, desk.lang),
        state: state_of(desk.composer, one),
      })),
      seconds: desk.seconds_of(desk.active),
      selections: desk.composer.counts.selections,
    });
  }
}

/** A composer for a question: from its kept answer, if another machine began it. */
function made_from(question: Question): Composer {
  const kept = question.answer?.sentences ?? [];
  if (kept.length === 0) return empty_composer(question.lang);
  const sentences = kept.map((one, i) => ({ id: i + 1, words: words_from(one.words, one.lang) }));
  const last = sentences.at(-1)!;
  if (ended(last)) sentences.push({ id: sentences.length + 1, words: [] });
  const heard: Record<string, string> = {};
  const approved: Record<string, string> = {};
  kept.forEach((one, i) => {
    const text = text_of(sentences[i]!.words);
    if (one.state !== 'draft') heard[i + 1] = text;
    if (one.state === 'approved') approved[i + 1] = text;
  });
  const made = composer_of({
    lang: question.lang,
    sentences: sentences.map(({ id, words }) => ({
      id,
      words: words.map((one) => [one.text, one.pinyin, one.lang]),
    })),
    at: [sentences.length - 1, sentences.at(-1)!.words.length],
    typed: '',
    errand: null,
    approved,
    heard,
    next_id: sentences.length + 1,
    counts: [question.answer?.selections ?? 0, 0, 0],
  });
  return made ?? empty_composer(question.lang);
}

const why = (error: unknown): string =>
  error instanceof Problem && error.kind !== 'unreachable'
    ? say(a.refused, { m: error.message })
    : say(a.unreached);
