// A simulated person for the browser tests: eyes (the model of web/src/gaze/eye.ts) behind a tracker
// that streams to the page over a WebSocket of this machine, and a person with one switch. The
// tracker's clock runs faster than the real one: the page's engine knows time only from samples.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const from_web = createRequire(new URL('../../web/package.json', import.meta.url));

/** The eye of web/src/gaze/eye.ts, compiled in memory. */
async function eye_class() {
  const { build } = await import(from_web.resolve('vite'));
  const file = fileURLToPath(new URL('../../web/src/gaze/eye.ts', import.meta.url));
  const made = await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: file, write: false },
  });
  const { code } = made.output[0];
  return import(`data:text/javascript,${encodeURIComponent(code)}`);
}
let kEye;

/** The page tells when it has taken a message: the tracker's clock waits for a busy machine. */
const receipts = () => {
  const Own = globalThis.WebSocket;
  globalThis.WebSocket = class extends Own {
    constructor(url) {
      super(url);
      this.addEventListener('message', () => this.readyState === 1 && this.send('.'));
    }
  };
};
const kOff = { x: -200, y: 400 }; // beside the screen: where people look to select nothing
const kReceipt = 7; // bytes: a masked text frame of one letter
const kAhead = 4; // samples on their way
const kGone = 300; // ms without a receipt

/** A WebSocket server that sends text and counts receipts: what a tracker's bridge does. */
async function tracker_server() {
  const sockets = new Set();
  let owed = 0;
  let heard_at = 0;
  const server = createServer((_, response) => response.writeHead(426).end());
  server.on('upgrade', (request, socket) => {
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
        `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.add(socket);
    owed = 0;
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => sockets.delete(socket));
    socket.on('data', (bytes) => {
      if ((bytes[0] & 15) === 8) socket.end();
      else {
        owed = Math.max(0, owed - Math.round(bytes.length / kReceipt));
        heard_at = performance.now();
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `ws://127.0.0.1:${server.address().port}`,
    send: (text) => {
      owed += sockets.size;
      sockets.forEach((socket) => socket.write(frame(text)));
    },
    listeners: () => sockets.size,
    // Receipts of a page that has gone never come; a busy one is not flooded while it is waited for.
    owed: () => {
      if (performance.now() - heard_at > kGone) {
        owed = 0;
        heard_at = performance.now();
      }
      return owed;
    },
    stop: () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
    },
  };
}

/** One text frame, at most 65,535 bytes. */
function frame(text) {
  const body = Buffer.from(text);
  const head =
    body.length < 126
      ? Buffer.from([0x81, body.length])
      : Buffer.from([0x81, 126, body.length >> 8, body.length & 255]);
  return Buffer.concat([head, body]);
}

/** In the page: -1 where the middle of an element is hidden upwards, 1 downwards, 0 where it is seen. */
function hidden(element) {
  const box = element.getBoundingClientRect();
  const y = box.top + box.height / 2;
  const found = document.elementFromPoint(
    Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2)),
    Math.min(innerHeight - 1, Math.max(0, y)),
  );
  if (y >= 0 && y < innerHeight && found && (element.contains(found) || found.contains(element)))
    return 0;
  return y < innerHeight / 2 ? -1 : 1;
}

/** What was selected last has to be looked away from before it, or what took its place, is again. */
const same_place = (a, b) =>
  b !== null &&
  Math.abs(a.x + a.width / 2 - b.x - b.width / 2) < (a.width + b.width) / 2 + 30 &&
  Math.abs(a.y + a.height / 2 - b.y - b.height / 2) < (a.height + b.height) / 2 + 30;

/** What the page remembers of its selections, for a simulated person to see. */
const watch = () => {
  globalThis.seen_selections = [];
  addEventListener('gaze:select', (event) => {
    globalThis.seen_selections.push({
      key: event.detail.key,
      wanted: event.target.closest('[data-wanted]') !== null,
      html: event.target.outerHTML.slice(0, 120),
    });
  });
};

/**
 * Eyes before `page`: call it before the page is opened. `sd` px of noise an axis at `hz`, `speed`
 * times as fast as life at most: no more than four samples are on their way to the page.
 */
