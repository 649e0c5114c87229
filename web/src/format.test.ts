import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, interval, nats, number, p_value, percent, points, year } from './format';

test('a chance is never printed as certain unless it is', () => {
  assert.equal(percent(0.9999), '>99%');
  assert.equal(percent(0.0001), '<1%');
  assert.equal(percent(1), '100%');
  assert.equal(percent(0), '0%');
  assert.equal(percent(0.107), '11%');
});

test('an unknown number is a dash, never zero', () => {
  for (const print of [percent, number, nats, count]) assert.equal(print(null), '–');
});

test('numbers keep about three digits and a true minus', () => {
  assert.equal(number(-0.256), '−0.26');
  assert.equal(number(441.76), '442');
  assert.equal(number(12.34), '12.3');
  assert.equal(number(-0.001), '0.00');
  assert.equal(number(0.997), '0.997');
  assert.equal(number(1), '1.00');
  assert.equal(nats(-4), '−4.00');
  assert.equal(nats(1.875), '+1.88');
  assert.equal(points(0.0021), '0.2');
  assert.equal(count(361234), '361,234');
});

test('an interval is printed only when both ends are known', () => {
  assert.equal(interval({ value: 0.42, low: 0.03, high: 0.81 }, 'to'), '0.42 (0.03 to 0.81)');
  assert.equal(interval({ value: 0.42, low: null, high: 0.81 }, 'to'), '0.42');
});

test('a p value is not rounded to zero', () => {
  assert.equal(p_value(0.00004), '<0.0001');
  assert.equal(p_value(0.0013), '0.0013');
  assert.equal(p_value(0.667), '0.67');
});

test('a year from the address is a year or nothing', () => {
  for (const good of ['2021', ' 2021 ', '\uff12\uff10\uff12\uff11']) assert.equal(year(good), 2021);
  for (const bad of [null, '', 'soon', '20.5', '-3', '99999', '2e3', '0x7e4'])
    assert.equal(year(bad), null);
});
