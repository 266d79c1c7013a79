import { createRecipeModel } from '../jobs/recipes/recipe-model.ts';
import { resolveRecipe } from '../jobs/settings.ts';
import type { Model } from '../models/model.ts';
import { loadWeights, modelArrays, type Weights } from '../models/tables/weights.ts';
import { createPool, type Pool } from '../runtime/pool.ts';
import { compileForward } from '../scoring/forward-graph.ts';
import { predict } from '../scoring/predict.ts';
import type { Checkpoint, CheckpointStore } from '../train/checkpoints/checkpoint.ts';
import type { EpochRecord } from '../train/epoch-record.ts';
import { type TrainingProgress, trainScorer } from '../train/scorer/trainer.ts';
import { judge, type PlaygroundJudgement } from './judge.ts';
import type { PlaygroundLists } from './lists.ts';
import type { PlaygroundRecipe } from './recipes.ts';

export interface TrainingNews {
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** An epoch is over: its losses, and the model's best weights so far against the truth. */
  readonly onEpoch?: (record: EpochRecord, judgement: PlaygroundJudgement) => void;
}

/** A training that can be stopped after any step, and taken up again as if it had not been. */
export interface PlaygroundTraining {
  /** Runs until it is over, or stopped; goes on where it was. */
  run(signal: AbortSignal, news: TrainingNews): Promise<'stopped' | 'finished'>;
  /** Those of the best epoch so far; before the first is over, those it began with. */
  weights(): Weights;
}

export interface TrainingOptions {
  readonly recipe: PlaygroundRecipe;
  readonly seed: number;
  /** Threads that run micro-batches; the weights are the same for any number. */
  readonly workers: number;
}

/** The recipe as `slatewise train` trains it with this seed on these lists. */
export function createTraining(lists: PlaygroundLists, { recipe, seed, workers }: TrainingOptions): PlaygroundTraining {
  const { encoded } = lists;
  const { slates, train, validation } = encoded;
  const config = resolveRecipe(recipe);
  const fresh = (): Model => createRecipeModel(lists, train, { config, seed });
  let model = fresh();
  let kept: Checkpoint | undefined;

  return {
    weights: () => kept?.best ?? modelArrays(model),
    async run(signal, { onProgress, onEpoch }) {
      const judged = await createJudge(lists, fresh(), workers);
      let told = kept?.epochs.length ?? 0;
      const checkpoints: CheckpointStore = {
        load: async () => kept,
        async save(checkpoint) {
          kept = checkpoint;
          const { epochs, best } = checkpoint;
          const record = epochs.at(-1);
          if (!record || !best || epochs.length === told) return;
          told = epochs.length;
          onEpoch?.(record, await judged.judgement(best));
        },
      };
      model = fresh();
      try {
        const result = await trainScorer(
          model,
          { slates, train, validation },
          { config, seed, workers, signal, checkpoints, ...(onProgress ? { onProgress } : {}) },
        );
        return result.interrupted ? 'stopped' : 'finished';
      } finally {
        await judged.close();
      }
    },
  };
}

interface Judge {
  judgement(weights: Weights): Promise<PlaygroundJudgement>;
  close(): Promise<void>;
}

/** A model beside the one that is trained, which is given its weights and asked about the test lists. */
async function createJudge(lists: PlaygroundLists, model: Model, workers: number): Promise<Judge> {
  const { slates, test } = lists.encoded;
  const { graph, layout } = compileForward(model);
  const pool: Pool = await createPool(graph, { workers, layout });
  return {
    async judgement(weights) {
      loadWeights(model, weights);
      for (const { name, offset } of layout.entries) pool.parameters.set(weights[name], offset);
      const { logits } = await predict(pool, model.tables, { slates, indices: test });
      return judge(lists, logits);
    },
    close: () => pool.close(),
  };
}
