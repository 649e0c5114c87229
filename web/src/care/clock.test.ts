import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  date_of,
  hands,
  hhmm,
  is_night,
  minutes_of,
  on_face,
  text_of_minutes,
  wall,
} from './clock';

test('at three the hands make a right angle, and at half past six the hour hand is between six and seven', () => {
  assert.deepEqual(hands(15, 0), { hour: 90, minute: 0 });
  assert.deepEqual(hands(6, 30), { hour: 195, minute: 180 });
});

test('the hands meet eleven times in twelve hours', () => {
  let meetings = 0;
  let before = 0;
  for (let second = 1; second <= 12 * 3600; second += 1) {
    const { h, m, s } = wall(second, 0);
    const { hour, minute } = hands(h, m, s);
    const ahead = (((minute - hour) % 360) + 360) % 360;
    if (ahead < 90 && before > 270) meetings += 1;
    before = ahead;
  }
  assert.equal(meetings, 11);
});

test('a zone moves the wall clock and the date, also west of UTC and before 1970', () => {
  assert.deepEqual(wall(0, 480), { h: 8, m: 0, s: 0 });
  assert.deepEqual(wall(0, -300), { h: 19, m: 0, s: 0 });
  assert.equal(date_of(0, -300), '1969-12-31');
  assert.equal(date_of(0, 480), '1970-01-01');
  assert.equal(hhmm(-60, 0), '23:59');
});

test('minutes and their text are inverse, round the day', () => {
  for (let minute = 0; minute < 1440; minute += 1)
    assert.equal(minutes_of(text_of_minutes(minute)), minute);
  assert.equal(text_of_minutes(-30), '23:30');
  assert.equal(text_of_minutes(1440), '00:00');
  for (const bad of ['24:00', '7:00', '07:60', '', null]) assert.equal(minutes_of(bad), null);
});

test('twelve is above, three is right, six is below', () => {
  const near = (a: number, b: number) => assert.ok(Math.abs(a - b) < 1e-9);
  near(on_face(0, 10).y, -10);
  near(on_face(90, 10).x, 10);
  near(on_face(180, 10).y, 10);
});

test('night is from nine to seven', () => {
  assert.deepEqual([20, 21, 23, 0, 6, 7].map(is_night), [false, true, true, true, true, false]);
});
