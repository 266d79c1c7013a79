import type { TrainingConfig } from '../train/recipes/training-config.ts';
import type { Kinds } from './kinds.ts';

/**
 * What is to be said of a config whose epoch is chosen by log loss though none of its losses makes its scores probabilities: the best epoch is then mostly the first, whatever
 * is learned afterwards. Undefined where there is nothing to be said.
 */
export function metricDoubt(
  { recipe, metric, losses: terms }: TrainingConfig,
  { losses }: Pick<Kinds, 'losses'>,
): string | undefined {
  if (metric !== 'logLoss' || terms.some(({ name }) => losses.named(name).calibrates)) return undefined;
  const names = terms.map(({ name }) => name).join(' and ');
  return `${recipe}: its epoch is chosen by log loss, which reads scores as click probabilities, and ${names} does not make them so; set metric to rocAuc or ndcgAt10, or add the loss bce`;
}
