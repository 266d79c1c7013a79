import { type ArgumentForm, checkArgument } from '../../slate/check-argument.ts';
import { type Encoders, type EncodersJson, encodersFromJson, encodersToJson } from '../encoders/encoders.ts';
import { type Normaliser, normalise } from '../encoders/normaliser.ts';
import type { FeatureSchema } from '../schema/schema.ts';
import { checkColumns } from './check-columns.ts';
import type { ClickGraphOptions } from './click-graph.ts';
import type { EncodedSlates } from './encoded-slates.ts';

/** What was fitted on the training part; stored with every model. */
export interface FittedFeatures {
  readonly schema: FeatureSchema;
  readonly encoders: Encoders;
  readonly slotNormaliser: Normaliser;
  readonly contextNormaliser: Normaliser;
  /** H. */
  readonly historyLength: number;
  /** Set when the click graph was sampled. */
  readonly graph?: ClickGraphOptions | undefined;
}

const FEATURES: ArgumentForm = {
  expected: 'fitted features',
  remedy: 'give the features of a loaded model, or of encodeDataset',
  parts: ['slotNormaliser', 'contextNormaliser'],
};

/** Normalises freshly encoded slates in place. */
export function normaliseSlates(slates: EncodedSlates, features: FittedFeatures): EncodedSlates {
  checkColumns(slates, 'normaliseSlates');
  checkArgument(features, 'normaliseSlates', FEATURES);
  const { slotNormaliser, contextNormaliser } = features;
  normalise(slates.slotDenseSF, slotNormaliser);
  normalise(slates.contextDenseBF, contextNormaliser);
  return slates;
}

export interface FittedFeaturesJson extends Omit<FittedFeatures, 'encoders'> {
  readonly encoders: EncodersJson;
}

export const fittedFeaturesToJson = (features: FittedFeatures): FittedFeaturesJson => ({
  ...features,
  encoders: encodersToJson(features.encoders),
});

export const fittedFeaturesFromJson = (json: FittedFeaturesJson): FittedFeatures => ({
  ...json,
  encoders: encodersFromJson(json.encoders, json.schema),
});
