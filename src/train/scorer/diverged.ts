import { InputError } from '../../slate/input-error.ts';

/** A training whose numbers are no numbers any more; nothing that follows could be used. */
export const diverged = (where: string, found: string, learningRate: number): InputError =>
  new InputError(
    `${where}: expected finite numbers, found ${found}: the training has diverged at a learning rate of ${learningRate}; lower optimizer.learningRate (of the pointer: that of its stage) in the recipe's config`,
    'diverged',
  );
