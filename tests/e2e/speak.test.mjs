// The speaking page: written, heard, repaired and sent without leaving it; nothing lost by a crash,
// a second tab or a server that goes away; CALL in all of them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  begin,
  desk,
  draft,
  get,
  kWater,
  kept,
  letters,
  post,
  take,
  write,
} from './speak_desk.mjs';

begin();

test('a sentence is written by clicks, heard when it ends, and told to the partners', async () => {
  const { page, finish } = await desk();
  await write(page, ...kWater);
  assert.equal(await draft(page), '我想喝温水');
  await page.click('.corner.speak');
  await page.waitForSelector('[data-saying] .now');
  await page.waitForFunction(() => !document.querySelector('[data-saying]'));
  const { said } = await get('/api/speak/said');
  assert.equal(said[0].text, '我想喝温水。');
  assert.deepEqual(said[0].words[3], { text: '温水', pinyin: 'wen shui' });
  assert.equal(said[0].selections, 2 + 5 + 2 + 7 + 4 + 1);
  await finish();
});

test('the sound of a running sentence is there before it ends', async () => {
  const { page, finish } = await desk();
  await write(page, ...kWater);
  await page.waitForTimeout(300);
  const asked = [];
  page.on('request', (request) => {
    if (request.url().includes('/api/voice')) asked.push(request.url());
  });
  await page.click('.corner.speak');
  await page.waitForSelector('[data-saying] .now');
  assert.deepEqual(asked, []);
  await finish();
});

test('a look at a word repairs it, and only its sentence is said again', async () => {
  const { page, finish } = await desk();
  await write(page, ['wo', '我'], ['xiang', '向'], ['he', '喝']);
  await page.click('.corner.speak');
  await write(page, ['ni', '你'], ['hao', '好']);
  await page.click('.corner.speak');
  await page.waitForFunction(() => !document.querySelector('[data-saying]'));
  await page.click('[data-word="0:1"]');
  await page.click('[data-repair] .offer[data-key="想"]');
  assert.equal(await draft(page), '我想喝。你好。');
  await page.waitForFunction(() => !document.querySelector('[data-saying]'));
  await page.waitForFunction(async () => {
    const { said } = await (await fetch('/api/speak/said')).json();
    return said.map((one) => one.text).join('|') === '我想喝。|你好。|我向喝。';
  });
  await page.click('.corner.undo');
  assert.equal(await draft(page), '我向喝。你好。');
  await finish();
});

test('words are deleted, inserted and spelled again in their place', async () => {
  const { page, finish } = await desk();
  await write(page, ['wo', '我'], ['he', '喝'], ['shui', '睡']);
  await page.click('[data-word="0:1"]');
  await page.click('[data-act="insert-before"]');
  await write(page, ['xiang', '想']);
  await page.click('.done');
  await page.click('[data-word="0:3"]');
  await page.click('[data-act="respell"]');
  await take(page, '水');
  assert.equal(await draft(page), '我想喝水');
  await page.click('[data-word="0:1"]');
  await page.click('[data-act="delete"]');
  assert.equal(await draft(page), '我喝水');
  for (const before of ['我想喝水']) {
    await page.click('.corner.undo');
    assert.equal(await draft(page), before);
  }
  await finish();
});

test('a reload loses nothing: the words, the letters and the place', async () => {
  const { page, finish } = await desk();
  await write(page, ['wo', '我'], ['xiang', '想']);
  await letters(page, 'he');
  await page.reload();
  await page.waitForSelector('.desk[data-ready]');
  assert.equal(await draft(page), '我想');
  assert.equal(await page.getAttribute('[data-typed]', 'data-typed'), 'he');
  await finish();
});

test('what the server has not heard of survives a crash of the browser page', async () => {
  const { page, finish } = await desk({ cut: true });
  await write(page, ['wo', '我']);
  await kept(page, '我');
  await page.route('**/api/speak/select', (route) => route.abort());
  await write(page, ['xiang', '想']);
  await page.waitForSelector('[data-note="gone"]');
  await page.unroute('**/api/speak/select');
  await page.reload();
  await page.waitForSelector('.desk[data-ready]');
  assert.equal(await draft(page), '我想');
  await finish();
});

