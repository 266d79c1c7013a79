import type { WorldUser } from '../world.ts';

/**
 * The same user with other tastes: of each category they like what they liked of the one half of all categories further on. Their fields say nothing of it: only clicks do. As
 * every taste is there as before, no list can be worth much more or less than the best one was.
 */
export function shiftTastes(user: WorldUser): WorldUser {
  const count = user.tastes.length;
  const further = Math.floor(count / 2);
  return { ...user, tastes: user.tastes.map((_, category, tastes) => tastes[(category + further) % count]) };
}
