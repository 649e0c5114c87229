// Samples of a tracker over a WebSocket of this machine: lines of text `x,y,t,validity`, px and ms,
// validity 0 or 1. What is not such a line is left out. Reconnects quietly.
import type { Input } from './engine';

type Sample = Extract<Input, { kind: 'sample' }>;

const kLongest = 4096; // characters of a message; what is beyond is left out
const kFarthest = 100_000;
const kNumber = /^-?\d{1,15}(\.\d{1,9})?$/;

/** The samples of a message. Strict: four numbers a line, no blanks, no exponents. */
export function parse_lines(message: string): Sample[] {
  const samples: Sample[] = [];
  const lines = message.slice(0, kLongest).split('\n');
  if (message.length > kLongest) lines.pop();
  for (const line of lines) {
    const sample = parse_line(line.endsWith('\r') ? line.slice(0, -1) : line);
    if (sample) samples.push(sample);
  }
  return samples;
}

/** One line, or null when it is none. */
export function parse_line(line: string): Sample | null {
  const parts = line.split(',', 5);
  if (parts.length !== 4 || !parts.slice(0, 3).every((part) => kNumber.test(part))) return null;
  const [x, y, t] = parts.map(Number) as [number, number, number, number];
  if (parts[3] !== '0' && parts[3] !== '1') return null;
  if (Math.abs(x) > kFarthest || Math.abs(y) > kFarthest) return null;
  return { kind: 'sample', x, y, t, valid: parts[3] === '1' };
}

/** The address of a tracker on this machine, or null: no other host is ever connected to. */
export function tracker_address(text: string): string | null {
  const parts = /^ws:\/\/(127\.0\.0\.1|localhost):(\d{1,5})(\/[\w./-]{0,100})?$/.exec(text.trim());
  if (!parts || Number(parts[2]) < 1 || Number(parts[2]) > 65535) return null;
  return text.trim();
}

const kQuiet = 250; // ms without a message until the time is told to pass
const kTries = [300, 1000, 3000, 5000];

/**
 * Connects and stays connected until the returned function is called. `feed` gets samples, and
 * ticks while nothing comes; `screen` says that x and y are of the screen, not of the viewport.
 */
export function socket_samples(
  address: string,
  feed: (input: Input) => void,
  screen: () => boolean,
): () => void {
  let socket: WebSocket | null = null;
  let tries = 0;
  let ended = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  let last = { t: 0, at: performance.now(), any: false };

  const connect = (): void => {
    socket = new WebSocket(address);
    socket.onopen = () => (tries = 0);
    socket.onmessage = (event: MessageEvent<unknown>) => {
      if (typeof event.data !== 'string') return;
      for (const sample of parse_lines(event.data)) {
        last = { t: sample.t, at: performance.now(), any: true };
        feed(screen() ? to_viewport(sample) : sample);
      }
    };
    socket.onclose = () => {
      if (ended) return;
      again = setTimeout(connect, kTries[Math.min(tries, kTries.length - 1)]);
      tries += 1;
    };
  };
  const ticking = setInterval(() => {
    const silent = performance.now() - last.at;
    if (last.any && silent > kQuiet) feed({ kind: 'tick', t: last.t + silent });
  }, 100);
  connect();
  return () => {
    ended = true;
    clearInterval(ticking);
    clearTimeout(again);
    socket?.close();
  };
}

/** Screen px to viewport px: the window's place, its frame taken to be even left and right. */
function to_viewport(sample: Sample): Sample {
  const frame = (outerWidth - innerWidth) / 2;
  const x = sample.x - screenX - frame;
  const y = sample.y - screenY - (outerHeight - innerHeight - frame);
  return { ...sample, x, y };
}
