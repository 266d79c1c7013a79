/** What a stored model says of lists of a journal, each with what was known before it. */
import type { Dataset } from '../../datasets/folder/dataset.ts';
import { createInMemorySlates } from '../../datasets/slate-source/in-memory-slates.ts';
import { walk } from '../../datasets/walk/walk.ts';
import { normaliseSlates } from '../../encoding/columns/fitted-features.ts';
import { type Kinds, kindsOf } from '../../jobs/kinds.ts';
import type { Predictions, ShownLists } from '../../measure/predictions.ts';
import type { Memory } from '../../memory/memory.ts';
import { refuseNotFinite } from '../../scoring/finite.ts';
import { listLogitsOf } from '../../scoring/list-head/list-head.ts';
import { loadModel, type StoredModel } from '../../scoring/model-folder.ts';
import { predict } from '../../scoring/predict.ts';
import { createScoringPool } from '../../scoring/scoring-pool.ts';

export interface PredictListsOptions {
  readonly dataset: Dataset;
  /** The lists from this one on. */
  readonly from: number;
  /** How the table calls the model. */
  readonly name: string;
  readonly workers: number;
  readonly kinds?: Kinds | undefined;
  /** Whether the journal of the data set is the one that the model was trained from. */
  readonly isOwnJournal: (stored: StoredModel) => Promise<boolean>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * A model of this journal meets all of it anew, so that it knows at each list what the server knew; a model of another log meets it after that log, as a server lets it. So two
 * models are asked of the same lists by one way.
 */
export async function predictLists(
  folder: string,
  { dataset, from, name, workers, kinds = kindsOf([]), isOwnJournal, signal }: PredictListsOptions,
): Promise<{ readonly lists: ShownLists; readonly predictions: Predictions }> {
  const stored = await loadModel(folder, kinds);
  const { model, calibration, listHead, features, encoder, card } = stored;
  const memory: Memory = (await isOwnJournal(stored)) ? stored.memory.emptied() : stored.memory;
  const { lengths } = await dataset.impressionFacts();
  const slots = lengths.subarray(from).reduce((sum, length) => sum + length, 0);
  const builder = encoder.begin({ lists: lengths.length - from, slots });
  for await (const { index, impression } of walk(dataset, { memories: [memory] })) {
    signal?.throwIfAborted();
    if (index >= from) builder.add(impression, memory.asOf(impression.ranking.time));
  }
  const slates = createInMemorySlates(normaliseSlates(builder.finish(), features));
  const indices = Int32Array.from({ length: slates.count }, (_, index) => index);
  const pool = await createScoringPool(model, workers);
  const predicted = await predict(pool, model.tables, { slates, indices, calibration, signal }).finally(() =>
    pool.close(),
  );
  refuseNotFinite(predicted.logits, folder);
  return {
    lists: slates.outcomes(indices),
    predictions: {
      ...{ recipe: name, seed: card.seed, scale: 'logit', threshold: card.threshold },
      ...{ valueS: predicted.logits, listLogitB: listLogitsOf(predicted, listHead) },
    },
  };
}
