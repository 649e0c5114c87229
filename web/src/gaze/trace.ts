// Recorded gaze as a file: lines `x,y,t,validity` (px, px, ms, 0 or 1) under a heading line; lines
// that begin with # say where it is from and what was looked at. Pure.
//
// `# target LEFT TOP WIDTH HEIGHT` names the box that the person looks at from the next sample on.
// No recording of a person is part of thaw: every trace here says `# simulated`.
import type { Sample } from './eye';
import { parse_line } from './socket';
import type { Box } from './targets';

export interface Trace {
  simulated: boolean;
  notes: string[];
  samples: Sample[];
  /** What is looked at from which sample on. */
  wanted: { from: number; box: Box }[];
}

const kHead = 'x,y,t,validity';
const kMost = 1_000_000;

/** Reads a trace. The first line that cannot be read is named by its number. */
export function read_trace(text: string): Trace | { line: number; problem: string } {
  const trace: Trace = { simulated: false, notes: [], samples: [], wanted: [] };
  const lines = text.split('\n');
  if (lines.length > kMost) return { line: kMost, problem: 'the trace is too long' };
  for (const [i, raw] of lines.entries()) {
    const line = raw.trim();
    if (line === '' || line === kHead) continue;
    if (line.startsWith('#')) {
      const problem = read_note(line.slice(1).trim(), trace);
      if (problem) return { line: i + 1, problem };
      continue;
    }
    const sample = parse_line(line);
    if (!sample) return { line: i + 1, problem: 'not x,y,t,validity' };
    const last = trace.samples.at(-1);
    if (last && sample.t < last.t) return { line: i + 1, problem: 'time runs backwards' };
    trace.samples.push({ x: sample.x, y: sample.y, t: sample.t, valid: sample.valid });
  }
  return trace;
}

function read_note(note: string, trace: Trace): string | null {
  if (note === 'simulated') trace.simulated = true;
  if (!note.startsWith('target ')) {
    trace.notes.push(note);
    return null;
  }
  const [left, top, width, height, ...more] = note.slice(7).split(' ').map(Number);
  const all = [left, top, width, height];
  if (more.length > 0 || !all.every((one) => Number.isFinite(one))) return 'not a target';
  const box = { left: left!, top: top!, width: width!, height: height! };
  trace.wanted.push({ from: trace.samples.length, box });
  return null;
}

/** The file of a trace. */
export function write_trace(trace: Trace): string {
  const lines = trace.notes.map((note) => `# ${note}`);
  if (trace.simulated && !trace.notes.includes('simulated')) lines.push('# simulated');
  lines.push(kHead);
  let next = 0;
  trace.samples.forEach((one, i) => {
    while (trace.wanted[next]?.from === i) {
      const { left, top, width, height } = trace.wanted[next]!.box;
      lines.push(`# target ${left} ${top} ${width} ${height}`);
      next += 1;
    }
    lines.push(
      [one.x.toFixed(1), one.y.toFixed(1), one.t.toFixed(1), one.valid ? '1' : '0'].join(','),
    );
  });
  return `${lines.join('\n')}\n`;
}
