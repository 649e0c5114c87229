import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill, first_lang, pick } from './i18n';

test('the address decides the language, then the choice made before, then the browser', () => {
  assert.equal(first_lang('?lang=zh', 'en', 'en-US'), 'zh');
  assert.equal(first_lang('', 'zh', 'en-US'), 'zh');
  assert.equal(first_lang('', null, 'zh-TW'), 'zh');
  assert.equal(first_lang('?lang=fr', 'xx', 'de'), 'en');
});

test('a text missing in one language is shown in the other', () => {
  assert.equal(pick({ en: 'ice', zh: '' }, 'zh'), 'ice');
  assert.equal(pick({ en: 'ice', zh: '冰' }, 'zh'), '冰');
  assert.equal(pick(null, 'en'), '');
});

test('values fill their places and a forgotten one stays visible', () => {
  assert.equal(fill('{n} of {all} people', { n: 3, all: 9 }), '3 of 9 people');
  assert.equal(fill('{n} people', {}), '{n} people');
});

test('a blank beside a filled place stays for Latin names and goes between Chinese ones', () => {
  assert.equal(fill('看 {o} 的排名', { o: '生存' }), '看生存的排名');
  assert.equal(fill('看 {o} 的排名', { o: 'ALSFRS-R' }), '看 ALSFRS-R 的排名');
  assert.equal(fill('see {o} ranked', { o: 'survival' }), 'see survival ranked');
});
