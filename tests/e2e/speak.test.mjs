// The speaking page: written, heard, repaired and sent without leaving it; nothing lost by a crash,
// a second tab or a server that goes away; CALL in all of them.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { kAxe, launch, look, made_up } from './browser.mjs';

let browser;
let server;
before(async () => {
  [browser, server] = await Promise.all([launch(), made_up()]);
});
after(async () => {
  await browser?.close();
  server?.stop();
});
const post = (path, body = {}) =>
  fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) }).then((r) => r.json());
const get = (path) => fetch(server.url + path).then((r) => r.json());
beforeEach(async () => {
  await post('/api/mock/reset');
  await post('/api/mock/partner', { act: 'reset' });
});

// `cut`: the test cuts lines itself, so failed requests are no fault.
/** The page, with a loudspeaker that is there as far as the browser tells. */
async function desk(how = {}) {
  const { page, finish } = await look(browser, { url: server.url, lang: 'zh', ...how });
  if (how.speaker !== false)
    await page.addInitScript(() => {
      navigator.mediaDevices.enumerateDevices = async () => [{ kind: 'audiooutput' }];
    });
  await page.goto('/speak');
  await page.waitForSelector('.desk[data-ready]');
  return { page, finish: how.cut ? () => page.context().close() : finish };
}
const letters = async (page, text) => {
  for (const one of text) await page.click(`[data-key="letter-${one}"]`);
};
const take = (page, text) => page.click(`.offer[data-key="${text}"]`);
async function write(page, ...pairs) {
  for (const [pinyin, text] of pairs) {
    await letters(page, pinyin);
    await take(page, text);
  }
}
const draft = (page) =>
  page.$$eval('[data-word]', (words) => words.map((one) => one.dataset.key).join(''));
const kept = async (page, text) => {
  await page.waitForFunction(
    async (wanted) => {
      const { draft: there } = await (await fetch('/api/speak/state')).json();
      return there.text === wanted;
    },
    text,
    { timeout: 5000 },
  );
};
const kWater = [
  ['wo', '我'],
  ['xiang', '想'],
  ['he', '喝'],
  ['wenshui', '温水'],
];

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

