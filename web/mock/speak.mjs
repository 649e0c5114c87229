// Made-up writing and saying: the draft with its revision and holder, what was said, phrases,
// settings, answers to questions. Kept while it runs.
import { set_voice } from './gaze.mjs';
import { hang_up, tell } from './hub.mjs';
import { Refusal } from './names.mjs';
import { all_questions, question_of } from './partner.mjs';

let revision = 0;
let holder = null;
let draft = {};
let said = [];
let settings = {};
let log = [];
let next = 1;
const id = () => String((next += 1));
const time = () => new Date().toISOString();

/** Everything as it was at the start. */
export function reset() {
  [revision, holder, draft, said, settings, log] = [0, null, {}, [], {}, []];
  set_voice(true);
  phrases = phrases_at_start();
  return {};
}

const state = () => ({ revision, holder, draft });

function take({ client }) {
  holder = client;
  tell('holder', { client });
  return state();
}

function select(body) {
  holder ??= body.client;
  if (body.client !== holder || body.revision !== revision)
    throw new Refusal(409, 'conflict', 'another tab holds the draft');
  revision += 1;
  draft = body.draft;
  log.push({ act: body.act, key: body.key });
  return { revision };
}

const text_of = (words) => {
  let text = '';
  for (const { text: one } of words)
    text += (/[A-Za-z0-9,.!?;:]$/.test(text) && /^[A-Za-z0-9]/.test(one) ? ' ' : '') + one;
  return text;
};

const kSaid = ['client', 'lang', 'words', 'selections', 'undos', 'begun_at', 'seconds', 'question'];

function say(body) {
  const odd = Object.keys(body).find((key) => !kSaid.includes(key));
  if (odd) throw new Refusal(400, 'bad_input', `body: '${odd}' is not a key that is known here`);
  const { lang, words, selections, undos, begun_at, question = null } = body;
  const seconds = body.seconds ?? (Date.now() - new Date(begun_at).getTime()) / 1000;
  const one = { id: id(), at: time(), lang, words, text: text_of(words) };
  said.unshift({ ...one, selections, undos, seconds, question });
  tell('said', one);
  return { id: one.id, at: one.at };
}

function forget({ id: which }) {
  said = said.filter((one) => one.id !== which);
  tell('said', { id: which, forgotten: true });
  return {};
}

const phrase = (zh, en, pinyin) => ({
  id: id(),
  text: { en, zh },
  words_zh: pinyin.split('|').map((part, i) => {
    const texts = zh.split('|');
    return { text: texts[i] ?? '', pinyin: part.trim() };
  }),
});
const plain = (one) => ({ ...one, text: { ...one.text, zh: one.text.zh.replaceAll('|', '') } });
const phrases_at_start = () => ({
  pages: [
    {
      id: 'first',
      name: { en: 'Needs now', zh: '现在需要' },
      phrases: [
        phrase('吸痰', 'Suction, please.', 'xi tan'),
        phrase('擦口水', 'Please wipe my mouth.', 'ca kou shui'),
        phrase('呛到了', 'I am choking.', 'qiang dao le'),
        phrase('憋气', 'I am short of breath.', 'bie qi'),
        phrase('扶我起来|拍背', 'Sit me up and pat my back.', 'fu wo qi lai|pai bei'),
        phrase('翻身', 'Please turn me.', 'fan shen'),
        phrase('腰痛', 'My back hurts.', 'yao tong'),
        phrase('呼吸机', 'Please check the ventilator.', 'hu xi ji'),
        phrase('冷', 'I am cold.', 'leng'),
        phrase('热', 'I am hot.', 're'),
        phrase('关灯', 'Lights off, please.', 'guan deng'),
        phrase('谢谢', 'Thank you.', 'xie xie'),
        phrase('等一下|，|我在打字', 'Wait, I am typing.', 'deng yi xia||wo zai da zi'),
      ].map(plain),
    },
    {
      id: 'people',
      name: { en: 'People', zh: '找人' },
      phrases: [
        phrase('叫妈妈来', 'Please call my mother.', 'jiao ma ma lai'),
        phrase('叫护士', 'Please call the nurse.', 'jiao hu shi'),
        phrase('陪陪我', 'Please stay with me.', 'pei pei wo'),
      ].map(plain),
    },
  ],
});
let phrases = phrases_at_start();