test('the newer draft of the server wins over an older copy', async () => {
  const { page, finish } = await desk();
  await write(page, ['wo', '我']);
  await kept(page, '我');
  const old = await page.evaluate(() => localStorage.getItem('thaw.speak.draft'));
  await write(page, ['xiang', '想']);
  await kept(page, '我想');
  await page.evaluate((copy) => localStorage.setItem('thaw.speak.draft', copy), old);
  await page.reload();
  await page.waitForSelector('.desk[data-ready]');
  assert.equal(await draft(page), '我想');
  await finish();
});

test('a second tab takes the draft; the first says so and can take it back', async () => {
  const { page, finish } = await desk();
  await write(page, ['wo', '我']);
  await kept(page, '我');
  const second = await page.context().newPage();
  await second.goto('/speak');
  await second.waitForSelector('.desk[data-ready]');
  await page.waitForSelector('[data-note="taken"]');
  assert.equal(await draft(second), '我');
  await write(second, ['xiang', '想']);
  await kept(second, '我想');
  await page.click('.corner.call');
  await page.waitForSelector('[data-reached="told"]');
  await page.click('.corner.call');
  await page.click('[data-key="write-here"]');
  await second.waitForSelector('[data-note="taken"]');
  await page.waitForSelector('[data-word="0:1"]');
  assert.equal(await draft(page), '我想');
  await write(page, ['he', '喝']);
  await kept(page, '我想喝');
  await finish();
});

test('without the server letters still work, CALL sounds here and says who was not reached', async () => {
  const { page, finish } = await desk({ cut: true });
  await write(page, ['wo', '我']);
  await page.route('**/api/**', (route) => route.abort());
  await letters(page, 'abc');
  await take(page, 'abc');
  assert.equal(await draft(page), '我abc');
  await page.waitForSelector('[data-note="gone"]');
  await page.click('.corner.call');
  await page.waitForSelector('[data-reached="alone"]');
  await page.unroute('**/api/**');
  await page.waitForSelector('[data-reached="told"]', { timeout: 8000 });
  await page.click('.corner.call');
  await page.waitForSelector('[data-calling]', { state: 'detached' });
  await kept(page, '我abc');
  await finish();
});

test('a call lasts until a partner acknowledges it by name', async () => {
  const { page, finish } = await desk({ lang: 'en' });
  await page.click('.corner.call');
  await page.waitForSelector('[data-reached="told"]');
  const { call } = await get('/api/care');
  await post('/api/care/call/acknowledge', { id: call.id, name: '妈妈' });
  await page.waitForSelector('[data-calling]', { state: 'detached' });
  await finish();
});

test('rest: nothing can be selected but CALL, recentre and two corners in turn', async () => {
  const { page, finish } = await desk();
  await page.click('.corner.rest');
  assert.equal(await page.locator('.desk button:not(:disabled, .recentre)').count(), 2);
  assert.equal(await page.locator('.desk .recentre').count(), 1);
  await page.click('.corner.call');
  await page.waitForSelector('[data-reached]');
  await page.click('.corner.call');
  await page.click('[data-wake="1"]');
  await page.click('[data-wake="2"]');
  await page.waitForSelector('[data-key="letter-q"]');
  await finish();
});

test('no voice on the server: the words stand large, with the reason', async () => {
  await post('/api/mock/voice', { on: false });
  const { page, finish } = await desk();
  await write(page, ['wo', '我']);
  await page.click('.corner.speak');
  await page.waitForSelector('[data-mute="no_voice"]');
  assert.match(await page.textContent('[data-mute]'), /我。/);
  await page.click('[data-key="close"]');
  await page.waitForSelector('[data-key="letter-q"]');
  await finish();
});

