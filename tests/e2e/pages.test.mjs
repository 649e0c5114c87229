// Every page, in both languages, light and dark: it says what it is, axe finds nothing, it fits a
// phone and 200 % zoom, its targets are large, and synthetic data is marked.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { addresses, api, kAxe, launch, look, open } from './browser.mjs';

let browser;
let pages;
let status;
before(async () => {
  browser = await launch();
  pages = await addresses();
  status = await api('/api/status');
});
after(() => browser?.close());

/** Runs `check(page, name)` on every page, each a fresh look of the given kind. */
async function on_every_page(kind, check) {
  const { page, finish } = await look(browser, kind);
  for (const [name, path] of Object.entries(pages)) {
    await open(page, path);
    await check(page, name);
  }
  await finish();
}

/** What axe finds on a page with everything opened, as "page: rule: elements". */
async function axe(page, name) {
  await page.evaluate(() =>
    document.querySelectorAll('details').forEach((one) => (one.open = true)),
  );
  await page.evaluate(kAxe);
  return page.evaluate(async (where) => {
    const { violations } = await globalThis.axe.run();
    return violations.map(
      (one) =>
        `${where}: ${one.id}: ${one.help}: ${one.nodes
          .slice(0, 3)
          .map((node) => node.html.slice(0, 160))
          .join(' | ')}`,
    );
  }, name);
}

for (const lang of ['en', 'zh']) {
  test(`every page names itself in ${lang} and shows no raw value`, async () => {
    await on_every_page({ lang }, async (page, name) => {
      assert.equal(await page.getAttribute('html', 'lang'), lang === 'zh' ? 'zh-CN' : 'en', name);
      assert.match(await page.title(), /.+ · thaw 解冻$/, name);
      assert.equal(await page.locator('h1').count(), 1, name);
      assert.ok((await page.textContent('h1')).trim().length > 1, name);
      assert.equal(await page.locator('[data-error]').count(), 0, name);
      assert.doesNotMatch(
        await page.innerText('body'),
        /undefined|NaN|\[object|\bnull\b|\{\w+\}/,
        name,
      );
      const chinese = /[\u4e00-\u9fff]/.test(await page.textContent('main'));
      if (lang === 'zh') assert.ok(chinese, name);
    });
  });

  for (const theme of ['light', 'dark']) {
    test(`axe finds nothing on any page in ${lang}, ${theme}`, async () => {
      const found = [];
      await on_every_page({ lang, theme }, async (page, name) =>
        found.push(...(await axe(page, name))),
      );
      assert.deepEqual(found, []);
    });
  }

  test(`nothing scrolls sideways on a phone or at 200 % zoom in ${lang}`, async () => {
    for (const width of [360, 640, 320]) {
      await on_every_page({ lang, width, height: 700 }, async (page, name) => {
        await page.evaluate(() =>
          document.querySelectorAll('details').forEach((one) => (one.open = true)),
        );
        const over = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.ok(over <= 0, `${name} at ${width}px is ${over}px too wide`);
      });
    }
  });
}

test('the dark room and the daylight can be chosen by hand, stay chosen, and pass axe', async () => {
  const { page, finish } = await look(browser, { theme: 'light' });
  await open(page, pages.claim);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const day = await paper();
  await page.click('button.theme');
  const night = await paper();
  assert.notEqual(day, night);
  assert.deepEqual(await axe(page, 'claim, dark by hand'), []);
  await open(page, pages.claim);
  assert.equal(await paper(), night);
  await page.click('button.theme');
  assert.equal(await paper(), day);
  await finish();
});

test('targets are at least 44 pixels high on a phone', async () => {
  await on_every_page({ width: 360 }, async (page, name) => {
    const small = await page.$$eval('button, select, input, summary, nav a, a.alone', (targets) =>
      targets
        .filter(
          (target) =>
            target.getClientRects().length > 0 && target.getBoundingClientRect().height < 43.5,
        )
        .map((target) => target.outerHTML.slice(0, 120)),
    );
    assert.deepEqual(small, [], name);
  });
});

/** Pages whose words, calls and scores are a real person's own. */
const kOwn = ['speak', 'partner', 'care', 'bedroom', 'report'];

test('synthetic data is marked wherever the registry can be shown, in view also after scrolling, and nowhere else', async () => {
  for (const [lang, words] of [
    ['en', /Synthetic data, no real patients/],
    ['zh', /模拟数据.非真实患者/],
  ]) {
    await on_every_page({ lang }, async (page, name) => {
      const banner = page.locator('[data-banner]');
      const marked = status.synthetic && !kOwn.includes(name);
      assert.equal(await banner.count(), marked ? 1 : 0, name);
      if (!marked) return;
      assert.match(await banner.innerText(), words, name);
      await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
      const box = await banner.boundingBox();
      assert.ok(box && box.y >= 0 && box.y < 40, `${name}: the banner left the view`);
    });
  }
});
