import assert from 'node:assert/strict';
import { test } from 'node:test';
import { group_of, is_own, kGroups, page_of } from './pages';

test('every page of the header stands in exactly one group, and a group opens on its first page', () => {
  const paths = kGroups.flatMap((group) => group.pages.map(([path]) => path));
  assert.equal(new Set(paths).size, paths.length);
  assert.equal(paths.length, 15);
  for (const group of kGroups) assert.equal(group.path, group.pages[0]?.[0]);
});

test('a claim stands under the answers, a paper under the evidence, and no address under nothing', () => {
  assert.equal(page_of('/claim'), '/answers');
  assert.equal(group_of('/paper')?.path, '/evidence');
  assert.equal(group_of('/no-such-page'), null);
});

test('what is a real person’s own is named so, and every other page can carry the line on synthetic people', () => {
  const own = kGroups.flatMap((group) => group.pages.map(([path]) => path)).filter(is_own);
  assert.deepEqual(own.sort(), ['/care', '/partner', '/report', '/speak']);
  assert.equal(is_own('/people'), false);
  assert.equal(is_own('/no-such-page'), false);
});