const page_with = (which) =>
  phrases.pages.find((page) => page.phrases.some((one) => one.id === which));

function keep_phrase({ id: which, page, place, text }) {
  const old = which && page_with(which);
  if (which && !old) throw new Refusal(404, 'not_found', 'no phrase has this id');
  const before = old?.phrases.find((one) => one.id === which);
  const one = before ?? { id: id(), words_zh: text.zh ? [{ text: text.zh, pinyin: '' }] : [] };
  if (old) old.phrases = old.phrases.filter((each) => each !== one);
  const there = phrases.pages.find((each) => each.id === page);
  if (!there) throw new Refusal(404, 'not_found', 'there is no phrase page of this name');
  there.phrases.splice(place, 0, { ...one, text });
  return { id: one.id };
}

function remove_phrase({ id: which }) {
  const page = page_with(which);
  if (!page) throw new Refusal(404, 'not_found', 'no phrase has this id');
  page.phrases = page.phrases.filter((one) => one.id !== which);
  return { id: which };
}

const find = (which) => {
  const found = question_of(which);
  if (!found) throw new Refusal(404, 'not_found', `there is no question "${which}"`);
  return found;
};

function answer({ question: which, sentences, seconds, selections }) {
  const one = find(which);
  const kept = one.answer ?? { seconds: 0, selections: 0 };
  one.answer = {
    sentences,
    seconds: Math.max(kept.seconds, seconds),
    selections: Math.max(kept.selections, selections),
  };
  return {};
}

function send({ question: which, confirm }) {
  const one = find(which);
  const sentences = one.answer?.sentences ?? [];
  if (sentences.length === 0 || sentences.some((each) => each.state !== 'approved'))
    throw new Refusal(409, 'conflict', 'every sentence must be approved before it is sent');
  const text = text_of(sentences.flatMap((each) => each.words));
  if (!confirm) return { confirm: `c-${which}`, text };
  one.state = 'sent';
  one.sent_at = time();
  tell('answer', { question: which, state: 'sent' });
  return { sent_at: one.sent_at };
}

const use = () => ({
  days: [
    {
      date: time().slice(0, 10),
      selections: log.length,
      characters: said.reduce((sum, one) => sum + [...one.text].length, 0),
      undos: log.filter((one) => one.act === 'undo').length,
      offers_taken: log.filter((one) => one.act === 'pick').length,
      seconds: said.reduce((sum, one) => sum + one.seconds, 0),
      characters_per_minute: null,
    },
  ],
  answers: all_questions()
    .filter((one) => one.state === 'sent')
    .map((one) => ({
      question: one.id,
      seconds: one.answer.seconds,
      selections: one.answer.selections,
      characters: text_of(one.answer.sentences.flatMap((each) => each.words)).length,
      sentences: one.answer.sentences.length,
      sent_at: one.sent_at,
    })),
});

reset();

export const calls = {
  '/api/speak/state': state,
  '/api/speak/said': (query) => ({ said: said.slice(0, Number(query.get('limit') ?? 50)) }),
  '/api/speak/phrases': () => phrases,
  '/api/speak/settings': () => settings,
  '/api/speak/use': use,
  '/api/speak/log': () => ({ log }),
};
export const posts = {
  '/api/speak/take': take,
  '/api/speak/select': select,
  '/api/speak/said': say,
  '/api/speak/forget': forget,
  '/api/speak/phrase': keep_phrase,
  '/api/speak/phrase/remove': remove_phrase,
  '/api/speak/settings': (body) => {
    settings = body;
    return {};
  },
  '/api/speak/answer': answer,
  '/api/speak/send': send,
  '/api/speak/composing': () => ({}),
  // For the tests alone: as at the start; without a voice; every line cut.
  '/api/mock/reset': reset,
  '/api/mock/voice': ({ on }) => {
    set_voice(on);
    return {};
  },
  '/api/mock/hang_up': () => {
    hang_up();
    return {};
  },
};
