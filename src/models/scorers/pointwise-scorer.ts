import type { Scorer } from '../scorer.ts';
import { createItemByItem, type ItemByItem, scoreItemByItem } from '../shared/item-by-item.ts';

/** The same encoders and depth as the attention scorer, but every item is judged by itself: no attention, no list-relative features. */
export const pointwiseScorer: Scorer = {
  kind: 'scorer',
  name: 'pointwise',
  seesCompany: false,
  seesPosition: (config) => config.position,
  create: createItemByItem,
  score: (layer, inputs, options) =>
    scoreItemByItem(layer as ItemByItem, inputs, {
      ...options,
      config: { ...options.config, listRelative: false },
    }),
};
