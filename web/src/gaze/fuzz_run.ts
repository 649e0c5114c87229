// Wild inputs for as long as asked, on the real clock: npm run gaze-fuzz -- --minutes 10.
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, seed: { type: 'string', default: '1' } },
});
const until = performance.now() + Number(values.minutes) * 60_000;
let seed = Number(values.seed);
const sum = { runs: 0, inputs: 0, selections: 0, checks: 0 };
while (performance.now() < until) {
  const one = fuzz(600_000, seed);
  seed += 1;
  sum.runs += 1;
  sum.inputs += one.inputs;
  sum.selections += one.selections;
  sum.checks += one.checks;
}
console.log(`no law broken: ${JSON.stringify(sum)}; each run is ten minutes of samples`);
