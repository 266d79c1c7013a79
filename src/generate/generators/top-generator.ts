/** Legend: N candidates, K slate. */

import type { Generator } from '../generator.ts';
import { fillByWorth, worthAlone } from './fill-by-worth.ts';

/**
 * The pointwise list: every candidate is valued once, alone on the first place that is not pinned, and places are filled from the top with the best that may stand there;
 * of equal ones the earlier candidate. Alternatives hold the next best on the last place.
 */
export const topGenerator: Generator = {
  name: 'top',
  generate: async (task) => fillByWorth(task, await worthAlone(task)),
};
