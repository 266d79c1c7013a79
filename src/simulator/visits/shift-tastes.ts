import type { WorldUser } from '../world.ts';

/**
 * How far tastes shift. Every taste is there afterwards as before, only of another category: no list can be worth much more or less than the best one was. Users' fields say nothing
 * of it: only clicks do.
 *
 * `moved`: of each category a user likes what they liked of the one half of all categories further on. `reversed`: what they liked best they like least, and so on.
 */
export const shiftNames = ['moved', 'reversed'] as const;
export type ShiftName = (typeof shiftNames)[number];
export const shiftDefault: ShiftName = 'moved';

const shifts: Readonly<Record<ShiftName, (tastes: Float64Array) => Float64Array>> = { moved, reversed };

/** The same user with other tastes. */
export function shiftTastes(user: WorldUser, shift: ShiftName = shiftDefault): WorldUser {
  return { ...user, tastes: shifts[shift](user.tastes) };
}

function moved(tastes: Float64Array): Float64Array {
  const further = Math.floor(tastes.length / 2);
  return tastes.map((_, category) => tastes[(category + further) % tastes.length]);
}

function reversed(tastes: Float64Array): Float64Array {
  const byTaste = [...tastes.keys()].sort((a, b) => tastes[a] - tastes[b]);
  const after = new Float64Array(tastes.length);
  for (const [rank, category] of byTaste.entries()) after[category] = tastes[byTaste[tastes.length - 1 - rank]];
  return after;
}
