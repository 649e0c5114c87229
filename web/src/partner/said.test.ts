import assert from 'node:assert/strict';
import { test } from 'node:test';
import { code_of, in_order, sentence, size_step } from './said';

const words = (...texts: string[]) => texts.map((text) => ({ text, pinyin: '' }));

test('English words are parted by blanks, but not before a closing mark', () => {
  assert.equal(sentence(words('I', 'am', 'fine', '.'), 'en'), 'I am fine.');
  assert.equal(sentence(words('wait', ',', 'please'), 'en'), 'wait, please');
  assert.equal(sentence([], 'en'), '');
});

test('Chinese words join, and two Latin words inside them keep their blank', () => {
  assert.equal(sentence(words('我', '想', '喝水', '。'), 'zh'), '我想喝水。');
  assert.equal(sentence(words('看', 'thaw', 'GUI', '吧'), 'zh'), '看thaw GUI吧');
});

test('what was said stands in its order, newest last, nothing twice', () => {
  const one = (id: string, at: number) => ({ id, at, lang: 'en' as const, text: id });
  const shown = in_order([one('3', 9), one('1', 5), one('10', 9), one('1', 5)], 3);
  assert.deepEqual(
    shown.map(({ id }) => id),
    ['1', '3', '10'],
  );
  assert.equal(in_order([one('1', 1), one('2', 2)], 1)[0]?.id, '2');
});

test('a short line stands largest, a long one smaller, Chinese signs count double', () => {
  assert.equal(size_step('吸痰', 'zh'), 0);
  assert.equal(size_step('x'.repeat(16), 'en'), 0);
  assert.equal(size_step('字'.repeat(16), 'zh'), 1);
  assert.equal(size_step('x'.repeat(500), 'en'), 3);
});

test('a code is six digits, also full-width or with a blank', () => {
  assert.equal(code_of('123 456'), '123456');
  assert.equal(code_of('１２３４５６'), '123456');
  for (const bad of ['12345', '1234567', 'abcdef', '']) assert.equal(code_of(bad), null);
});
