import type { Loss } from '../../losses/loss.ts';
import { losses } from '../../losses/losses.ts';
import type { Metric } from '../../metrics/metric.ts';
import { metrics } from '../../metrics/metrics.ts';
import type { Scorer } from '../../models/scorer.ts';
import { scorers } from '../../models/scorers.ts';
import type { Registry } from '../../slate/registry.ts';

/** What a training config may name. */
export interface TrainingKinds {
  readonly losses: Registry<Loss>;
  readonly scorers: Registry<Scorer>;
  readonly metrics: Registry<Metric>;
}

/** Those of the program. */
export const builtInTrainingKinds: TrainingKinds = { losses, scorers, metrics };
