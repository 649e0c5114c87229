// Prints the table of docs/methods/gaze_selection.md: npm run gaze-table. Simulated eyes only. The
// seeds are others than those that the constants of the engine were chosen on.
import { mkdirSync, writeFileSync } from 'node:fs';
import type { Tracker } from './eye';
import { Eye, kTracker } from './eye';
import { kSettings } from './settings';
import { keyboard, kScreen, perform, planted_drift, random_keys, wilson } from './simulate';
import type { Trace } from './trace';
import { write_trace } from './trace';

const kSeeds = [7001, 7002, 7003, 7004];
const kKeys = 300;

interface Row {
  name: string;
  key: number;
  tracker: Partial<Tracker>;
  drift?: boolean;
}

function row({ name, key, tracker, drift = true }: Row): string {
  const targets = keyboard(key);
  let wrong = 0;
  let selected = 0;
  let missed = 0;
  const medians: number[] = [];
  for (const seed of kSeeds) {
    const one = perform({
      targets,
      wanted: random_keys(targets, kKeys, seed),
      tracker: { ...kTracker, ...tracker },
      seed: seed + 500,
      settings: { ...kSettings, drift },
      undoes: true,
    });
    wrong += one.wrong;
    selected += one.selected.length;
    missed += one.missed;
    medians.push(one.median_ms);
  }
  const [share, low, high] = wilson(wrong, selected).map((one) => (100 * one).toFixed(1)) as [
    string,
    string,
    string,
  ];
  const lost = ((100 * missed) / (kSeeds.length * kKeys)).toFixed(1);
  const ms = Math.round(medians.reduce((sum, one) => sum + one, 0) / medians.length);
  return `| ${name} | ${key} | ${share} (${low} to ${high}) | ${lost} | ${ms} |`;
}

const rows: Row[] = [];
for (const key of [110, 150])
  for (const sd of [20, 40, 60, 80]) rows.push({ name: `${sd} px, 30 Hz`, key, tracker: { sd } });
rows.push(
  { name: '40 px, white noise only', key: 110, tracker: { pink: 0 } },
  { name: '40 px, half of it 1/f', key: 110, tracker: { pink: 0.5 } },
  { name: '40 px, 60 Hz', key: 110, tracker: { hz: 60 } },
  { name: '40 px, 90 Hz', key: 110, tracker: { hz: 90 } },
  { name: '40 px, 6 losses a minute', key: 110, tracker: { losses_a_minute: 6 } },
);
for (const drift of [false, true])
  for (const sd of [20, 40])
    rows.push({
      name: `${sd} px, 60 px of drift in 3 min, ${drift ? 'corrected' : 'not corrected'}`,
      key: 110,
      tracker: { sd, offset: planted_drift(180_000, 60, 71) },
      drift,
    });

console.log('| Noise | Key px | Wrong % (95 %) | Missed % | Median ms |');
console.log('|---|---|---|---|---|');
for (const one of rows) console.log(row(one));

/** Traces in the form of a recording, for other programs: --traces FOLDER. */
function trace(tracker: Tracker, seed: number): Trace {
  const targets = keyboard(110);
  const eye = new Eye(seed, tracker, { x: kScreen.width / 2, y: 60 });
  const made: Trace = { simulated: true, notes: [], samples: [], wanted: [] };
  for (const id of random_keys(targets, 20, seed)) {
    const { left, top, width, height } = targets.find((one) => one.id === id)!;
    made.wanted.push({ from: made.samples.length, box: { left, top, width, height } });
    eye.look_at({ left, top, width, height });
    for (let i = 0; i < (1500 * tracker.hz) / 1000; i += 1) made.samples.push(eye.next());
  }
  return made;
}
const at = process.argv.indexOf('--traces');
const folder = at > 0 ? process.argv[at + 1] : undefined;
if (folder) {
  mkdirSync(folder, { recursive: true });
  for (const sd of [20, 40, 80])
    writeFileSync(
      `${folder}/simulated_${sd}px_30hz.csv`,
      write_trace(trace({ ...kTracker, sd }, 9000 + sd)),
    );
}
