// The reliability curve in pixels: belief given to the right, share that was so upwards. Pure.
import { scale } from '../people/plot';
import type { Bin, Curve } from '../types_work';

export interface Plot {
  x: (share: number) => number;
  y: (share: number) => number;
}

export const kPad = { left: 48, right: 22, top: 30, bottom: 44 };

/** Scales for a plot `width` by `height` pixels, both axes from 0 to 1. */
export function plot(width: number, height: number): Plot {
  return {
    x: scale(0, 1, kPad.left, width - kPad.right),
    y: scale(0, 1, height - kPad.bottom, kPad.top),
  };
}

/** The curves that are drawn: the presets as they are. All of them stand in the tables. */
export const drawn = (curves: readonly Curve[]): Curve[] =>
  curves.filter((curve) => !/[, ]/.test(curve.preset)).slice(0, 4);

/** Bins that hold something, by rising belief. */
export const filled = (bins: readonly Bin[]): Bin[] =>
  bins.filter((bin) => bin.n > 0).sort((a, b) => a.predicted - b.predicted);

/** The way through the bins. */
export const way = (bins: readonly Bin[], on: Plot): string =>
  bins
    .map(
      (bin, i) =>
        `${i ? 'L' : 'M'}${on.x(bin.predicted).toFixed(1)} ${on.y(bin.observed).toFixed(1)}`,
    )
    .join('');

/** The outline of the mark of the `i`-th curve: circle, square, triangle, diamond; not by colour alone. */
export function mark(i: number): string {
  const shapes = [
    'M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0Z',
    'M-4.5-4.5h9v9h-9Z',
    'M0-6L5.5 4.5h-11Z',
    'M0-6L6 0 0 6-6 0Z',
  ];
  return shapes[i % shapes.length] ?? '';
}
