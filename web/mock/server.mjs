// Serves the built pages with fixture answers: for developing the pages without the real program.
// node mock/server.mjs [--port 8090] [--people 18000]; --people 0 is a store without a registry.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as answers from './answers.mjs';
import * as care from './care.mjs';
import * as gaze from './gaze.mjs';
import * as graphs from './graphs.mjs';
import { listen, timed } from './hub.mjs';
import * as jobs from './jobs.mjs';
import * as library from './library.mjs';
import { Refusal } from './names.mjs';
import * as partner from './partner.mjs';
import * as people_answers from './people.mjs';
import * as review from './review.mjs';
import * as speak from './speak.mjs';
import * as weighing from './weighing.mjs';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8090' },
    people: { type: 'string', default: '18000' },
  },
});
const people = Number(values.people);
const dist = fileURLToPath(new URL('../dist', import.meta.url));
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};
const policy =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self' ws://127.0.0.1:* ws://localhost:*";

const calls = {
  '/api/status': () => answers.status(people),
  '/api/weigh': answers.weigh,
  '/api/rank': (query) => answers.rank(query, people),
  '/api/ask': answers.ask,
  '/api/chains': graphs.chains,
  '/api/graph': graphs.graph,
  '/api/concepts': graphs.found,
  '/api/registry': () => {
    if (!people) throw new Refusal(404, 'not_found', 'there is no registry in this store');
    return people_answers.registry();
  },
  '/api/people': () => people_answers.people_of(people),
  '/api/about': people_answers.about,
  '/api/claims': library.claims,
  '/api/documents': library.documents,
  '/api/document': library.document,
  '/api/search': library.search,
  '/api/contradictions': library.contradictions,
  '/api/changes': library.changes,
  '/api/formats': jobs.formats,
  '/api/jobs': jobs.list,
  '/api/job': (query) => jobs.job_of(query.get('job')),
  '/api/review': review.review,
  '/api/curators': review.curators_of,
  '/api/presets': weighing.presets,
  '/api/calibration': weighing.calibration,
  ...care.calls,
  ...gaze.calls,
  ...speak.calls,
  ...partner.calls,
};

/** What changes something, or asks with a document: POST. */
const posts = {
  '/api/keep': library.keep,
  '/api/uploads': jobs.announce,
  '/api/imports': jobs.start,
  '/api/job/cancel': jobs.cancel,
  '/api/assess': review.assess,
  '/api/curators': review.name_curator,
  '/api/reweigh': weighing.reweigh,
  ...care.posts,
  ...gaze.posts,
  ...speak.posts,
  ...partner.posts,
};

async function body_of(request) {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The function that answers a request, its body read where it has one. */
async function maker(request, url, headers) {
  const asked = { request, headers };
  if (request.method !== 'POST') {
    const give = calls[url.pathname];
    return give && ((query) => give(query, asked));
  }
  const body = await body_of(request);
  if (url.pathname === '/api/upload') return (query) => jobs.take(query, body);
  const take = posts[url.pathname];
  return take && (() => take(JSON.parse(body.toString('utf8')), asked));
}

async function call(request, url, headers) {
  const make = await maker(request, url, headers);
  if (!make)
    return [
      404,
      { error: { kind: 'not_found', message: `nothing at ${url.pathname}`, suggestions: [] } },
    ];
  try {
    return [200, timed(make(url.searchParams))];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return [
      error.status,
      { error: { kind: error.kind, message: error.message, suggestions: error.suggestions } },
    ];
  }
}

async function asset(path) {
  const file = join(dist, normalize(extname(path) ? path : '/index.html'));
  if (!file.startsWith(dist)) return [404, '', 'text/plain'];
  return [200, await readFile(file), types[extname(file)] ?? 'application/octet-stream'];
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const headers = {};
  try {
    if (url.pathname === '/api/partner/events') {
      partner.only_partner({ request });
      return listen(response);
    }
    if (url.pathname === '/api/speak/events') return listen(response);
    if (url.pathname === '/api/voice/wav') {
      const sound = gaze.sound_of(url.searchParams.get('id'));
      return response.writeHead(sound ? 200 : 404, { 'content-type': 'audio/wav' }).end(sound);
    }
    if (url.pathname === '/api/job/events') return jobs.tell(url.searchParams.get('job'), response);
    const [status, body, type] = url.pathname.startsWith('/api/')
      ? [
          ...(await call(request, url, headers)).map((part, i) =>
            i ? JSON.stringify(part) : part,
          ),
          'application/json',
        ]
      : await asset(url.pathname);
    response.writeHead(status, {
      'content-type': `${type}; charset=utf-8`,
      'content-security-policy': policy,
      ...headers,
    });
    response.end(body);
  } catch (error) {
    if (error instanceof Refusal) return response.writeHead(error.status).end();
    response.writeHead(error.code === 'ENOENT' ? 404 : 500).end(String(error.code ?? error));
    if (error.code !== 'ENOENT') console.error(error);
  }
});
server.listen(Number(values.port), '127.0.0.1', () =>
  console.log(`http://127.0.0.1:${server.address().port}`),
);