export async function gaze_user(
  page,
  { sd = 40, hz = 30, speed = 25, seed = 1, settings = {} } = {},
) {
  kEye ??= await eye_class();
  const tracker = await tracker_server();
  await page.addInitScript(
    ([url, own]) => {
      localStorage.setItem('thaw.gaze', 'on');
      localStorage.setItem(
        'thaw.gaze.settings',
        JSON.stringify({ ...own, tracker: url, pointer: false }),
      );
    },
    [tracker.url, settings],
  );
  await page.addInitScript(receipts);
  await page.addInitScript(watch);
  const eye = new kEye.Eye(seed, { ...kEye.kTracker, sd, hz }, kOff);
  const tally = { selections: 0, wrong: 0, virtual_ms: 0 };
  let last = 0;
  let hushed = false;
  let looked = null;
  let before = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const due = last + Math.min(200, now - before) * speed;
    before = now;
    if (tracker.listeners() > 0 && !hushed)
      while (last < due && tracker.owed() < kAhead) {
        const one = eye.next();
        last = one.t;
        tracker.send(
          `${one.x.toFixed(1)},${one.y.toFixed(1)},${one.t.toFixed(1)},${one.valid ? 1 : 0}\n`,
        );
      }
  }, 2);

  /**
   * Looks at one element until it is selected; gives the selections that came before it. With
   * `may_go` an element that the page took away meanwhile is given up, with nothing selected.
   */
  const look_at = async (locator, { patience_ms = 40_000, may_go = false } = {}) => {
    const gone = async () => may_go && !(await locator.isVisible());
    if (await gone()) await page.waitForTimeout(200);
    if (await gone()) return { right: false, wrong: [] };
    if (!may_go) await locator.waitFor({ state: 'visible' });
    await bring_into_view(locator);
    const from = await page.evaluate(() => globalThis.seen_selections.length);
    const marked = await locator
      .evaluate(
        (element) => {
          document.querySelector('[data-wanted]')?.removeAttribute('data-wanted');
          element.setAttribute('data-wanted', '');
        },
        undefined,
        { timeout: may_go ? 1000 : 30_000 },
      )
      .then(
        () => true,
        () => false,
      );
    if (!marked && (await gone())) return { right: false, wrong: [] };
    assert.ok(marked, `not there to be looked at: ${locator}`);
    const begun = last;
    for (;;) {
      const box = await locator.boundingBox({ timeout: 400 }).catch(() => null);
      if (box && same_place(box, looked)) {
        eye.look(kOff);
        await lived(900);
      }
      looked = null;
      if (box) eye.look_at({ left: box.x, top: box.y, width: box.width, height: box.height });
      const seen = await page
        .waitForFunction(
          (before) =>
            globalThis.seen_selections.length > before && globalThis.seen_selections.slice(before),
          from,
          { timeout: 1500, polling: 10 },
        )
        .then((handle) => handle.jsonValue())
        .catch(() => null);
      if (seen) {
        if (!seen.some((one) => one.wanted)) await recover(locator);
        looked = box;
        tally.selections += seen.length;
        tally.virtual_ms += last - begun;
        const wrong = seen.filter((one) => !one.wanted);
        tally.wrong += wrong.length;
        return { right: seen.some((one) => one.wanted), wrong };
      }
      if (!box && (await gone())) return { right: false, wrong: [] };
      assert.ok(last - begun < patience_ms, `looked ${patience_ms} ms in vain: ${locator}`);
    }
  };

  /** Waits until so much of the eye's time has passed. */
  const lived = async (ms) => {
    const until = last + ms;
    while (last < until) await page.waitForTimeout(8);
  };

  /** A field opened by mistake is left as it was. */
  const recover = async (locator) => {
    const inside = await locator
      .evaluate((one) => one.closest('dialog') !== null)
      .catch(() => false);
    const leave = page.locator('dialog:modal [data-leave]');
    if (!inside && (await leave.count())) await look_at(leave);
  };

  /** Scrolls by the corner bar's own keys, as the person would, until the middle is not covered. */
  const bring_into_view = async (locator) => {
    for (let tries = 0; tries < 40; tries += 1) {
      const way = await locator.evaluate(hidden, undefined, { timeout: 400 }).catch(() => 0);
      const key = page.locator('[data-gaze-bar-keys] button').nth(way < 0 ? 2 : 3);
      if (way === 0 || !(await key.count()) || (await key.isDisabled())) return;
      const here = await key.boundingBox();
      await recover(locator);
      eye.look(kOff);
      await lived(800);
      const before = await page.evaluate(() => scrollY);
      eye.look_at({ left: here.x, top: here.y, width: here.width, height: here.height });
      await page.waitForFunction((y) => scrollY !== y, before, { timeout: 4000 }).catch(() => null);
    }
  };

  /** Looks until the element itself is selected; what was selected by mistake before is told. */
  const choose = async (locator, more) => {
    const wrong = [];
    for (let tries = 0; tries < 6; tries += 1) {
      const seen = await look_at(locator, more);
      wrong.push(...seen.wrong);
      if (seen.right) return wrong;
    }
    return assert.fail(`six looks selected other things: ${JSON.stringify(wrong)}`);
  };

  return {
    choose,
    look_at,
    lived,
    /** The tracker falls silent. */
    hush: () => (hushed = true),
    look_away: () => eye.look(kOff),
    eye,
    tally,
    stop: () => {
      clearInterval(timer);
      tracker.stop();
    },
  };
}

