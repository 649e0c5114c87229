// How much of an answer rests on findings, so that a bare starting point never looks like knowledge.
import type { Answer } from '../types';

/** From this unknown share on, a number is mostly its starting point. */
export const kLittleKnown = 0.6;

type Known = Pick<Answer, 'ignorance' | 'parts' | 'chain'>;

/**
 * The unknown share of an answer, 0 to 1: of the best known direct claim; without one, of the least
 * known step of the best chain, since a chain is known no better than that; 1 with neither.
 */
export function unknown_share(answer: Known): number {
  const direct = (answer.parts ?? []).map((part) => part.ignorance);
  if (answer.ignorance !== null) direct.push(answer.ignorance);
  if (direct.length > 0) return Math.min(...direct);
  const hops = answer.chain?.hops ?? [];
  return hops.length > 0 ? Math.max(...hops.map((hop) => hop.ignorance)) : 1;
}

/** True where the number beside it must not be read as knowledge. */
export function little_known(answer: Known): boolean {
  return unknown_share(answer) >= kLittleKnown;
}
