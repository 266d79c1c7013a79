import { createRegistry, type Registry } from '../slate/registry.ts';
import type { Scorer } from './scorer.ts';
import { attentionScorer } from './scorers/attention-scorer.ts';
import { dlcmScorer } from './scorers/dlcm-scorer.ts';
import { exactKScorer } from './scorers/exact-k-scorer.ts';
import { graphScorer } from './scorers/graph-scorer.ts';
import { pointwiseScorer } from './scorers/pointwise-scorer.ts';
import { prmScorer } from './scorers/prm-scorer.ts';
import { setRankScorer } from './scorers/setrank-scorer.ts';
import { twoStageScorer } from './scorers/two-stage-scorer.ts';

/** Every scorer of the program, in the order in which errors list them. */
export const scorers: Registry<Scorer> = createRegistry<Scorer>('scorer', [
  pointwiseScorer,
  attentionScorer,
  graphScorer,
  twoStageScorer,
  exactKScorer,
  prmScorer,
  setRankScorer,
  dlcmScorer,
]);
