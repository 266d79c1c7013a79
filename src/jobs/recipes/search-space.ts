import type { LossConfig } from '../../losses/loss.ts';
import type { Rng } from '../../random/rng.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';

/** A random neighbour of a recipe: what matters most is drawn anew, on the scale on which it matters, around the recipe's own values. */
export function drawConfig(base: TrainingConfig, rng: Rng): TrainingConfig {
  const { model, optimizer, losses } = base;
  const scale = [0.5, 1, 1, 2][rng.split('width').integer(4)];
  const width = roundTo(model.width * scale, model.heads);
  return {
    ...base,
    model: {
      ...model,
      width,
      feedForward: Math.max(1, Math.round(model.feedForward * scale)),
      dropout: [0, 0.05, 0.1, 0.2, 0.3][rng.split('dropout').integer(5)],
    },
    optimizer: {
      ...optimizer,
      learningRate: logUniform(rng.split('rate'), optimizer.learningRate, 4),
      weightDecay: logUniform(rng.split('decay'), optimizer.weightDecay, 10),
    },
    // The first loss sets the scale; the others weigh against it, from next to nothing to more than it does, whatever the recipe says.
    losses: losses.map(
      (loss, at): LossConfig => (at === 0 ? loss : { ...loss, weight: logBetween(rng.split(`loss ${at}`), WEIGHTS) }),
    ),
  };
}

/** Of a second loss, the first being 1. */
const WEIGHTS = { low: 0.01, high: 3 };

/** Between a `factor`-th and `factor` times the centre; 0, which has no logarithm, stays. */
const logUniform = (rng: Rng, centre: number, factor: number): number =>
  centre === 0 ? 0 : logBetween(rng, { low: centre / factor, high: centre * factor });

/** Even on the logarithm; three digits, so that a config file reads well. */
function logBetween(rng: Rng, { low, high }: { readonly low: number; readonly high: number }): number {
  return Number((low * (high / low) ** rng.next()).toPrecision(3));
}

const roundTo = (value: number, step: number): number => Math.max(step, Math.round(value / step) * step);
