// How the speaking page looks: corners that never move, large targets, zoom, axe on every panel.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kAxe } from './browser.mjs';
import { begin, desk, draft, post, take } from './speak_desk.mjs';

begin();

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
  // The button that turns the sound on is for a hand: gaze passes over it.
  const boxes = await page.$$eval('.desk button:not(.word, [data-gaze-skip])', (all) =>
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

test('tired eyes: targets of 150 pixels, letters by groups, no offer out of sight', async () => {
  await post('/api/speak/settings', { tired: true });
  const { page, finish } = await desk({ lang: 'en', width: 1280, height: 800 });
  await page.waitForSelector('.desk.tired .offer[data-key]');
  assert.equal(await page.locator('.offer').count(), 4);
  const keys = await page.$$eval('.desk .zone button, .desk .mid button, [data-corner]', (all) =>
    all.map((one) => {
      const { width, height } = one.getBoundingClientRect();
      return { width, height, name: one.textContent };
    }),
  );
  for (const one of keys) assert.ok(one.width >= 150 && one.height >= 150, JSON.stringify(one));
  for (const [group, one] of [
    ['wxyz', 'w'],
    ['abc', 'a'],
  ]) {
    await page.click(`[data-key="group-${group}"]`);
    await page.click(`[data-key="letter-${one}"]`);
  }
  await page.waitForSelector('.offer[data-key="water"]');
  await page.click('[data-key="space"]');
  assert.equal(await draft(page), 'Wa');
  await finish();
});
