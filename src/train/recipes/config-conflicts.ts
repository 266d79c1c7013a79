import type { ScorerName, TrainingConfig } from './training-config.ts';

/** Scorers whose layers have no heads. */
const headless: readonly ScorerName[] = ['pointwise', 'two-stage', 'exact-k', 'dlcm'];

/** Of a model's blocks: with their gradients, moments, averages and best values some 2 GB. */
const MOST_WEIGHTS = 64e6;

/** Weights of the blocks, in which they grow with the square of the width: four projections and the two halves of the feed-forward part. */
const weightsOf = ({ width, blocks, feedForward }: Sizes): number =>
  blocks * (4 * width ** 2 + 2 * width * feedForward);

type Sizes = Pick<TrainingConfig['model'], 'width' | 'blocks' | 'feedForward'>;

/** What each key allows by itself and the others do not: the key, and what is wrong with it. */
export function conflicts({
  scorer,
  model,
  losses: terms,
  firstStage,
}: TrainingConfig): readonly (readonly [string, string])[] {
  const found: [string, string][] = [];
  const { width, heads, head } = model;
  if (!headless.includes(scorer) && width % heads !== 0)
    found.push(['model.heads', `expected a divisor of model.width, which is ${width}, found ${heads}`]);
  if (head !== 'joint' && terms.some(({ name }) => name === 'jrc'))
    found.push(['model.head', `expected "joint", since the loss jrc reads two logits per item, found "${head}"`]);
  const weights = weightsOf(model);
  if (weights > MOST_WEIGHTS)
    found.push([
      'model',
      `expected at most ${MOST_WEIGHTS / 1e6} million weights in its blocks, found about ${Math.round(weights / 1e6)} million; lower width, feedForward or blocks`,
    ]);
  if (!firstStage) return found;
  if (scorer !== 'two-stage')
    found.push(['firstStage', `expected none, since the scorer "${scorer}" has one stage; leave it out`]);
  if (firstStage.losses.some(({ name }) => name === 'jrc'))
    found.push(['firstStage.losses', 'expected losses on one logit per item, found jrc, which reads two']);
  return found;
}
