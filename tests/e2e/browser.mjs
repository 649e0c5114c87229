// What the end-to-end tests share: the server's address, Debian's Chromium, one page a look.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const from_web = createRequire(new URL('../../web/package.json', import.meta.url));
const { chromium } = from_web('playwright-core');

export const kAxe = readFileSync(from_web.resolve('axe-core/axe.min.js'), 'utf8');
export const kUrl = (process.env.THAW_URL ?? '').replace(/\/$/, '');
assert.ok(kUrl, 'set THAW_URL to the address of a running thaw, e.g. http://127.0.0.1:8080');

const kFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Debian's Chromium, or the one CHROMIUM names. */
export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: kFlags,
  });
}

/**
 * A new page of its own context. `lang` en|zh and `theme` light|dark are set as a reader would have
 * chosen them before; a request to any other host or an error in the console fails `finish`.
 */
export async function look(
  browser,
  { lang = 'en', theme = 'light', width = 1280, height = 900 } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
  });
  const page = await context.newPage();
  const faults = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(kUrl)) faults.push(`asked another host: ${request.url()}`);
  });
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of [45]\d\d/.test(message.text()))
      faults.push(message.text());
  });
  const finish = async () => {
    await context.close();
    assert.deepEqual(faults, []);
  };
  return { page, finish };
}

/** Opens an address and waits until nothing is loading any more. */
export async function open(page, path) {
  await page.goto(kUrl + path);
  await settled(page);
}

/** Waits until the page is there and no part of it is a skeleton or stale. */
export async function settled(page) {
  await page.waitForSelector('h1');
  await page.waitForFunction(
    () =>
      !document.querySelector('.skeleton, [aria-busy="true"]') &&
      document.querySelector('footer code'),
    undefined,
    { timeout: 20000 },
  );
}

/** The server's own document. */
export async function api(path) {
  const response = await fetch(kUrl + path);
  assert.ok(response.ok, `${path}: ${response.status}`);
  return response.json();
}

/** An address of every page, the claim's and the graph's for what this store knows. */
export async function addresses() {
  const status = await api('/api/status');
  const ranking = await api(
    `/api/rank?outcome=${encodeURIComponent(status.default_outcome)}&top=3`,
  );
  const first = ranking.answers[0].candidate.id;
  const pair = new URLSearchParams({
    subject: first,
    object: ranking.answers[0].parts?.[0]?.object.id ?? ranking.outcome.id,
  });
  return {
    answers: '/answers',
    claim: `/claim?${pair}`,
    graph: `/graph?${new URLSearchParams({ concept: first })}`,
    graph_list: `/graph?${new URLSearchParams({ concept: first, view: 'list' })}`,
    people: '/people',
    about: '/about',
  };
}
