// What was really said: sounds that the page played, the server's WAV of a sentence, and its
// syllables as espeak-ng pronounces them.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { kUrl } from './browser.mjs';

const kProgram =
  process.env.THAW_PROGRAM ?? fileURLToPath(new URL('../../build/release/thaw', import.meta.url));

/** In the page: the length of every sound as it is started. A loudspeaker is there. */
export function listen() {
  navigator.mediaDevices.enumerateDevices = async () => [{ kind: 'audiooutput' }];
  globalThis.played_ms = [];
  const start = AudioBufferSourceNode.prototype.start;
  AudioBufferSourceNode.prototype.start = function (...how) {
    globalThis.played_ms.push(Math.round(this.buffer.duration * 1000));
    return start.apply(this, how);
  };
}

const ran = (program, args) => {
  try {
    return execFileSync(program, args, { encoding: 'utf8', cwd: '/tmp', stdio: 'pipe' });
  } catch {
    return null;
  }
};

/** Why syllables cannot be checked here; null when they can. */
export function no_phonemes() {
  if (!existsSync(kProgram)) return `no program at ${kProgram}`;
  return ran('espeak-ng', ['--version']) ? null : 'no espeak-ng';
}

/** Vowels and consonants of syllables in pinyin, without tone and stress. */
const phonemes = (syllables) =>
  ran('espeak-ng', ['-q', '-x', '-v', 'cmn-latn-pinyin', syllables.join(' ')])
    .replace(/[\d'N,|_\s]/g, '')
    .trim();

/** The WAV of a sound: as long as announced, not silent, words in order. Gives its ms. */
export async function check_wav(sound) {
  const { said } = sound;
  const wav = Buffer.from(await (await fetch(kUrl + sound.url)).arrayBuffer());
  assert.equal(wav.toString('latin1', 0, 4), 'RIFF');
  const [channels, rate, bits] = [wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)];
  const body = wav.subarray(44);
  const ms = (body.length * 8000) / (channels * bits * rate);
  const told = sound.duration_ms;
  assert.ok(Math.abs(ms - told) < 60, `${said}: ${ms} ms, said to be ${told}`);
  const hanzi = said.match(/\p{Script=Han}/gu).length;
  assert.ok(ms / hanzi > 80 && ms / hanzi < 600, `${said}: ${ms / hanzi} ms a character`);
  let loudest = 0;
  for (let i = 0; i + 1 < body.length; i += 2)
    loudest = Math.max(loudest, Math.abs(body.readInt16LE(i)));
  assert.ok(loudest > 2000, `${said}: silence`);
  const starts = sound.words.map((one) => one.start_ms);
  assert.deepEqual(
    starts,
    [...starts].sort((a, b) => a - b),
  );
  return ms;
}

/**
 * The syllables of a sound: those the page asked for are the expected ones, and what the voice
 * makes of them (numbered pinyin) has their phonemes, each with a tone.
 */
export function check_syllables(sound, expected) {
  const asked = sound.asked.filter((one) => one.pinyin).map((one) => one.pinyin);
  assert.deepEqual(asked.join(' ').split(' '), expected, `${sound.said}: asked for`);
  const args = ['gaze', 'say', '--json', '--lang', 'zh', sound.said, '--pinyin', asked.join(' ')];
  const told = ran(kProgram, args);
  assert.ok(told, `thaw ${args.join(' ')}`);
  const sent = JSON.parse(told).sent.replace(/[^a-z0-9\s]/g, ' ');
  const numbered = sent.trim().split(/\s+/);
  assert.ok(
    numbered.every((one) => /^[a-z]+[1-5]$/.test(one)),
    sent,
  );
  assert.equal(phonemes(numbered), phonemes(expected.map((one) => `${one}1`)), sound.said);
}
