/** Legend: N candidates, K slate. */
import { EMPTY, type Places } from '../../slate/places.ts';
import type { Demands } from './demand.ts';

/** The slate before anything is chosen: who must stand somewhere is there; undefined when two demands want one place or one item, or a candidate that is not eligible. */
export function startOf({ eligibleN, at }: Demands, size: number): Places | undefined {
  const start = new Int32Array(size).fill(EMPTY);
  for (const { candidate, place } of at) {
    if (candidate === undefined || place >= size || !eligibleN[candidate]) return undefined;
    if (start[place] === candidate) continue;
    if (start[place] !== EMPTY || start.includes(candidate)) return undefined;
    start[place] = candidate;
  }
  return start;
}
