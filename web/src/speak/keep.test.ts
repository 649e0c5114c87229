import assert from 'node:assert/strict';
import { test } from 'node:test';
import { copy_of, Keeper, newer } from './keep';
import type { Entry, Standing } from './keep';

function desk(fail: (n: number) => 'gone' | 'taken' | 'refused' | null = () => null) {
  const sent: { entry: Entry; revision: number; document: unknown }[] = [];
  const later: (() => void)[] = [];
  const standings: Standing[] = [];
  let copy = '';
  let tries = 0;
  let revision = 0;
  const keeper = new Keeper(
    {
      send: async (entry, at, document) => {
        const why = fail((tries += 1));
        if (why) throw why;
        assert.equal(at, revision, 'sent on the revision that the server has');
        sent.push({ entry, revision: at, document });
        return (revision += 1);
      },
      why: (error) => error as 'gone',
      store: (text) => {
        copy = text;
        return true;
      },
      read: () => copy,
      later: (run) => void later.push(run),
    },
    0,
    (standing) => standings.push(standing),
  );
  const settle = async () => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve();
  };
  return { keeper, sent, later, standings, settle, copy: () => copy_of(copy) };
}
const entry = (key: string): Entry => ({ act: 'type', key });

test('every selection is copied at once and sent in order', async () => {
  const { keeper, sent, settle, copy } = desk();
  for (let i = 0; i < 5; i += 1) {
    keeper.keep(entry(`k${i}`), { i });
    assert.deepEqual((copy()?.document as { i: number }).i, i);
  }
  await settle();
  assert.deepEqual(
    sent.map((one) => one.entry.key),
    ['k0', 'k1', 'k2', 'k3', 'k4'],
  );
  assert.deepEqual(copy(), { revision: 5, unsent: 0, document: { i: 4 } });
});

test('a server that is gone loses nothing: all is sent, in order, when it is back', async () => {
  const { keeper, sent, later, standings, settle, copy } = desk((n) =>
    n >= 2 && n <= 4 ? 'gone' : null,
  );
  for (let i = 0; i < 3; i += 1) keeper.keep(entry(`k${i}`), { i });
  await settle();
  assert.equal(sent.length, 1);
  assert.deepEqual(copy(), { revision: 1, unsent: 2, document: { i: 2 } });
  while (later.length > 0) {
    later.shift()!();
    await settle();
  }
  assert.deepEqual(
    sent.map((one) => one.entry.key),
    ['k0', 'k1', 'k2'],
  );
  assert.ok(standings.includes('gone'));
  assert.equal(keeper.standing, 'kept');
  assert.equal(copy()?.unsent, 0);
});

test('when another tab writes, this one sends nothing and copies nothing more', async () => {
  const { keeper, sent, settle, copy } = desk((n) => (n === 2 ? 'taken' : null));
  keeper.keep(entry('a'), { n: 1 });
  await settle();
  keeper.keep(entry('b'), { n: 2 });
  await settle();
  assert.equal(keeper.standing, 'taken');
  keeper.keep(entry('c'), { n: 3 });
  await settle();
  assert.equal(sent.length, 1);
  assert.deepEqual(copy()?.document, { n: 2 });
});

test('one selection that the server refuses does not hold up the next ones', async () => {
  const { keeper, sent, settle } = desk((n) => (n === 1 ? 'refused' : null));
  keeper.keep(entry('too large'), {});
  keeper.keep(entry('fine'), {});
  await settle();
  assert.deepEqual(
    sent.map((one) => one.entry.key),
    ['fine'],
  );
});

test('the newer of two drafts is the one with more selections behind it', () => {
  const copy = (revision: number, unsent: number) => ({ revision, unsent, document: { a: 1 } });
  const server = (revision: number) => ({ revision, draft: { a: 2 } });
  assert.equal(newer(copy(4, 2), server(4)), 'copy');
  assert.equal(newer(copy(4, 2), server(6)), 'copy');
  assert.equal(newer(copy(4, 2), server(7)), 'server');
  assert.equal(newer(copy(4, 0), server(9)), 'server');
  assert.equal(newer(null, server(1)), 'server');
  assert.equal(newer(copy(4, 0), null), 'copy');
  assert.equal(newer(null, { revision: 0, draft: {} }), 'none');
});

test('a damaged copy is none', () => {
  for (const bad of [
    null,
    '',
    '{',
    '[]',
    '{"revision":1}',
    '{"revision":"1","unsent":0,"document":{}}',
  ])
    assert.equal(copy_of(bad), null);
});
