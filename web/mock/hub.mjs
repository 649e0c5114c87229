// The made-up server's one event hub: /api/speak/events and /api/partner/events.
const listeners = new Set();
const kBeat_ms = 15_000;

/** Keeps a response open and writes every event to it until its reader goes away. */
export function listen(response) {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('event: hello\ndata: {"server":"mock","boot":"1"}\n\n');
  const beat = setInterval(() => response.write(': still here\n\n'), kBeat_ms);
  listeners.add(response);
  response.on('close', () => {
    clearInterval(beat);
    listeners.delete(response);
  });
}

const kNamed = /^(now|at|.+_at|.+_until)$/;

/** The same document with its times as the real server writes them, "2026-11-26T04:25:07Z". */
export function timed(value, name = '') {
  if (typeof value === 'number' && kNamed.test(name))
    return `${new Date(value * 1000).toISOString().slice(0, 19)}Z`;
  if (Array.isArray(value)) return value.map((one) => timed(one));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, timed(one, key)]));
}

/** Tells every listener of an event. */
export function tell(name, data) {
  for (const one of listeners)
    one.write(`event: ${name}\ndata: ${JSON.stringify(timed(data))}\n\n`);
}

/** Ends every open connection, as a server that goes away does. */
export function hang_up() {
  for (const one of listeners) one.destroy();
}
