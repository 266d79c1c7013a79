/** What a list model says that the items of training lists do to each other, found by leaving each out. Legend: K slate. */

import { createInMemorySlates } from '../../datasets/slate-source/in-memory-slates.ts';
import { assignSplit } from '../../datasets/walk/split.ts';
import { walk } from '../../datasets/walk/walk.ts';
import { normaliseSlates } from '../../encoding/columns/fitted-features.ts';
import { createSlateEncoder, memoryItems } from '../../encoding/columns/slate-encoder.ts';
import { createMemory } from '../../memory/memory.ts';
import type { Model } from '../../models/model.ts';
import { createRng } from '../../random/rng.ts';
import type { Calibration } from '../../scoring/calibration/calibration.ts';
import { predict } from '../../scoring/predict.ts';
import { createScoringPool } from '../../scoring/scoring-pool.ts';
import { sigmoid } from '../../scoring/sigmoid.ts';
import type { Impression } from '../../slate/impression.ts';
import { inShownOrder } from '../../slate/shown-order.ts';
import { limitsOf, type Prepared } from '../prepare.ts';

/** Influences on some lists. */
export interface ListInfluences {
  /** Indices in the data set. */
  readonly lists: Int32Array;
  /** Items of each list. */
  readonly lengths: Int32Array;
  /** List after list its [K, K], row j, column i: p_i(with all) - p_i(without j), places as shown; 0 on the diagonal. */
  readonly influence: Float32Array;
}

export interface AskOptions {
  readonly model: Model;
  readonly calibration: Calibration;
  readonly workers: number;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  /** Indices in the data set of the lists to ask about; drawn of the training part where they are left out. */
  readonly only?: ReadonlySet<number>;
}

/** With what the model says of the lists as they are. */
export interface AskedInfluences extends ListInfluences {
  /** Click probability of each item, list after list. */
  readonly togetherS: Float32Array;
}

/** What the slates asked about may hold together: about 2,000 lists of ten, each whole and without each of its items. */
const MOST_SLOTS = 240_000;

/**
 * Training lists drawn without replacement, as many as `MOST_SLOTS` allows, each with every item left out in turn, encoded from what was known before it. Clicks are not read.
 */
export async function askWithoutEach(
  prepared: Prepared,
  { model, calibration, workers, seed, signal, only }: AskOptions,
): Promise<AskedInfluences> {
  const { dataset, encoded, settings } = prepared;
  const drawn = only ?? drawnLists(prepared, seed);
  const encoder = createSlateEncoder(encoded.features);
  const { joinWindow, labelTypes } = dataset.summary;
  const memory = createMemory({ ...memoryItems(encoder), joinWindow, labelTypes, limits: limitsOf(settings) });
  const builder = encoder.begin();
  const parts = assignSplit(await dataset.impressionFacts(), settings.split);
  const lists: number[] = [];
  const lengths: number[] = [];
  for await (const { impression, index } of walk(dataset, { parts, by: settings.split.by, memories: [memory] })) {
    signal?.throwIfAborted();
    if (!drawn.has(index)) continue;
    const known = memory.asOf(impression.ranking.time);
    const copies = leftOut(impression);
    for (const copy of copies) builder.add(copy, known);
    lists.push(index);
    lengths.push(copies.length - 1);
    // What comes later changes nothing any more.
    if (lists.length === drawn.size) break;
  }
  const columns = builder.finish();
  keepLengths(columns.contextDenseBF, { names: encoder.columns.context, lengths });
  const slates = createInMemorySlates(normaliseSlates(columns, encoded.features));
  const pool = await createScoringPool(model, workers);
  try {
    const indices = Int32Array.from({ length: slates.count }, (_, index) => index);
    const { logits } = await predict(pool, model.tables, { slates, indices, calibration, signal });
    return {
      lists: Int32Array.from(lists),
      lengths: Int32Array.from(lengths),
      influence: differences(logits, lengths),
      togetherS: wholes(logits, lengths),
    };
  } finally {
    await pool.close();
  }
}

/** Indices in the data set of training lists of two items or more. */
function drawnLists({ encoded: { slates, train, listB } }: Prepared, seed: number): ReadonlySet<number> {
  const order = Array.from(train.keys());
  const lengths = slates.lengths(train);
  const drawn = new Set<number>();
  let slots = 0;
  for (const at of createRng(seed).split('leave one out').shuffle(order)) {
    const cost = lengths[at] * (lengths[at] + 1);
    if (lengths[at] < 2 || slots + cost > MOST_SLOTS) continue;
    slots += cost;
    drawn.add(listB[train[at]]);
  }
  return drawn;
}

/** The list, then the list without its first item, without its second, ...; the others keep their places. */
function leftOut({ ranking }: Impression): readonly Impression[] {
  const { items } = inShownOrder(ranking);
  const placed = items.map((item, k) => ({ ...item, position: item.position ?? k }));
  return [placed, ...placed.map((_, left) => placed.filter((__, k) => k !== left))].map((kept) => ({
    ranking: { ...ranking, items: kept },
    clickTimesK: new Float64Array(kept.length).fill(-1),
  }));
}

/** What a list of one item less says of its own length is not what the item does: a copy says that it is as long as the whole. */
function keepLengths(
  contextDenseBF: Float32Array,
  { names, lengths }: { readonly names: readonly string[]; readonly lengths: readonly number[] },
): void {
  const column = names.indexOf('list length');
  let whole = 0;
  for (const K of lengths) {
    for (let copy = whole + 1; copy <= whole + K; copy++)
      contextDenseBF[copy * names.length + column] = contextDenseBF[whole * names.length + column];
    whole += K + 1;
  }
}

function differences(logits: Float32Array, lengths: readonly number[]): Float32Array {
  const influence = new Float32Array(lengths.reduce((sum, K) => sum + K * K, 0));
  let [from, to] = [0, 0];
  for (const K of lengths) {
    const whole = logits.subarray(from, from + K);
    from += K;
    for (let j = 0; j < K; j++) {
      for (let i = 0; i < K; i++, to++) if (i !== j) influence[to] = sigmoid(whole[i]) - sigmoid(logits[from++]);
    }
  }
  return influence;
}

/** Of each list the answer for it as it is. */
function wholes(logits: Float32Array, lengths: readonly number[]): Float32Array {
  const togetherS = new Float32Array(lengths.reduce((sum, K) => sum + K, 0));
  let [from, to] = [0, 0];
  for (const K of lengths) {
    for (let k = 0; k < K; k++, to++) togetherS[to] = sigmoid(logits[from + k]);
    from += K * K;
  }
  return togetherS;
}
