import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asking, by_urgency, coming, fault, minutes_until, rhythm, span, when } from './due';
import type { Reminder } from './types';

const make = (changes: Partial<Reminder>): Reminder => ({
  id: 'r1',
  kind: 'reposition',
  text: { en: 'Turn me', zh: '翻身' },
  every_min: 120,
  at: null,
  from: null,
  until: null,
  enabled: true,
  due_at: 6000,
  state: 'waiting',
  snoozed_until: null,
  escalate_after_min: 15,
  ...changes,
});

test('minutes round away from now while there is time, so that nothing is due before it is', () => {
  assert.equal(minutes_until(61, 0), 2);
  assert.equal(minutes_until(60, 0), 1);
  assert.equal(minutes_until(1, 0), 1);
  assert.equal(minutes_until(0, 0), 0);
  assert.equal(minutes_until(0, 59) + 0, 0);
  assert.equal(minutes_until(0, 120), -2);
});

test('a span is said in hours and minutes', () => {
  assert.equal(span(5).en, '5 min');
  assert.equal(span(120).zh, '2 小时');
  assert.equal(span(125).en, '2 h 5 min');
  assert.equal(span(-125).en, '2 h 5 min');
});

test('a line says in what time, since when, or until when it was put off', () => {
  assert.equal(when(make({}), 3480, 0).en, 'in 42 min, at 01:40');
  assert.equal(when(make({ state: 'due' }), 6000, 0).en, 'now');
  assert.equal(when(make({ state: 'overdue' }), 7200, 480).en, 'since 20 min, 09:40');
  assert.equal(when(make({ state: 'snoozed', snoozed_until: 6600 }), 6000, 0).zh, '推迟到 01:50');
  assert.equal(when(make({ enabled: false }), 0, 0).zh, '已关闭');
  assert.equal(when(make({ due_at: null }), 0, 0).en, 'counts while you write');
  assert.equal(when(make({ due_at: null, every_min: null }), 0, 0).en, 'no time set');
});

test('the most urgent stands first, what is off last, and only what is due asks', () => {
  const list = [
    make({ id: 'off', enabled: false, state: 'overdue' }),
    make({ id: 'later', due_at: 9000 }),
    make({ id: 'soon', due_at: 7000 }),
    make({ id: 'due', state: 'due' }),
    make({ id: 'over', state: 'overdue' }),
    make({ id: 'put off', state: 'snoozed', due_at: 100, snoozed_until: 8000 }),
  ];
  const ids = (some: Reminder[]) => some.map((one) => one.id);
  assert.deepEqual(ids(by_urgency(list)), ['over', 'due', 'soon', 'put off', 'later', 'off']);
  assert.deepEqual(ids(asking(list)), ['over', 'due']);
  assert.deepEqual(ids(coming(list, 2)), ['soon', 'put off']);
});

test('a rhythm is said with its hours, and its times in order', () => {
  assert.equal(rhythm(make({})).en, 'every 2 h, day and night');
  assert.equal(
    rhythm(make({ every_min: 20, from: '07:00', until: '22:00' })).zh,
    '每 20 分钟，07:00 至 22:00',
  );
  assert.equal(
    rhythm(make({ every_min: null, at: ['20:00', '08:00'] })).en,
    'daily at 08:00, 20:00',
  );
});

test('a reminder needs words, and either minutes or times', () => {
  assert.equal(fault(make({})), null);
  assert.equal(fault(make({ text: { en: ' ', zh: '' } })), 'text');
  assert.equal(fault(make({ every_min: null })), 'time');
  assert.equal(fault(make({ every_min: 2 })), 'time');
  assert.equal(fault(make({ at: ['08:00'] })), 'time');
  assert.equal(fault(make({ every_min: null, at: ['08:00'] })), null);
});
