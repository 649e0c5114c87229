import assert from 'node:assert/strict';
import { test } from 'node:test';
import { found_in, kept_of, UnsaidQueue } from './unsaid';
import type { Kept, Listed, SaidBody } from './unsaid';

const body = (text: string): SaidBody => ({
  client: 'a',
  lang: 'zh',
  words: [{ text, pinyin: '' }],
  selections: 3,
  undos: 0,
  seconds: 1.5,
});

/** A server that keeps what it takes; `fail` says what happens at the n-th sending. */
function world(fail: (n: number) => 'lost' | 'gone' | 'refused' | null = () => null) {
  const there: Listed[] = [];
  const later: (() => void)[] = [];
  let copy: string | null = null;
  let tries = 0;
  let last: Kept | null = null;
  let line: Promise<unknown> = Promise.resolve();
  const queue = () =>
    new UnsaidQueue(
      {
        read: () => copy,
        store: (text) => {
          copy = text;
          return true;
        },
        send: async (one) => {
          const what = fail((tries += 1));
          if (what === 'gone' || what === 'refused') throw what;
          const id = `s${there.length + 1}`;
          there.unshift({ id, at: new Date(1e12).toISOString(), ...one });
          if (what === 'lost') throw 'gone';
          return id;
        },
        list: async () => there,
        why: (error) => error as 'gone',
        alone: (run) => {
          const next = line.then(run);
          line = next.catch(() => undefined);
          return next;
        },
        later: (run) => void later.push(run),
        now: () => 1e12,
      },
      (kept) => (last = kept),
    );
  const settle = async () => {
    for (let i = 0; i < 80; i += 1) await Promise.resolve();
  };
  const texts = () => [...there].reverse().map((one) => one.words[0]!.text);
  return { queue, later, settle, texts, kept: () => last!, copy: () => kept_of(copy) };
}

test('what is said is told in order, and nothing of it stays behind', async () => {
  const { queue, settle, texts, copy } = world();
  const one = queue();
  const ids = Promise.all(['a', 'b', 'c'].map((text) => one.add(text, body(text))));
  await settle();
  assert.deepEqual(await ids, ['s1', 's2', 's3']);
  assert.deepEqual(texts(), ['a', 'b', 'c']);
  assert.deepEqual(copy().waiting, []);
});

test('a reload while the server is gone loses nothing and changes no order', async () => {
  const { queue, settle, later, texts, copy } = world((n) => (n <= 1 ? 'gone' : null));
  const first = queue();
  void first.add('a', body('a'));
  void first.add('b', body('b'));
  await settle();
  assert.equal(copy().waiting.length, 2);
  queue(); // the page, opened again
  await settle();
  later.forEach((run) => run());
  await settle();
  assert.deepEqual(texts(), ['a', 'b']);
});

test('an answer that was lost makes no second entry, and the same words said twice stay two', async () => {
  const { queue, settle, later, texts } = world((n) => (n === 2 ? 'lost' : null));
  const one = queue();
  for (const id of ['1', '2', '3']) void one.add(id, body('吸痰'));
  await settle();
  assert.deepEqual(texts(), ['吸痰', '吸痰']);
  later.splice(0).forEach((run) => run());
  await settle();
  assert.deepEqual(texts(), ['吸痰', '吸痰', '吸痰']);
});

test('two tabs that keep in one place send each saying once', async () => {
  const { queue, settle, later, texts } = world((n) => (n <= 1 ? 'gone' : null));
  const one = queue();
  void one.add('1', body('a'));
  await settle();
  const other = queue();
  void other.add('2', body('b'));
  await settle();
  later.forEach((run) => run());
  await settle();
  assert.deepEqual(texts(), ['a', 'b']);
});

test('what the server refuses is kept apart and shown, and holds up nothing', async () => {
  const { queue, settle, texts, kept, copy } = world((n) => (n === 1 ? 'refused' : null));
  const one = queue();
  const ids = Promise.all([one.add('1', body('a')), one.add('2', body('b'))]);
  await settle();
  assert.deepEqual(await ids, [null, 's1']);
  assert.deepEqual(texts(), ['b']);
  assert.equal(kept().refused[0]?.body.words[0]?.text, 'a');
  assert.equal(copy().refused.length, 1);
  one.clear_refused();
  assert.deepEqual(copy().refused, []);
});

test('what waits is bounded, the oldest goes first, and damaged copies are none', async () => {
  const { queue, settle, copy } = world(() => 'gone');
  const one = queue();
  for (let i = 0; i < 520; i += 1) void one.add(String(i), body(String(i)));
  await settle();
  assert.equal(copy().waiting.length, 500);
  assert.equal(copy().waiting.at(-1)?.id, '519');
  for (const odd of [null, '', '7', '[1]', '{"waiting":[null,{"id":1}]}', '{"known":"x"}'])
    assert.deepEqual(kept_of(odd), { waiting: [], refused: [], known: [] });
});

test('an entry is found only if it is the same words after the time of the first try', () => {
  const one = { id: 'x', body: body('a'), tried_at: 1e12 };
  const listed = { id: 's', at: new Date(1e12).toISOString(), ...body('a') };
  assert.equal(found_in([listed], one, []), 's');
  assert.equal(found_in([listed], one, ['s']), null);
  assert.equal(found_in([{ ...listed, at: new Date(1e12 - 60_000).toISOString() }], one, []), null);
  assert.equal(found_in([{ ...listed, words: body('b').words }], one, []), null);
  assert.equal(found_in([listed], { ...one, tried_at: null }, []), null);
});
