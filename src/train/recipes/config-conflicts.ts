import type { LossConfig } from '../../losses/loss.ts';
import type { TrainingConfig } from './training-config.ts';
import type { TrainingKinds } from './training-kinds.ts';

/** Of a model's blocks: with their gradients, moments, averages and best values some 2 GB. */
const MOST_WEIGHTS = 64e6;

/** Weights of the blocks, in which they grow with the square of the width: four projections and the two halves of the feed-forward part. */
const weightsOf = ({ width, blocks, feedForward }: Sizes): number =>
  blocks * (4 * width ** 2 + 2 * width * feedForward);

type Sizes = Pick<TrainingConfig['model'], 'width' | 'blocks' | 'feedForward'>;

const EXAMPLE = '{ "losses": [{ "name": "bce", "weight": 1 }], "epochs": 14, "metric": "logLoss" }';

/** What each key allows by itself and the others do not: the key, and what is wrong with it. */
export function conflicts(
  { scorer: name, model, losses: terms, firstStage, factors }: TrainingConfig,
  { losses, scorers }: TrainingKinds,
): readonly (readonly [string, string])[] {
  const found: [string, string][] = [];
  const { width, heads, head } = model;
  const scorer = scorers.named(name);
  const ofTwoLogits = (given: readonly LossConfig[]): string | undefined =>
    given.find((term) => losses.named(term.name).readsTwoLogits)?.name;
  if (scorer.attends && width % heads !== 0)
    found.push(['model.heads', `expected a divisor of model.width, which is ${width}, found ${heads}`]);
  const reader = ofTwoLogits(terms);
  if (head !== 'joint' && reader !== undefined)
    found.push(['model.head', `expected "joint", since the loss ${reader} reads two logits per item, found "${head}"`]);
  const weights = weightsOf(model);
  if (weights > MOST_WEIGHTS)
    found.push([
      'model',
      `expected at most ${MOST_WEIGHTS / 1e6} million weights in its blocks, found about ${Math.round(weights / 1e6)} million; lower width, feedForward or blocks`,
    ]);
  if (factors && !scorer.factorSets)
    found.push(['factors', `expected none, since the scorer "${name}" has no table of factors; leave it out`]);
  const asked = scorer.asksForFirstStage?.(model);
  if (asked && !firstStage)
    found.push(['firstStage', `expected one, since model.personal is "${model.personal}"; give ${EXAMPLE}`]);
  if (!firstStage) return found;
  if (asked === false)
    found.push(['firstStage', `expected none, since model.personal is "${model.personal}"; leave it out`]);
  if (factors)
    found.push(['firstStage', 'expected none, since factors says how the table is fitted; leave out one of them']);
  if (!scorer.firstStage)
    found.push(['firstStage', `expected none, since the scorer "${name}" has one stage; leave it out`]);
  const readsTwo = ofTwoLogits(firstStage.losses);
  if (readsTwo !== undefined)
    found.push(['firstStage.losses', `expected losses on one logit per item, found ${readsTwo}, which reads two`]);
  return found;
}
