// The part of the picture that is in view: move, zoom about a point, fit. Pure, in pixels.

export interface View {
  x: number;
  y: number;
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

const kLeast = 0.25;
const kMost = 3;
const kReadable = 0.62;
const kComfortable = 0.75;
const kRim = 12;

/** Zooms by `factor` and keeps the picture's point under (x, y) where it is. */
export function zoom(view: View, factor: number, x: number, y: number): View {
  const scale = Math.min(kMost, Math.max(kLeast, view.scale * factor));
  const by = scale / view.scale;
  return { scale, x: x - (x - view.x) * by, y: y - (y - view.y) * by };
}

/** Everything in view, never enlarged. */
export function fit(picture: Size, frame: Size): View {
  const scale = Math.max(
    kLeast,
    Math.min(1, frame.width / picture.width, frame.height / picture.height),
  );
  return {
    scale,
    x: (frame.width - picture.width * scale) / 2,
    y: (frame.height - picture.height * scale) / 2,
  };
}

/** The point (x, y) of the picture in the middle of the frame. */
export function centre(x: number, y: number, scale: number, frame: Size): View {
  return { scale, x: frame.width / 2 - x * scale, y: frame.height / 2 - y * scale };
}

/** True when the picture's point (x, y) is in the frame, `room` pixels from its rim. */
export function sees(view: View, x: number, y: number, frame: Size, room = 20): boolean {
  const px = x * view.scale + view.x;
  const py = y * view.scale + view.y;
  return px > room && py > room && px < frame.width - room && py < frame.height - room;
}

/** The same view moved so that no side of the frame stays empty while the picture goes on past another. */
export function filled(view: View, picture: Size, frame: Size): View {
  const within = (at: number, whole: number, room: number) =>
    whole <= room ? (room - whole) / 2 : Math.min(0, Math.max(room - whole, at));
  return {
    scale: view.scale,
    x: within(view.x, picture.width * view.scale, frame.width),
    y: within(view.y, picture.height * view.scale, frame.height),
  };
}

/**
 * The first view: all of it when it can be read so, else the box in the middle at a readable size.
 * `side` moves the box to the right rim (1) or the left one (-1), to see more of what it is joined to.
 */
export function start(
  picture: Size,
  frame: Size,
  box: { x: number; y: number; width: number } | undefined,
  side: -1 | 0 | 1,
): View {
  const all = fit(picture, frame);
  if (all.scale >= kReadable || !box) return all;
  const middle = centre(box.x, box.y, kComfortable, frame);
  const aside = Math.max(0, frame.width / 2 - (box.width / 2) * kComfortable - kRim);
  return filled({ ...middle, x: middle.x + side * aside }, picture, frame);
}
