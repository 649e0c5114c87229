// Finding a concept by what a query calls it, and saying so when there is none.
import { concepts } from './concepts.mjs';

/** A refusal, as the server words it. */
export class Refusal extends Error {
  constructor(status, kind, message, suggestions = []) {
    super(message);
    Object.assign(this, { status, kind, suggestions });
  }
}

export function find(name) {
  const wanted = (name ?? '').toLowerCase();
  for (const one of concepts.values()) {
    if (one.id === name || one.name.en.toLowerCase() === wanted || one.name.zh === name) return one;
  }
  const near = [...concepts.values()].slice(0, 3).map((one) => one.name.en);
  throw new Refusal(404, 'not_found', `no concept is called "${name}"`, near);
}
