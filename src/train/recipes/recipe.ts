import type { TrainingConfig } from './training-config.ts';

/** A full training config under a name; others derive from it in a few lines (`defineRecipe`). */
export interface Recipe {
  readonly kind: 'recipe';
  /** What the command line, reports and folders of runs call it; its config says the same. */
  readonly name: string;
  /** The full config, new at each call. */
  config(): TrainingConfig;
}
