import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signed_nats } from './side';

test('a group that opposes is never shown on the side that supports', () => {
  assert.equal(signed_nats({ nats: 4, direction: 'opposes' }), -4);
  assert.equal(signed_nats({ nats: -4, direction: 'opposes' }), -4);
  assert.equal(signed_nats({ nats: 1.88, direction: 'supports' }), 1.88);
  assert.equal(signed_nats({ nats: 0, direction: 'silent' }), 0);
});