test('rest: nothing can be selected but CALL and two corners, one after the other', async () => {
  const { page, finish } = await desk();
  await page.click('.corner.rest');
  assert.equal(await page.locator('.desk button:not(:disabled)').count(), 2);
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

test('care that is due is done by one look, without leaving the page', async () => {
  const { page, finish } = await desk();
  await page.waitForSelector('[data-note="due"]');
  await page.click('[data-panel="more"]');
  await page.click('[data-more="care"]');
  const due = page.locator('[data-reminder]').first();
  const id = await due.getAttribute('data-reminder');
  await due.locator('[data-act="done"]').click();
  await page.waitForFunction(async (which) => {
    const { reminders } = await (await fetch('/api/care')).json();
    return reminders.find((one) => one.id === which).state === 'waiting';
  }, id);
  await finish();
});

test('a yes-or-no question from a phone is answered in two looks, aloud and on the phone', async () => {
  const { page, finish } = await desk();
  await post('/api/partner/board', { question: '要关灯吗？' });
  await page.click('.asked');
  await page.click('[data-board="yes"]');
  await page.waitForFunction(async () => {
    const { board } = await (await fetch('/api/partner')).json();
    return board?.answer === 'yes';
  });
  await page.waitForSelector('[data-board="yes"]');
  await finish();
});

test('an answer to a finding of the review becomes a reason there', async () => {
  const { page, finish } = await desk();
  await page.click('[data-panel="more"]');
  await page.click('[data-more="questions"]');
  await page.click('[data-more="review"]');
  await page.locator('[data-item]').first().click();
  await page.waitForSelector('[data-question]');
  await write(page, ['bu', '不'], ['hao', '好']);
  await page.click('.corner.speak');
  await page.click('[data-panel="sentences"]');
  await page.waitForSelector('[data-state="heard"]');
  await page.click('[data-act="approve-all"]');
  await page.click('[data-act="send"]');
  await page.click('[data-act="send-now"]');
  await page.click('a.sent');
  await page.waitForFunction(() => location.pathname === '/review');
  assert.equal(new URL(page.url()).searchParams.get('reason'), '不好。');
  await finish();
});

test('the whole-sentence helper shows what would leave before anything does', async () => {
  const { page, finish } = await desk();
  const sent = [];
  await page.route('**/api/gaze/expander', (route) =>
    route.fulfill({
      json: { configured: true, host: 'model.example', leaves: { en: 'Letters.', zh: '字母。' } },
    }),
  );
  await page.route('**/api/gaze/expand', (route) => {
    sent.push(route.request().postDataJSON());
    return route.fulfill({
      json: {
        sent: {},
        sentences: [
          { text: '我想喝水', words: [{ text: '我想喝水', pinyin: 'wo xiang he shui' }] },
        ],
      },
    });
  });
  await letters(page, 'wxhs');
  await page.click('[data-panel="more"]');
  await page.click('[data-more="expander"]');
  await page.waitForSelector('text=model.example');
  assert.match(await page.innerText('.desk .zone'), /wxhs/);
  assert.deepEqual(sent, []);
  await page.click('[data-act="expand"]');
  await page.click('.offer:has-text("我想喝水")');
  assert.equal(sent[0].keywords, 'wxhs');
  assert.equal(await draft(page), '我想喝水');
  assert.deepEqual((await get('/api/speak/said')).said, []);
  await finish();
});

test('200 % zoom keeps the four corners and every key in view', async () => {
  const { page, finish } = await desk({ width: 640, height: 400 });
  const out = await page.$$eval('.desk button', (all) =>
    all
      .filter((one) => {
        const { left, top, right, bottom } = one.getBoundingClientRect();
        return left < 0 || top < 0 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5;
      })
      .map((one) => {
        const { left, top, right, bottom } = one.getBoundingClientRect();
        return [one.textContent.trim(), left, top, right, bottom].join(' ');
      }),
  );
  assert.deepEqual(out, []);
  assert.equal(await page.locator('[data-corner]').count(), 4);
  await finish();
});

test('an answer is written, approved, shown whole and sent in two steps', async () => {
  const text = '最近晚上睡得怎么样？';
  const { id } = await post('/api/speak/question', {
    from: '王医生',
    text,
    lang: 'zh',
    source: 'person',
  });
  const { page, finish } = await desk();
  await page.click('[data-panel="more"]');
  await page.click('[data-more="questions"]');
  await page.click(`[data-ask="${id}"]`);
  assert.match(await page.textContent('[data-question]'), /晚上睡得怎么样/);
  await write(page, ['hen', '很'], ['hao', '好']);
  await page.click('.corner.speak');
  await page.waitForFunction(() => !document.querySelector('[data-saying]'));
  await page.click('[data-panel="sentences"]');
  assert.equal(await page.locator('[data-act="send"]').isDisabled(), true);
  await page.waitForSelector('[data-state="heard"]');
  await page.click('[data-each]');
  await page.click('[data-act="approve"]');
  await page.click('[data-key="close"]');
  await page.click('[data-act="send"]');
  assert.equal(await page.textContent('[data-whole]'), '很好。');
  const asked = async () =>
    (await get('/api/speak/questions')).questions.find((one) => one.id === id);
  assert.equal((await asked()).state, 'open');
  await page.click('[data-act="send-now"]');
  await page.waitForSelector(`.ask.sent[data-ask="${id}"]`);
  assert.match(await page.textContent('.figures'), /100 分钟/);
  const sent = await asked();
  assert.equal(sent.state, 'sent');
  assert.ok(sent.answer.selections >= 8 && sent.answer.seconds >= 0);
  await page.click('[data-key="close"]');
  assert.equal(await draft(page), '');
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

test('the four corners stay where they are, on every panel and while calling', async () => {
  const { page, finish } = await desk({ width: 1280, height: 800 });
  const corners = () =>
    page.$$eval('[data-corner]', (all) =>
      all.map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        return [one.dataset.corner, x, y, width, height].join();
      }),
    );
  const first = await corners();
  assert.equal(first.length, 4);
  for (const panel of ['numbers', 'phrases', 'more']) {
    await page.click(`[data-panel="${panel}"]`);
    assert.deepEqual(await corners(), first, panel);
    await page.click('[data-key="close"], [data-panel="keys"]');
  }
  await page.click('.corner.call');
  await page.waitForSelector('[data-reached="told"]');
  assert.deepEqual(await corners(), first, 'calling');
  await page.click('.corner.call');
  await finish();
});

test('keys are at least 110 pixels with gaps of 12 at 1280x800', async () => {
  const { page, finish } = await desk({ width: 1280, height: 800 });
  const boxes = await page.$$eval('.desk button:not(.word)', (all) =>
    all.map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      return { x, y, width, height, name: one.textContent };
    }),
  );
  for (const one of boxes)
    assert.ok(one.width >= 109.5 && one.height >= 109.5, JSON.stringify(one));
  for (const a of boxes)
    for (const b of boxes) {
      if (a === b) continue;
      const apart_x = Math.max(b.x - (a.x + a.width), a.x - (b.x + b.width));
      const apart_y = Math.max(b.y - (a.y + a.height), a.y - (b.y + b.height));
      assert.ok(Math.max(apart_x, apart_y) >= 11.5, `${a.name} and ${b.name}`);
    }
  await finish();
});

for (const [lang, theme] of [
  ['en', 'light'],
  ['zh', 'dark'],
])
  test(`axe finds nothing on any panel in ${lang}, ${theme}, contrast 7:1`, async () => {
    const { page, finish } = await desk({ lang, theme, width: 1280, height: 800 });
    await page.evaluate(kAxe);
    const found = [];
    const check = async (name) => {
      const violations = await page.evaluate(async () => {
        const out = await globalThis.axe.run({
          runOnly: ['wcag2a', 'wcag2aa', 'wcag2aaa', 'wcag21aa', 'wcag22aa', 'best-practice'],
        });
        return out.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 140)}`);
      });
      found.push(...violations.map((one) => `${name}: ${one}`));
    };
    await page.keyboard.type(lang === 'zh' ? 'wo' : 'please ');
    if (lang === 'zh') await take(page, '我');
    await check('keys');
    await page.click('[data-word="0:0"]');
    await page.waitForSelector('[data-repair] .offer:not(:disabled)');
    await check('repair');
    for (const panel of ['phrases', 'more']) {
      await page.click(`[data-panel="${panel}"]`);
      await check(panel);
    }
    for (const more of ['questions', 'board', 'text', 'settings', 'help']) {
      await page.click(`[data-more="${more}"]`);
      await page.waitForTimeout(100);
      await check(more);
      await page.click('[data-panel="more"]');
    }
    await page.click('.corner.call');
    await page.waitForSelector('[data-reached="told"]');
    await check('call');
    await page.click('.corner.call');
    await page.click('.corner.rest');
    await check('rest');
    assert.deepEqual(found, []);
    await finish();
  });
