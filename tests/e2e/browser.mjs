// What the end-to-end tests share: the server's address, Debian's Chromium, one page a look.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

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

/** Debian's Chromium, or the one CHROMIUM names. `flags` beyond the usual ones. */
export function launch(flags = []) {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [...kFlags, ...flags],
  });
}

/**
 * The made-up server of web/mock on a free port: for what a page does with answers that no store
 * gives twice the same, such as an import under way. Gives its address and how to end it.
 */
export async function made_up() {
  const file = fileURLToPath(new URL('../../web/mock/server.mjs', import.meta.url));
  const child = spawn(process.execPath, [file, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = await once(child.stdout, 'data');
  return { url: String(said).trim(), stop: () => child.kill() };
}

/**
 * A new page of its own context. `lang` en|zh and `theme` light|dark are set as a reader would have
 * chosen them before; a request to any other host or an error in the console fails `finish`.
 */
export async function look(
  browser,
  { lang = 'en', theme = 'light', width = 1280, height = 900, url = kUrl } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: 'reduce',
    locale: lang === 'zh' ? 'zh-CN' : 'en-GB',
    baseURL: url,
  });
  const page = await context.newPage();
  const faults = [];
  page.on('request', (request) => {
    if (!request.url().startsWith(url)) faults.push(`asked another host: ${request.url()}`);
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
  await page.goto(path);
  await settled(page);
}

/** Waits until the page is there and no part of it is a skeleton or stale. */
export async function settled(page) {
  await page.waitForSelector('h1');
  await page.waitForFunction(
    () =>
      !document.querySelector('.skeleton, [aria-busy="true"]') &&
      document.querySelector('footer code, [data-ready]'),
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
  const pages = {
    answers: '/answers',
    claim: `/claim?${pair}`,
    graph: `/graph?${new URLSearchParams({ concept: first })}`,
    graph_list: `/graph?${new URLSearchParams({ concept: first, view: 'list' })}`,
    chains: `/chains?${new URLSearchParams({ from: first, to: status.default_outcome })}`,
    people: '/people',
    data: '/data',
    about: '/about',
    speak: '/speak',
  };
  return { ...pages, ...(await work_pages(pair)) };
}

/** The pages for working on the evidence, as far as this server answers what they ask. */
async function work_pages(pair) {
  const pages = {
    evidence: ['/evidence', '/api/claims?limit=1'],
    papers: ['/evidence?view=papers', '/api/documents?limit=1'],
    bring_in: ['/evidence?view=import', '/api/formats'],
    review: ['/review', '/api/review?limit=1'],
    contradictions: ['/contradictions', '/api/contradictions?limit=1'],
    weights: [`/weights?${pair}`, '/api/presets'],
    changes: ['/changes', '/api/changes?limit=1'],
    care: ['/care', '/api/care'],
    bedroom: ['/care?view=clocks', '/api/care'],
    partner: ['/partner', '/api/partner'],
    report: ['/report', '/api/care/reports'],
  };
  const found = {};
  for (const [name, [path, asks]] of Object.entries(pages))
    if ((await fetch(kUrl + asks)).status !== 404) found[name] = path;
  const papers = found.papers ? (await api('/api/documents?limit=1')).documents : [];
  if (papers[0]) found.paper = `/paper?${new URLSearchParams({ id: papers[0].id })}`;
  return found;
}