/**
 * A person with one switch before `page`: call it before the page is opened. The page's clock is
 * the test's: a step of the scan takes as long as telling it so. Presses Space when the mark is on
 * what is wanted, and never on the way out of a level that holds it.
 */
export async function one_switch_user(page, { scan_ms = 1000, settings = {} } = {}) {
  await page.clock.install();
  await page.addInitScript(
    (own) => {
      localStorage.setItem('thaw.gaze', 'on');
      localStorage.setItem('thaw.gaze.settings', JSON.stringify({ ...own, switches: 'one' }));
    },
    { ...settings, scan_ms },
  );
  await page.addInitScript(watch);
  const tally = { selections: 0, steps: 0, presses: 0 };

  /** What is marked: whether the wanted element is in it. */
  const on_wanted = () =>
    page.evaluate(() => {
      const wanted = document.querySelector('[data-wanted]')?.getBoundingClientRect();
      if (!wanted) return 'gone';
      const near = (a, b) => Math.abs(a - b) < 2;
      const clipped = {
        left: Math.max(0, wanted.left),
        top: Math.max(0, wanted.top),
      };
      const marks = [...document.querySelectorAll('[data-gaze-layer] .scan')];
      const on = marks.some((mark) => {
        const box = mark.getBoundingClientRect();
        return near(box.left, clipped.left) && near(box.top, clipped.top);
      });
      return on && !marks.some((mark) => mark.classList.contains('out')) ? 'on' : 'off';
    });

  /** Scrolls by the corner bar's keys until the middle of an element is seen. */
  const bring_into_view = async (locator) => {
    for (let tries = 0; tries < 20; tries += 1) {
      const way = await locator.evaluate(hidden);
      const key = page.locator('[data-gaze-bar-keys] button').nth(way < 0 ? 2 : 3);
      if (way === 0 || !(await key.count()) || (await key.isDisabled())) return;
      await choose(key);
      await page.clock.runFor(400);
    }
  };

  /** Waits for the mark and presses until the element is selected. */
  const choose = async (locator, { most_steps = 400 } = {}) => {
    await locator.waitFor({ state: 'visible' });
    await locator.evaluate((element) => {
      document.querySelector('[data-wanted]')?.removeAttribute('data-wanted');
      element.setAttribute('data-wanted', '');
    });
    const from = await page.evaluate(() => globalThis.seen_selections.length);
    for (let steps = 0; steps < most_steps; steps += 1) {
      await page.clock.runFor(scan_ms + 20);
      tally.steps += 1;
      const now = await on_wanted();
      if (now === 'gone') return;
      if (now !== 'on') continue;
      await page.keyboard.press(' ');
      tally.presses += 1;
      const seen = await page.evaluate((before) => globalThis.seen_selections.slice(before), from);
      if (seen.length === 0) continue;
      assert.ok(seen[0].wanted, `the switch took ${seen[0].html}`);
      tally.selections += 1;
      return;
    }
    assert.fail(`${most_steps} steps of the scan without reaching ${locator}`);
  };
  return { choose, bring_into_view, tally, pass: (ms) => page.clock.runFor(ms) };
}