test('no loudspeaker: said so, and CALL is seen', async () => {
  const { page, finish } = await desk({ speaker: false });
  await write(page, ['wo', '我']);
  await page.click('.corner.speak');
  await page.waitForSelector('[data-mute="no_device"]');
  await page.click('.corner.call');
  await page.waitForSelector('.desk.calling [data-reached="told"]');
  await page.click('.corner.call');
  await finish();
});

test('one selection says a phrase, in the language that is written', async () => {
  const { page, finish } = await desk();
  await page.click('[data-panel="phrases"]');
  await page.click('.phrase:has-text("扶我起来拍背")');
  await page.waitForSelector('[data-saying]');
  await page.waitForFunction(async () => {
    const { said } = await (await fetch('/api/speak/said')).json();
    return said[0]?.text === '扶我起来拍背';
  });
  assert.equal(await draft(page), '');
  await finish();
});

test('UNDO takes back a phrase that was said, and only then the text', async () => {
  const { page, finish } = await desk();
  await write(page, ['wo', '我']);
  await page.click('[data-panel="phrases"]');
  await page.click('.phrase:has-text("翻身")');
  await page.waitForFunction(async () => {
    const { said } = await (await fetch('/api/speak/said')).json();
    return said[0]?.text === '翻身';
  });
  await page.click('.corner.undo');
  await page.waitForFunction(async () => {
    const { said } = await (await fetch('/api/speak/said')).json();
    return said.length === 0;
  });
  assert.equal(await draft(page), '我');
  await page.click('.corner.undo');
  assert.equal(await draft(page), '');
  await finish();
});

test('more offers for the same letters, and back to the first', async () => {
  const { page, finish } = await desk();
  await letters(page, 'h');
  await page.waitForSelector('.offer[data-key="喝"]');
  const all = () => page.$$eval('.offer', (offers) => offers.map((one) => one.dataset.key ?? ''));
  const first = await all();
  await page.click('[data-key="more-offers"]');
  await page.waitForFunction((old) => {
    const offer = document.querySelector('.offer[data-key]');
    return offer && !old.includes(offer.dataset.key);
  }, first);
  const second = await all();
  assert.ok(second.filter(Boolean).every((one) => !first.includes(one)));
  await finish();
});

test('a draft of ten thousand characters: writing, repair and CALL as in a short one', async () => {
  const { page, finish } = await desk();
  await page.evaluate(() => {
    const sentences = Array.from({ length: 1000 }, (_, i) => ({
      id: i + 1,
      words: [['今天'], ['𠮷野'], ['🙂'], ['很好'], ['一点'], ['。']],
    }));
    sentences.push({ id: 1001, words: [] });
    const talk = {
      lang: 'zh',
      sentences,
      at: [1000, 0],
      typed: '',
      errand: null,
      approved: {},
      heard: {},
      next_id: 1002,
      counts: [0, 0, 0],
    };
    const document = { version: 1, active: 'talk', composers: { talk }, seconds: {} };
    localStorage.setItem(
      'thaw.speak.draft',
      JSON.stringify({ revision: 1e6, unsent: 0, document }),
    );
  });
  await page.reload();
  await page.waitForSelector('[data-word="999:3"]');
  assert.ok((await page.locator('[data-word]').count()) < 20);
  await write(page, ['wo', '我']);
  await page.click('.corner.speak');
  await page.waitForSelector('[data-word="1000:1"]');
  await page.click('.corner.call');
  await page.waitForSelector('[data-reached="told"]');
  await page.click('.corner.call');
  await finish();
});

test('a keyboard types too: letters, the offer of a number, marks, undo', async () => {
  const { page, finish } = await desk();
  await page.keyboard.type('wo');
  await page.waitForSelector('.offer[data-key="我"][data-slot="0"]');
  await page.keyboard.press('1');
  await page.keyboard.type('?');
  assert.equal(await draft(page), '我？');
  await page.keyboard.press('Control+z');
  assert.equal(await draft(page), '我');
  await page.keyboard.press('Backspace');
  assert.equal(await draft(page), '');
  await finish();
});
