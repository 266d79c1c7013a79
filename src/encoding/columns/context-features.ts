/** What is known of the user and the request before the impression. */
import { SESSION_GAP } from '../../memory/enter.ts';
import { lift, logOdds, overallRate, userRate } from '../../memory/rates.ts';
import type { FeatureState, UserState } from '../../memory/state.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { type Fields, fieldOf } from '../../slate/fields.ts';
import {
  ageNames,
  denseNames,
  encodeAges,
  encodeDense,
  encodeTokens,
  type FieldsEncoder,
} from '../encoders/fields-encoder.ts';

export interface ContextFeatures {
  readonly names: readonly string[];
  /** The column of `logListLength`. */
  readonly listLength: number;
  /** Names of columns and vocabularies that are the user's own, whatever is asked for. */
  readonly ofUser: readonly string[];
  readonly vocabularySizes: readonly { readonly name: string; readonly size: number }[];
  dense(context: RequestContext): number[];
  /** Ids per vocabulary. */
  tokens(context: RequestContext): readonly (readonly number[])[];
}

export interface RequestContext {
  readonly state: FeatureState;
  readonly user: UserState | undefined;
  readonly userFields: Fields;
  readonly ranking: RankingEvent;
  /** The moment that is asked about, epoch milliseconds. */
  readonly time: number;
}

const userStateNames = [
  'user rate',
  'user lift',
  'user exposures',
  'user clicks',
  'lists in session',
  'hours since last list',
  'first list',
];
const stateNames = [...userStateNames, 'list length'];

export function createContextFeatures(encoders: {
  readonly user: FieldsEncoder;
  readonly ranking: FieldsEncoder;
}): ContextFeatures {
  const vocabularies = [
    ...encoders.user.vocabularies.map(({ name, vocabulary }) => ({ scope: 'user' as const, name, vocabulary })),
    ...encoders.ranking.vocabularies.map(({ name, vocabulary }) => ({ scope: 'ranking' as const, name, vocabulary })),
  ];
  return {
    names: [
      ...stateNames,
      ...denseNames(encoders.user).map((name) => `user ${name}`),
      ...denseNames(encoders.ranking).map((name) => `request ${name}`),
      ...ageNames(encoders.user).map((name) => `user ${name}`),
      ...ageNames(encoders.ranking).map((name) => `request ${name}`),
    ],
    ofUser: [
      ...userStateNames,
      ...[...denseNames(encoders.user), ...ageNames(encoders.user)].map((name) => `user ${name}`),
      ...encoders.user.vocabularies.map(({ name }) => `user ${name}`),
    ],
    listLength: stateNames.indexOf('list length'),
    vocabularySizes: vocabularies.map(({ scope, name, vocabulary }) => ({
      name: `${scope} ${name}`,
      size: vocabulary.size,
    })),
    dense: (context) => [
      ...stateFeatures(context),
      ...encodeDense(encoders.user, context.userFields),
      ...encodeDense(encoders.ranking, context.ranking.fields),
      ...encodeAges(encoders.user, context.userFields, context.time),
      ...encodeAges(encoders.ranking, context.ranking.fields, context.time),
    ],
    tokens: ({ userFields, ranking }) =>
      vocabularies.map(({ scope, name, vocabulary }) =>
        encodeTokens(vocabulary, fieldOf(scope === 'user' ? userFields : ranking.fields, name)),
      ),
  };
}

function stateFeatures({ state, user, ranking, time }: RequestContext): number[] {
  const overall = overallRate(state);
  const gap = user && user.lastImpression >= 0 ? Math.max(0, time - user.lastImpression) : undefined;
  return [
    logOdds(userRate(user, overall)) - logOdds(overall),
    Math.log(lift(user)),
    Math.log1p(user?.exposures ?? 0),
    Math.log1p(user?.clicks ?? 0),
    gap !== undefined && gap < SESSION_GAP ? Math.log1p(user?.sessionImpressions ?? 0) : 0,
    gap === undefined ? 0 : 1 / (1 + gap / 3_600_000),
    gap === undefined ? 1 : 0,
    logListLength(ranking.items.length),
  ];
}

/** The column `list length`: the one of the context that depends on how many items are there. A list without any counts as one, to stay finite. */
export const logListLength = (items: number): number => Math.log(Math.max(1, items));
