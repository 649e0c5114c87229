// Made-up listeners: pairing by a code, what was said, the board and the questions. A request with the
// cookie far=1 counts as one from another machine. POST /api/mock/partner plays the person who writes.
import { begin_call, care, next_id, now, reset_care } from './care.mjs';
import { hang_up, tell } from './hub.mjs';
import { Refusal } from './names.mjs';

const kCode = '483920';
let paired;
let composing;
let draft;
let said;
let board;
let questions;

function reset() {
  paired = [{ name: 'Lin', since: now() - 86_400 }];
  composing = false;
  draft = null;
  board = null;
  const at = now();
  said = [
    { id: '1', at: at - 900, lang: 'zh', text: '早上好，今天天气怎么样？' },
    { id: '2', at: at - 610, lang: 'en', text: 'Could you raise my left arm a little?' },
    { id: '3', at: at - 300, lang: 'zh', text: '谢谢，这样舒服多了。' },
    { id: '4', at: at - 40, lang: 'zh', text: '我想喝一点温水。' },
  ];
  questions = [
    {
      id: '7',
      from: 'Lin',
      text: '昨晚睡得怎么样？翻身的次数够吗？',
      lang: 'zh',
      source: 'person',
      item: null,
      asked_at: at - 5400,
      state: 'sent',
      answer: {
        sentences: [
          sentence('zh', '睡得还可以。'),
          sentence('zh', '三点左右腰有点痛，多翻一次就好了。'),
        ],
        seconds: 412,
        selections: 61,
      },
    },
  ];
  reset_care();
}
const sentence = (lang, text) => ({ lang, state: 'approved', words: [{ text, pinyin: '' }] });
reset();

/** A question by its id, and all of them; undefined where there is none. */
export const question_of = (id) => questions.find((one) => one.id === id);
export const all_questions = () => questions;

const cookies = ({ request }) => request.headers.cookie ?? '';
const is_far = (asked) => /(^|; )far=1/.test(cookies(asked));
const name_of = (asked) => {
  const found = /thaw_partner=([^;]+)/.exec(cookies(asked));
  return found ? decodeURIComponent(found[1]) : null;
};

/** Refuses a request that is neither from this machine nor from a paired partner. */
export function only_partner(asked) {
  if (is_far(asked) && !name_of(asked))
    throw new Refusal(403, 'denied', 'this screen is not paired yet');
}
function only_own(asked) {
  if (is_far(asked)) throw new Refusal(403, 'denied', 'only on the machine that runs thaw');
}

function partner(_, asked) {
  const far = is_far(asked);
  const name = name_of(asked);
  if (far && !name) return { paired: false, here: false };
  return {
    paired: Boolean(name),
    here: !far,
    name,
    composing,
    draft,
    said: said.slice(-20),
    board,
    care: care(),
    questions,
  };
}

function pair({ code, name }, asked) {
  if (code !== kCode) throw new Refusal(403, 'denied', 'this code is not right, or has ended');
  asked.headers['set-cookie'] =
    `thaw_partner=${encodeURIComponent(name)}; HttpOnly; SameSite=Strict; Path=/`;
  paired.push({ name, since: now() });
  tell('partner', {});
  return { name };
}

function ask_board({ question, name }, asked) {
  only_partner(asked);
  board = question
    ? {
        question,
        by: name_of(asked) ?? name ?? null,
        asked_at: now(),
        answer: null,
        answered_at: null,
      }
    : null;
  tell('board', board);
  return {};
}

function answer_board(answer) {
  if (!board) throw new Refusal(404, 'not_found', 'no yes/no question is open');
  board = { ...board, answer, answered_at: now() };
  tell('board', board);
  return {};
}

function ask({ from, text, lang, source, item }) {
  const id = next_id();
  questions = [
    ...questions,
    {
      id,
      from,
      text,
      lang,
      source,
      item: item ?? null,
      asked_at: now(),
      state: 'open',
      answer: null,
    },
  ];
  tell('question', { id });
  return { id };
}

/** What the person at the writing screen does, for tests and for looking at the page. */
const acts = {
  reset,
  composing: ({ on }) => {
    composing = on;
    tell('composing', { composing });
  },
  draft: ({ text }) => {
    draft = text;
    tell('draft', { text });
  },
  say: ({ lang, text, quiet }) => {
    const one = { id: next_id(), at: now(), lang, text };
    said.push(one);
    composing = false;
    if (!quiet) tell('said', one);
  },
  call: ({ kind }) => begin_call(kind ?? 'call'),
  board: ({ answer }) => answer_board(answer),
  answer: ({ id, lang, texts }) => {
    questions = questions.map((one) =>
      one.id === (id ?? questions.at(-1).id)
        ? {
            ...one,
            state: 'sent',
            answer: {
              sentences: texts.map((text) => sentence(lang, text)),
              seconds: 95,
              selections: 21,
            },
          }
        : one,
    );
    tell('answer', { id });
  },
  hang_up,
};

export const calls = {
  '/api/partner': partner,
  '/api/partner/list': (_, asked) => only_own(asked) ?? { partners: paired },
  '/api/speak/questions': () => ({ questions }),
};
export const posts = {
  '/api/partner/pair': pair,
  '/api/partner/code': (_, asked) =>
    only_own(asked) ?? {
      code: kCode,
      expires_at: now() + 600,
      addresses: ['http://192.168.1.20:8080/partner'],
    },
  '/api/partner/forget': ({ name }) => {
    paired = paired.filter((one) => one.name !== name);
    return {};
  },
  '/api/partner/board': ask_board,
  '/api/speak/board': ({ answer }) => answer_board(answer),
  '/api/speak/question': ask,
  '/api/mock/partner': ({ act, ...rest }) => acts[act](rest) ?? {},
};
