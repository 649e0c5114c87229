// Made-up text and voice: a small word list with readings, a tone for every word. As the text engine
// and the voice answer, only far simpler; enough to write the sentences of the tests.
import { Refusal } from './names.mjs';

const kWords = {
  wo: ['我', '握'],
  xiang: ['想', '向', '像'],
  he: ['喝', '和', '河'],
  yidian: ['一点'],
  yi: ['一', '以'],
  wenshui: ['温水'],
  shui: ['水', '睡', '谁'],
  qing: ['请', '轻'],
  bang: ['帮', '棒'],
  bangwo: ['帮我'],
  fanshen: ['翻身'],
  zuobian: ['左边'],
  youdian: ['有点'],
  teng: ['疼', '腾'],
  ni: ['你', '泥'],
  nihao: ['你好'],
  xiexie: ['谢谢'],
  mama: ['妈妈'],
  jintian: ['今天'],
  hen: ['很', '恨'],
  hao: ['好', '号'],
  bu: ['不', '步'],
  shi: ['是', '事', '时'],
};
const kSyllables = {
  yidian: 'yi dian',
  wenshui: 'wen shui',
  bangwo: 'bang wo',
  fanshen: 'fan shen',
  zuobian: 'zuo bian',
  youdian: 'you dian',
  nihao: 'ni hao',
  xiexie: 'xie xie',
  mama: 'ma ma',
  jintian: 'jin tian',
};
const kNext = {
  zh: ['我', '你', '想', '请', '帮我', '今天', '很', '一点', '温水', '谢谢'],
  en: ['I', 'please', 'the', 'would', 'like', 'water', 'you', 'thank', 'turn', 'me'],
};
const kEnglish = [
  'please',
  'phone',
  'pain',
  'water',
  'warm',
  'wait',
  'thank',
  'the',
  'turn',
  'move',
  'me',
  'my',
  'would',
  'like',
  'left',
  'hurts',
  'some',
  'side',
];

const reading_of = (text) => Object.keys(kWords).find((key) => kWords[key].includes(text)) ?? '';
const spelled = (key) => kSyllables[key] ?? key;
const offer = (text, source, letters_used) => ({
  text,
  words: [{ text, pinyin: spelled(reading_of(text)) }],
  source,
  letters_used,
});

/** Words whose reading begins with the letters; then what those letters could already stand for. */
function chinese(typed) {
  if (!typed) return kNext.zh.map((text, i) => offer(text, i === 9 ? 'history' : 'next', 0));
  const letters = typed.replace(/'/g, '');
  const keys = Object.keys(kWords).sort((a, b) => a.length - b.length);
  const whole = keys.filter((key) => key.startsWith(letters));
  const part = keys.filter((key) => letters.startsWith(key) && key !== letters).reverse();
  const found = [
    ...whole.map((key) => [key, typed.length]),
    ...part.map((key) => [key, key.length]),
  ];
  return [
    ...found.flatMap(([key, used]) => kWords[key].map((text) => offer(text, 'word', used))),
    {
      text: typed,
      words: [{ text: typed, pinyin: '' }],
      source: 'letters',
      letters_used: typed.length,
    },
  ];
}

function english(typed) {
  const words = typed ? kEnglish.filter((one) => one.startsWith(typed.toLowerCase())) : kNext.en;
  return words.map((text) => ({
    text,
    words: [{ text, pinyin: '' }],
    source: typed ? 'word' : 'next',
    letters_used: typed.length,
  }));
}

function suggest({ lang, typed, offers = 6, page = 0 }) {
  const all = lang === 'zh' ? chinese(typed) : english(typed);
  return {
    reading: typed,
    offers: all.slice(page * offers, (page + 1) * offers),
    more: all.length > (page + 1) * offers,
    engine: { name: 'mock', note: null },
  };
}

function alternatives({ word, offers = 6 }) {
  const key = reading_of(word.text);
  const same = (kWords[key] ?? []).filter((one) => one !== word.text);
  const others = kNext.zh.filter((one) => one !== word.text && !same.includes(one));
  const all = word.pinyin ? [...same, ...others] : kNext.en.filter((one) => one !== word.text);
  return { offers: all.slice(0, offers).map((text) => offer(text, 'word', 0)) };
}

const cut = ({ text }) => ({
  words: [...text].map((one) => ({ text: one, pinyin: reading_of(one) })),
});

// The voice: 8 kHz, one tone of 180 ms a word.
const kRate = 8000;
const kWord_ms = 180;
const sounds = new Map();
let no_voice = false;

export const set_voice = (on) => (no_voice = !on);

function voice({ words }) {
  if (no_voice) throw new Refusal(503, 'unavailable', 'no voice is installed on this machine');
  const id = `v${sounds.size + 1}`;
  sounds.set(id, wav(words.length));
  return {
    id,
    duration_ms: words.length * kWord_ms,
    words: words.map((_, index) => ({
      index,
      start_ms: index * kWord_ms,
      end_ms: (index + 1) * kWord_ms,
    })),
    url: `/api/voice/wav?id=${id}`,
  };
}

/** A WAV of tones, as bytes. */
function wav(words) {
  const samples = Math.round((words * kWord_ms * kRate) / 1000);
  const bytes = Buffer.alloc(44 + samples * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples * 2, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(kRate, 24);
  bytes.writeUInt32LE(kRate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i += 1) {
    const word = Math.floor((i * 1000) / kRate / kWord_ms);
    const tone = Math.sin((2 * Math.PI * (220 + 40 * (word % 5)) * i) / kRate);
    bytes.writeInt16LE(Math.round(6000 * tone), 44 + i * 2);
  }
  return bytes;
}

/** The bytes of a sound, or null. */
export const sound_of = (id) => sounds.get(id) ?? null;

export const calls = {
  '/api/voice': () => ({ adapter: no_voice ? 'none' : 'espeak', note: null }),
  '/api/gaze/expander': () => ({ configured: false, host: null, leaves: { en: '', zh: '' } }),
};
export const posts = {
  '/api/gaze/suggest': suggest,
  '/api/gaze/alternatives': alternatives,
  '/api/gaze/words': cut,
  '/api/voice': voice,
};
