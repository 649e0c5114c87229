// Which side a group of evidence is on. Pure.
import type { Group } from '../types';

/** Its nats with their sign: below 0 where it opposes, whether the server wrote the sign or not. */
export const signed_nats = (group: Pick<Group, 'nats' | 'direction'>): number =>
  group.direction === 'opposes' ? -Math.abs(group.nats) : group.nats;
