import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Effect, Input, State } from './engine';
import { dwell_of, kStart, progress, step } from './engine';
import type { DwellClass } from './settings';
import { kSettings } from './settings';
import type { Target } from './targets';

const kScreen = { width: 1280, height: 800 };
const settings = { ...kSettings, tune: false, drift: false };
const box = (id: number, left: number, top: number, dwell: DwellClass = 'key'): Target => ({
  id,
  left,
  top,
  width: 110,
  height: 110,
  dwell,
  likely: 0,
});
const kKeys = [box(1, 100, 400), box(2, 222, 400), box(3, 344, 400)];
const kCall = box(9, 1150, 20, 'call');
const kRest = box(8, 20, 20, 'rest');
const kMarks = [box(6, 20, 650, 'wake'), box(7, 1150, 650, 'wake')];
const kAll = [...kKeys, kCall, kRest, ...kMarks];

/** A person whose eyes are still and whose tracker does not err, 30 times a second. */
class Still {
  state: State = kStart;
  t = 0;
  effects: (Effect & { t: number })[] = [];
  constructor(
    readonly targets: readonly Target[] = kAll,
    readonly own = settings,
  ) {
    this.look(700, 700, 1200);
    this.effects = [];
  }
  give(input: Input): void {
    const made = step(this.state, input, this.targets, this.own, kScreen);
    this.state = made.state;
    this.t = input.t;
    for (const effect of made.effects) this.effects.push({ ...effect, t: input.t });
  }
  look(x: number, y: number, ms: number, valid = true): this {
    for (const end = this.t + ms; this.t < end;)
      this.give({ kind: 'sample', x, y, t: this.t + 33, valid });
    return this;
  }
  at(target: Target, ms: number): this {
    return this.look(target.left + 55, target.top + 55, ms);
  }
  selected(): number[] {
    return this.effects.flatMap((one) => (one.kind === 'select' ? [one.id] : []));
  }
}
const [kA, kB] = kKeys as [Target, Target, Target];

test('a key is selected after its dwell and not before', () => {
  const eyes = new Still();
  const begun = eyes.t;
  eyes.at(kA, 590);
  assert.deepEqual(eyes.selected(), []);
  eyes.at(kA, 200);
  assert.deepEqual(eyes.selected(), [1]);
  const took = eyes.effects[0]!.t - begun;
  assert.ok(took >= 600 && took < 700, `${took} ms`);
});

test('each class of target has its own dwell', () => {
  for (const [dwell, ms] of Object.entries(kSettings.dwell) as [DwellClass, number][]) {
    if (dwell === 'wake') continue;
    const eyes = new Still([box(1, 100, 400, dwell)]);
    eyes.at(kA, ms - 20);
    assert.deepEqual(eyes.selected(), [], dwell);
    assert.deepEqual(eyes.at(kA, 100).selected(), [1], dwell);
  }
});

test('a target is not selected twice without a look away, however long the gaze stays', () => {
  const eyes = new Still();
  assert.deepEqual(eyes.at(kA, 20_000).selected(), [1]);
  eyes.look(700, 700, 100).at(kA, 3000);
  assert.deepEqual(eyes.selected(), [1], 'too short a look away');
  eyes.look(700, 700, 400).at(kA, 900);
  assert.deepEqual(eyes.selected(), [1, 1]);
});

test('what appears under the gaze after a selection waits until the gaze has left', () => {
  const eyes = new Still();
  eyes.at(kA, 700);
  const other = new Still([{ ...kA, id: 77 }]);
  other.state = eyes.state;
  other.t = eyes.t;
  other.at(kA, 25_000);
  assert.deepEqual(other.selected(), []);
  other.look(700, 700, 400).at(kA, 800);
  assert.deepEqual(other.selected(), [77]);
});

test('progress survives a slip and a loss within the grace, and not beyond it', () => {
  for (const [away, valid] of [
    [400, true],
    [400, false],
  ] as const) {
    const eyes = new Still();
    eyes.at(kA, 500).look(700, 700, away, valid).at(kA, 270);
    assert.deepEqual(eyes.selected(), [1], `${away} ms, valid ${valid}`);
  }
  for (const valid of [true, false]) {
    const eyes = new Still();
    eyes.at(kA, 500).look(700, 700, 800, valid).at(kA, 400);
    assert.deepEqual(eyes.selected(), []);
  }
});

test('a key is left only beyond a quarter of its size', () => {
  const alone = [kA];
  const eyes = new Still(alone).at(kA, 200).look(kA.left + 110 + 25, 455, 600);
  assert.deepEqual(eyes.selected(), [1]);
  const far = new Still(alone).at(kA, 200).look(kA.left + 110 + 40, 455, 900);
  assert.deepEqual(far.selected(), []);
});

test('likely targets need less and unlikely ones more, none less than 300 ms', () => {
  const likely = { ...kA, likely: 1 as const };
  const unlikely = { ...kA, likely: -1 as const };
  assert.equal(dwell_of(likely, kStart, settings), 420);
  assert.equal(dwell_of(unlikely, kStart, settings), 780);
  const fast = { ...settings, dwell: { ...settings.dwell, key: 310 } };
  assert.equal(dwell_of(likely, kStart, fast), 300);
});

test('nothing shows before the lock-on, and the whole of it at the end', () => {
  const eyes = new Still().at(kA, 100);
  assert.equal(progress(eyes.state, kAll, settings), 0);
  eyes.at(kA, 250);
  const half = progress(eyes.state, kAll, settings);
  assert.ok(half > 0.4 && half < 0.7, `${half}`);
});

