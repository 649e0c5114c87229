// Where lines meet their boxes: spread over the side that faces the other end, in the order they come.
export interface Point {
  x: number;
  y: number;
}

interface Box extends Point {
  width: number;
  height: number;
}

/** A line from box to box by the points between them, which stay; the first and last are moved. */
export interface Route {
  from: Box;
  to: Box;
  points: Point[];
}

const kLead = 22;
const kRim = 10;

/** The routes with both ends on the left or right side of their boxes, evenly apart; pixels. */
export function on_sides(routes: readonly Route[]): Point[][] {
  const sides = new Map<
    string,
    { box: Box; ends: { route: number; last: boolean; y: number }[] }
  >();
  routes.forEach(({ from, to, points }, route) => {
    if (from.x === to.x || points.length < 2) return;
    const right = from.x < to.x;
    const add = (box: Box, on_right: boolean, last: boolean, y: number) => {
      const name = `${box.x} ${box.y} ${on_right}`;
      const side = sides.get(name) ?? { box, ends: [] };
      side.ends.push({ route, last, y });
      sides.set(name, side);
    };
    add(from, right, false, points[1]!.y);
    add(to, !right, true, points[points.length - 2]!.y);
  });
  const moved = routes.map(({ points }) => [...points]);
  for (const { box, ends } of sides.values()) {
    ends.sort((a, b) => a.y - b.y);
    const room = box.height - 2 * kRim;
    ends.forEach(({ route, last }, i) => {
      const y = box.y - room / 2 + (room * (i + 0.5)) / ends.length;
      place(moved[route]!, routes[route]!, last, y);
    });
  }
  return moved;
}

/** Puts one end on its side at height `y`, with a short level piece, so that heads can be told apart. */
function place(points: Point[], { from, to }: Route, last: boolean, y: number): void {
  const right = from.x < to.x ? 1 : -1;
  if (last) {
    const x = to.x - (right * to.width) / 2;
    points.splice(points.length - 1, 1, { x: x - right * kLead, y }, { x, y });
  } else {
    points[0] = { x: from.x + (right * from.width) / 2, y };
  }
}
