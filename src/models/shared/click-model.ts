/** A click model of user and item, whose last hidden layer says what the user makes of the item. Legend: B batch, K slate, D width. */
import type { InputSpec } from '../../encoding/columns/encoded-slates.ts';
import type { Rng } from '../../random/rng.ts';
import { createItemByItem, type ItemByItem, scoreItemByItem } from './item-by-item.ts';
import type { ScorerConfig } from './scorer-config.ts';
import type { ScorerInputs } from './scorer-inputs.ts';
import type { ScoreOptions, ScorerOutputs } from './scorer-outputs.ts';

/** History and user on; neither the list nor the place. */
const ofUserAndItem = (config: ScorerConfig): ScorerConfig => ({
  ...config,
  ...{ history: true, user: true, position: false, listRelative: false, partial: 0, head: 'clicks' },
});

/** It knows users by what they did and what is said of them, not by a vector of their own: its clicks would be remembered by it. */
const withoutIds = (spec: InputSpec): InputSpec => ({ ...spec, userIds: undefined });

export const createClickModel = (
  rng: Rng,
  { config, spec }: { readonly config: ScorerConfig; readonly spec: InputSpec },
): ItemByItem => createItemByItem(rng, { config: ofUserAndItem(config), spec: withoutIds(spec) });

/** Click logits item by item; `itemVectorsBKD` is the last hidden layer, which the logit is linear in. */
export const clickModel = (
  layer: ItemByItem,
  inputs: ScorerInputs,
  { config, spec, ...options }: ScoreOptions,
): ScorerOutputs =>
  scoreItemByItem(
    layer,
    { ...inputs, userEmbeddedBE: undefined },
    { ...options, config: ofUserAndItem(config), spec: withoutIds(spec) },
  );
