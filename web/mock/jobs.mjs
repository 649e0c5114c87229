// Made-up uploads and import jobs: a job takes a few seconds, can be cancelled, refuses bad files.
import { Refusal } from './names.mjs';

const uploads = new Map();
const jobs = new Map();
const kSteps = 12;
const kStep_ms = 150;

export const formats = () => ({
  formats: [
    { name: 'thaw', about: 'thaw JSON lines' },
    { name: 'indra', about: 'INDRA statements JSON' },
    { name: 'sif', about: 'simple interaction format' },
  ],
});

export function announce(body) {
  const upload = `u${uploads.size + 1}`;
  uploads.set(upload, { name: body.name, bytes: body.bytes, text: '', received: 0 });
  return { upload, piece_bytes: 1 << 16 };
}

export function take(query, bytes) {
  const upload = uploads.get(query.get('upload'));
  if (!upload) throw new Refusal(404, 'not_found', 'no such upload');
  if (Number(query.get('offset')) !== upload.received)
    throw new Refusal(409, 'conflict', `the next piece begins at ${upload.received}`);
  upload.received += bytes.length;
  if (upload.text.length < 1000) upload.text += bytes.toString('utf8').slice(0, 1000);
  return { received: upload.received };
}

export function start(body) {
  const upload = uploads.get(body.upload);
  if (!upload) throw new Refusal(404, 'not_found', 'no such upload');
  const job = {
    job: `j${jobs.size + 1}`,
    kind: 'import',
    title: upload.name,
    state: 'waiting',
    done: 0,
    total: kSteps * 100,
    unit: 'records',
    per_second: null,
    seconds_left: null,
    message: null,
    report: null,
    error: null,
  };
  jobs.set(job.job, job);
  const bad = !/^\s*[[{]/.test(upload.text);
  const timer = setInterval(() => {
    if (job.state === 'cancelled') return clearInterval(timer);
    job.state = 'running';
    job.done += 100;
    job.per_second = 100 / (kStep_ms / 1000);
    job.seconds_left = (job.total - job.done) / job.per_second;
    if (bad) {
      Object.assign(job, {
        state: 'failed',
        error: { kind: 'bad_input', message: `${upload.name}: line 1: this is no JSON` },
      });
    } else if (job.done >= job.total) {
      Object.assign(job, {
        state: 'done',
        seconds_left: 0,
        report: {
          rows_read: job.total,
          kept: job.total - 2,
          added: job.total - 12,
          changed: 4,
          unchanged: 6,
          refused: [
            { line: 3, reason: "item EX2: 'direction' must be supports, opposes or inconclusive" },
            { line: 4, reason: "nothing is known by the name 'no such drug'" },
          ],
        },
      });
    }
    if (job.state !== 'running') clearInterval(timer);
  }, kStep_ms);
  return { job: job.job };
}

export function job_of(name) {
  const job = jobs.get(name);
  if (!job) throw new Refusal(404, 'not_found', `no job is called "${name}"`);
  return job;
}

export function cancel(body) {
  const job = job_of(body.job);
  if (job.state === 'waiting' || job.state === 'running') job.state = 'cancelled';
  return job;
}

export const list = () => ({ jobs: [...jobs.values()].reverse() });

/** Tells a job's steps as server-sent events until it is over. */
export function tell(name, response) {
  const job = job_of(name);
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const say = () => {
    response.write(`data: ${JSON.stringify(job)}\n\n`);
    if (!['waiting', 'running'].includes(job.state)) {
      clearInterval(timer);
      response.end();
    }
  };
  const timer = setInterval(say, kStep_ms);
  response.on('close', () => clearInterval(timer));
  say();
}
