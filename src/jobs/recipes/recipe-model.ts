import type { Outcomes } from '../../datasets/slate-source/slate-source.ts';
import type { Loss } from '../../losses/loss.ts';
import { createModel, type Model } from '../../models/model.ts';
import type { Scorer } from '../../models/scorer.ts';
import type { ScorerConfig } from '../../models/shared/scorer-config.ts';
import { createRng } from '../../random/rng.ts';
import type { Registry } from '../../slate/registry.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { kindsOf } from '../kinds.ts';
import type { PreparedLists } from '../prepare.ts';
import { numberKnots } from './number-knots.ts';

/** A fresh model of a recipe that learns from these lists. */
export function createRecipeModel(
  { encoded, settings }: Pick<PreparedLists, 'encoded' | 'settings'>,
  learned: Int32Array,
  { config, seed }: { readonly config: TrainingConfig; readonly seed: number },
): Model {
  const kinds = kindsOf(settings.kinds);
  const scorer = kinds.scorers.named(config.scorer);
  const { slates, train: trainPart, spec } = encoded;
  const outcomes = slates.outcomes(trainPart);
  return createModel(createRng(seed).split('model'), {
    scorer,
    spec: {
      ...spec,
      graph: scorer.seesGraph ? spec.graph : undefined,
      userIds: readsUser(config, { scorer, losses: kinds.losses }) ? spec.userIds : undefined,
      items: scorer.idTables ? slates.knownItems(learned) : { shown: [], clicked: [] },
    },
    config: {
      ...config.model,
      ...(config.model.pieces > 0
        ? { knots: numberKnots(slates, trainPart, { spec, pieces: config.model.pieces }) }
        : {}),
      ...pageOf(outcomes),
      baseRate: shareOfOnes(outcomes.labelS),
      slateRate: shareOfOnes(Uint8Array.from(trainPart, (_, b) => (hasClick(outcomes, b) ? 1 : 0))),
    },
  });
}

/** Whether anything is learned of the user's vector: only then users have a table. */
const readsUser = (
  { model, losses: terms }: TrainingConfig,
  { scorer, losses }: { readonly scorer: Scorer; readonly losses: Registry<Loss> },
): boolean =>
  model.user || scorer.readsUser === true || terms.some(({ name }) => losses.named(name).readsUser === true);

/** More positions, or items of a list, than any page shows: further ones share the last. */
const LONGEST_PAGE = 200;

/** The two sizes of a page, as the training part has them: positions may start anywhere, have gaps or be all the same. */
function pageOf({ offsets, positionS }: Outcomes): Pick<ScorerConfig, 'positions' | 'listLength'> {
  let [positions, listLength] = [1, 1];
  for (let b = 0; b + 1 < offsets.length; b++) listLength = Math.max(listLength, offsets[b + 1] - offsets[b]);
  for (const position of positionS) positions = Math.max(positions, position + 1);
  return { positions: Math.min(positions, LONGEST_PAGE), listLength: Math.min(listLength, LONGEST_PAGE) };
}

const hasClick = ({ offsets, labelS }: Outcomes, b: number): boolean =>
  labelS.subarray(offsets[b], offsets[b + 1]).includes(1);

/** Never 0 nor 1: its logit is finite. */
const shareOfOnes = (labels: Uint8Array): number =>
  (labels.reduce((sum, label) => sum + label, 0) + 1) / (labels.length + 2);
