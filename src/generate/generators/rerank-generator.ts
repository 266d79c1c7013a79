/** Legend: N candidates, K slate. */

import type { Generator } from '../generator.ts';
import { fillByWorth, worthAlone } from './fill-by-worth.ts';

/**
 * The re-ranker's list (PRM, SetRank and their like): all candidates are scored once as one page, and its best stand on top. It sees what the candidates say of each other, and
 * nothing of what the slate will do to them.
 */
export const rerankGenerator: Generator = {
  name: 'rerank',
  generate: async (task) => fillByWorth(task, await (task.together?.() ?? worthAlone(task))),
};
