/** Legend: I items. */
import type { UserObservations } from './observations.ts';

/** Click rates over users, each smoothed as if `weight` more users had clicked it at the base rate. */
export function ratesOf(
  users: readonly Pick<UserObservations, 'itemN' | 'clickedN'>[],
  { items, baseRate, weight }: { readonly items: number; readonly baseRate: number; readonly weight: number },
): Float64Array {
  const shownI = new Float64Array(items).fill(weight);
  const clickedI = new Float64Array(items).fill(weight * baseRate);
  for (const { itemN, clickedN } of users)
    for (const [n, item] of itemN.entries()) {
      shownI[item]++;
      clickedI[item] += clickedN[n];
    }
  return clickedI.map((clicked, item) => clicked / shownI[item]);
}
