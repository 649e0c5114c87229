// What the tests of the speaking page share: the made-up server, the page open in it, and the keys.
import { after, before, beforeEach } from 'node:test';
import { launch, look, made_up } from './browser.mjs';

let browser;
let server;

/** Starts Chromium and the server for the tests of a file; every test finds the server as at its start. */
export function begin() {
  before(async () => {
    [browser, server] = await Promise.all([launch(), made_up()]);
  });
  after(async () => {
    await browser?.close();
    server?.stop();
  });
  beforeEach(async () => {
    await post('/api/mock/reset');
    await post('/api/mock/partner', { act: 'reset' });
  });
}

export const post = (path, body = {}) =>
  fetch(server.url + path, { method: 'POST', body: JSON.stringify(body) }).then((r) => r.json());
export const get = (path) => fetch(server.url + path).then((r) => r.json());
// `cut`: the test cuts lines itself, so failed requests are no fault.
/** The page, with a loudspeaker that is there as far as the browser tells. */
export async function desk(how = {}) {
  const { page, finish } = await look(browser, { url: server.url, lang: 'zh', ...how });
  if (how.speaker !== false)
    await page.addInitScript(() => {
      navigator.mediaDevices.enumerateDevices = async () => [{ kind: 'audiooutput' }];
    });
  await page.goto('/speak');
  await page.waitForSelector('.desk[data-ready]');
  return { page, finish: how.cut ? () => page.context().close() : finish };
}
export const letters = async (page, text) => {
  for (const one of text) await page.click(`[data-key="letter-${one}"]`);
};
export const take = (page, text) => page.click(`.offer[data-key="${text}"]`);
export async function write(page, ...pairs) {
  for (const [pinyin, text] of pairs) {
    await letters(page, pinyin);
    await take(page, text);
  }
}
export const draft = (page) =>
  page.$$eval('[data-word]', (words) => words.map((one) => one.dataset.key).join(''));
export const kept = async (page, text) => {
  await page.waitForFunction(
    async (wanted) => {
      const { draft: there } = await (await fetch('/api/speak/state')).json();
      return there.text === wanted;
    },
    text,
    { timeout: 5000 },
  );
};
export const kWater = [
  ['wo', '我'],
  ['xiang', '想'],
  ['he', '喝'],
  ['wenshui', '温水'],
];
