// Scanning with one or two switches over the same buttons: groups, then what is in one. Pure.
//
// One switch: the mark moves by itself, a press takes. Two: one moves, the other takes. The list of
// a level ends with a way out of it; after three rounds without a press the mark goes a level up.
// Check: scan.test.ts (from any state one switch reaches every leaf within a bounded time).

/** A leaf has an id; a branch has parts. */
export interface Branch {
  name: string;
  id?: number;
  parts?: readonly Branch[];
}

export interface ScanState {
  /** Indices from the top; the last is the mark. One past the end of a level is its way out. */
  path: readonly number[];
  moved_at: number;
  pressed_at: number;
  rounds: number;
}

export const kScanStart: ScanState = { path: [0], moved_at: 0, pressed_at: -Infinity, rounds: 0 };

export type ScanInput = { kind: 'tick' | 'move' | 'take'; t: number };

export interface ScanStep {
  state: ScanState;
  taken: number | null;
}

const kRounds = 3;
const kBounce = 60; // ms; a second press within this is the same press

/** The parts of the level that the mark is on; null when the page has changed under it. */
export function level_of(
  tree: readonly Branch[],
  path: readonly number[],
): readonly Branch[] | null {
  let level: readonly Branch[] = tree;
  for (const i of path.slice(0, -1)) {
    const parts = level[i]?.parts;
    if (!parts || parts.length === 0) return null;
    level = parts;
  }
  return level;
}

/** What the mark is on: a branch, `out` for the way out, null where nothing is. */
export function marked(tree: readonly Branch[], path: readonly number[]): Branch | 'out' | null {
  const level = level_of(tree, path);
  const i = path.at(-1)!;
  if (!level || i > level.length || (i === level.length && path.length === 1)) return null;
  return i === level.length ? 'out' : level[i]!;
}

/** One input. `automatic`: the mark moves by itself every `every` ms. */
export function scan(
  before: ScanState,
  input: ScanInput,
  tree: readonly Branch[],
  every: number,
  automatic: boolean,
): ScanStep {
  const lost = marked(tree, before.path) === null;
  const state: ScanState = lost ? { ...before, path: [0], rounds: 0, moved_at: input.t } : before;
  if (tree.length === 0) return { state, taken: null };
  if (input.kind === 'take') return take(state, input.t, tree);
  if (input.kind === 'move') return { state: moved(state, input.t, tree), taken: null };
  const due = automatic && (input.t - state.moved_at >= every || input.t < state.moved_at);
  return { state: due ? moved(state, input.t, tree) : state, taken: null };
}

function moved(state: ScanState, t: number, tree: readonly Branch[]): ScanState {
  const level = level_of(tree, state.path)!;
  const size = level.length + (state.path.length > 1 ? 1 : 0);
  const i = (state.path.at(-1)! + 1) % size;
  const rounds = i === 0 ? state.rounds + 1 : state.rounds;
  if (rounds >= kRounds && state.path.length > 1)
    return { ...state, path: state.path.slice(0, -1), rounds: 0, moved_at: t };
  return { ...state, path: [...state.path.slice(0, -1), i], rounds, moved_at: t };
}

function take(state: ScanState, t: number, tree: readonly Branch[]): ScanStep {
  if (Math.abs(t - state.pressed_at) < kBounce) return { state, taken: null };
  const now: ScanState = { ...state, pressed_at: t, moved_at: t, rounds: 0 };
  const on = marked(tree, state.path);
  if (on === 'out') return { state: { ...now, path: state.path.slice(0, -1) }, taken: null };
  if (on === null) return { state: { ...now, path: [0] }, taken: null };
  if (on.parts) return { state: { ...now, path: [...state.path, 0] }, taken: null };
  return { state: { ...now, path: [0] }, taken: on.id ?? null };
}

/** Branches of one part are that part. */
export function flattened(tree: readonly Branch[]): Branch[] {
  return tree
    .map((one) => (one.parts ? { ...one, parts: flattened(one.parts) } : one))
    .filter((one) => one.id !== undefined || (one.parts && one.parts.length > 0))
    .map((one) => (one.parts?.length === 1 ? one.parts[0]! : one));
}
