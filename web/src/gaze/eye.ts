// A simulated eye and tracker, for tests and tables: no person was recorded for it. Pure.
//
// The eye: 200 to 400 ms until a saccade, the saccade takes 20 ms + 0.05 ms a px, half of them land
// short by a tenth and are corrected; within a key people look about, 12 % of its size sd.
// The tracker: white noise and 1/f noise (four first-order processes, 50 ms to 3.2 s) of a given
// sd together, an offset that drifts, blinks of 100 to 200 ms with wild samples at their edges,
// losses of 0.2 to 0.8 s. The same seed gives the same trace.
import type { Point } from './filter';
import { normal, uniform } from './random';
import type { Box } from './targets';
import { centre } from './targets';

export interface Tracker {
  hz: number;
  /** Standard deviation of a sample around the eye, px an axis. */
  sd: number;
  /** Share of the variance that is 1/f. */
  pink: number;
  blinks_a_minute: number;
  losses_a_minute: number;
  /** Offset of the tracker at a place and time. */
  offset?: (at: Point, t: number) => Point;
}

export const kTracker: Tracker = {
  hz: 30,
  sd: 40,
  pink: 0.3,
  blinks_a_minute: 12,
  losses_a_minute: 1,
};

export interface Sample extends Point {
  t: number;
  valid: boolean;
}

const kSlow = [50, 200, 800, 3200];

export class Eye {
  private readonly draw: () => number;
  private readonly gauss: () => number;
  private readonly slow: Point[] = kSlow.map(() => ({ x: 0, y: 0 }));
  private readonly plan: { t: number; from: Point; to: Point }[] = [];
  private at: Point;
  private t: number;
  private blink_from: number;
  private blink_to = 0;
  private lost_from: number;
  private lost_to = 0;

  constructor(
    seed: number,
    private readonly tracker: Tracker,
    start: Point,
    t = 0,
  ) {
    this.draw = uniform(seed);
    this.gauss = normal(this.draw);
    this.at = start;
    this.t = t;
    for (const one of this.slow) {
      one.x = this.gauss();
      one.y = this.gauss();
    }
    this.blink_from = t + this.pause(tracker.blinks_a_minute);
    this.lost_from = t + this.pause(tracker.losses_a_minute);
  }

  /** The person decides to look at a box: the eye goes there after its latency. */
  look_at(box: Box): void {
    this.look(centre(box), Math.min(box.width, 200), Math.min(box.height, 200));
  }

  /** The same for a place with the size of what is there. */
  look(to: Point, width = 0, height = 0): void {
    const goal = {
      x: to.x + 0.12 * width * this.gauss(),
      y: to.y + 0.12 * height * this.gauss(),
    };
    const from = this.plan.length ? this.plan.at(-1)!.to : this.at;
    this.plan.length = 0;
    const begin = this.t + 200 + 200 * this.draw();
    if (this.draw() < 0.5 && Math.hypot(goal.x - from.x, goal.y - from.y) > 150) {
      const short = mix(from, goal, 0.9);
      this.plan.push({ t: begin, from: this.at, to: short });
      this.plan.push({ t: begin + 200 + saccade_ms(from, short), from: short, to: goal });
    } else this.plan.push({ t: begin, from: this.at, to: goal });
  }

  /** The next sample of the tracker. */
  next(): Sample {
    const dt = 1000 / this.tracker.hz;
    this.t += dt;
    this.move();
    const { sd, pink, offset } = this.tracker;
    const white = sd * Math.sqrt(1 - pink);
    const each = sd * Math.sqrt(pink / kSlow.length);
    let x = this.at.x + white * this.gauss();
    let y = this.at.y + white * this.gauss();
    this.slow.forEach((one, i) => {
      const keep = Math.exp(-dt / kSlow[i]!);
      const fresh = Math.sqrt(1 - keep * keep);
      one.x = keep * one.x + fresh * this.gauss();
      one.y = keep * one.y + fresh * this.gauss();
      x += each * one.x;
      y += each * one.y;
    });
    const off = offset?.(this.at, this.t) ?? { x: 0, y: 0 };
    return this.closed({ x: x + off.x, y: y + off.y, t: this.t, valid: true });
  }

  private move(): void {
    const now = this.plan[0];
    if (!now || this.t < now.t) return;
    const share = (this.t - now.t) / saccade_ms(now.from, now.to);
    this.at = share >= 1 ? now.to : mix(now.from, now.to, share);
    if (share >= 1) {
      this.plan.shift();
      if (this.plan[0]) this.plan[0].from = this.at;
    }
  }

  /** Blinks and losses; the samples just before and after a blink are valid and wild. */
  private closed(sample: Sample): Sample {
    const { blinks_a_minute, losses_a_minute } = this.tracker;
    if (this.t >= this.blink_from) {
      this.blink_to = this.t + 100 + 100 * this.draw();
      this.blink_from = this.blink_to + this.pause(blinks_a_minute);
      return { ...sample, y: sample.y + 120 * this.gauss() };
    }
    if (this.t >= this.lost_from) {
      this.lost_to = this.t + 200 + 600 * this.draw();
      this.lost_from = this.lost_to + this.pause(losses_a_minute);
    }
    const valid = this.t >= this.blink_to && this.t >= this.lost_to;
    return valid ? sample : { x: 0, y: 0, t: sample.t, valid };
  }

  private pause(a_minute: number): number {
    return a_minute > 0 ? (-60_000 * Math.log(1 - this.draw())) / a_minute : Infinity;
  }
}

const mix = (a: Point, b: Point, share: number): Point => ({
  x: a.x + share * (b.x - a.x),
  y: a.y + share * (b.y - a.y),
});
const saccade_ms = (a: Point, b: Point): number => 20 + 0.05 * Math.hypot(a.x - b.x, a.y - b.y);