test('in rest nothing but CALL is selected, and two marks one after the other wake', () => {
  const eyes = new Still();
  eyes.at(kRest, 1000);
  assert.equal(eyes.state.mode, 'rest');
  eyes.effects = [];
  for (const one of [...kKeys, kRest]) eyes.at(one, 1500);
  assert.deepEqual(eyes.selected(), []);
  eyes.at(kCall, 1000);
  assert.deepEqual(eyes.selected(), [9]);
  eyes.at(kMarks[0]!, 1300);
  assert.equal(eyes.state.mode, 'rest', 'one mark is not enough');
  eyes.look(700, 300, 400).at(kMarks[0]!, 1300);
  assert.equal(eyes.state.mode, 'rest', 'nor is the same one twice');
  eyes.at(kMarks[1]!, 1300);
  assert.equal(eyes.state.mode, 'awake');
  eyes.effects = [];
  assert.deepEqual(eyes.at(kA, 900).selected(), [1]);
});

test('the second mark has to follow soon', () => {
  const eyes = new Still().at(kRest, 1000).at(kMarks[0]!, 1300);
  eyes.look(640, 300, 7000).at(kMarks[1]!, 1300);
  assert.equal(eyes.state.mode, 'rest');
});

test('awake, a wake mark is no target', () => {
  assert.deepEqual(new Still().at(kMarks[0]!, 3000).selected(), []);
});

test('a lost gaze is told once, comes back, and rests by itself after a minute', () => {
  const eyes = new Still().look(0, 0, 5000, false);
  assert.deepEqual(
    eyes.effects.map((one) => one.kind),
    ['gaze'],
  );
  eyes.look(700, 700, 300);
  assert.equal(eyes.state.gaze, 'ok');
  eyes.look(0, 0, 61_000, false);
  assert.equal(eyes.state.mode, 'rest');
  const never = new Still(kAll, { ...settings, rest_after: 0 }).look(0, 0, 300_000, false);
  assert.equal(never.state.mode, 'awake');
});

test('before the first sample time passes without effect', () => {
  let state = kStart;
  for (let t = 0; t < 200_000; t += 1000) {
    const made = step(state, { kind: 'tick', t }, kAll, settings, kScreen);
    assert.deepEqual(made.effects, []);
    state = made.state;
  }
  assert.equal(state.mode, 'awake');
});

test('a pause collects nothing, and ends by itself', () => {
  const eyes = new Still().at(kA, 500);
  eyes.give({ kind: 'pause', t: eyes.t + 1, until: eyes.t + 4000 });
  assert.deepEqual(eyes.at(kA, 3900).selected(), []);
  assert.deepEqual(eyes.at(kA, 900).selected(), [1]);
  eyes.give({ kind: 'pause', t: eyes.t + 1, until: Infinity });
  eyes.look(700, 700, 10_100).at(kB, 900);
  assert.deepEqual(eyes.selected(), [1, 2], 'no pause is for ever');
});

test('a page that opens under a gaze selects nothing in its first second', () => {
  const eyes = new Still();
  eyes.state = kStart;
  assert.deepEqual(eyes.at(kA, 1000).selected(), []);
});

test('time that runs backwards loses progress and nothing else', () => {
  const eyes = new Still().at(kA, 500);
  eyes.t = 5;
  eyes.at(kA, 500);
  assert.deepEqual(eyes.selected(), []);
  assert.deepEqual(eyes.at(kA, 200).selected(), [1]);
});

test('a value that is no number is a sample without gaze', () => {
  const eyes = new Still();
  for (const x of [NaN, Infinity, -Infinity])
    eyes.give({ kind: 'sample', x, y: 1, t: eyes.t + 33, valid: true });
  assert.equal(eyes.state.valid, false);
  eyes.give({ kind: 'sample', x: 1, y: 1, t: NaN, valid: true });
  assert.ok(Number.isFinite(eyes.state.t));
});

test('recentre takes the offset over at once, at most 60 px', () => {
  const mark = box(5, 585, 345, 'recentre');
  const own = { ...settings, drift: true };
  const eyes = new Still([...kKeys, mark], own).look(640 + 30, 400 - 20, 1300);
  assert.deepEqual(eyes.selected(), [5]);
  for (const one of eyes.state.drift) {
    assert.ok(Math.hypot(one.x - 30, one.y + 20) < 0.1);
  }
  eyes.effects = [];
  eyes.look(kA.left + 55 + 65, kA.top + 55 - 55, 900);
  assert.deepEqual(eyes.selected(), [1], 'a gaze beside the key is put on it');
});

test('at rest recentre is taken, keys are not, and the page stays at rest', () => {
  const mark = box(5, 585, 345, 'recentre');
  const own = { ...settings, drift: true };
  const eyes = new Still([...kKeys, mark, ...kMarks], own);
  eyes.give({ kind: 'rest', t: eyes.t + 1 });
  eyes.look(640 + 30, 400 - 20, 1300).at(kA, 2000);
  assert.deepEqual(eyes.selected(), [5]);
  assert.equal(eyes.state.mode, 'rest');
  assert.ok(Math.hypot(eyes.state.drift[0].x - 30, eyes.state.drift[0].y + 20) < 0.1);
});

test('undo lengthens the dwell, long use without one shortens it, both within bounds', () => {
  const own = { ...settings, tune: true };
  const eyes = new Still(kAll, own);
  const undo = box(4, 900, 600, 'page');
  const many = new Still([...kKeys, undo], own);
  for (let i = 0; i < 40; i += 1) {
    many.at(kA, 1500).at(undo, 2000);
    many.give({ kind: 'undo', t: many.t + 1 });
  }
  assert.ok(many.state.tune.factor > 1.3 && many.state.tune.factor <= 1.6);
  for (let i = 0; i < 300; i += 1) eyes.at(kA, 1000).at(kB, 1000);
  assert.ok(eyes.state.tune.factor < 0.9 && eyes.state.tune.factor >= 0.8);
});
