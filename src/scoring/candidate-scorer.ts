/** Legend: N candidates, B slates of a batch, K items of its longest. */

import { type CandidateSet, createCandidateSet } from '../encoding/batches/candidate-set.ts';
import type { Memory } from '../memory/memory.ts';
import { type Feeds, itemFeeds, slateFeeds } from '../models/tables/scorer-feeds.ts';
import { createPool, type Pool } from '../runtime/pool.ts';
import { checkRequest } from '../slate/check-request.ts';
import type { RankingEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
import { countItems, type Places } from '../slate/places.ts';
import { requestName } from '../slate/request-name.ts';
import { type Calibration, calibratedLogit } from './calibration/calibration.ts';
import { checkWorkers } from './check-workers.ts';
import { encodingChannel } from './encoding-channel.ts';
import { refuseNotFinite } from './finite.ts';
import { compileForward } from './forward-graph.ts';
import { type ListHead, listLogit } from './list-head/list-head.ts';
import type { StoredModel } from './model-folder.ts';
import type { OnAsked } from './on-asked.ts';
import { runBatches } from './run-batches.ts';
import { batchesByLength } from './slate-batches.ts';

/** Scores many slates of one request: what a generator asks thousands of times. */
export interface CandidateScorer {
  /**
   * Encodes the request's items as candidates, from what the memory knows at the call; from another one, where one is given, of which nobody is told that it was asked. Throws `InputError` for a
   * request that is not valid.
   */
  open(request: RankingEvent, memory?: Pick<Memory, 'asOf'>): OpenRequest;
  close(): Promise<void>;
}

/** One request's candidates, ready to be put into slates. */
export interface OpenRequest {
  readonly N: number;
  /** Cosine of two candidates' values, 0 of a candidate with itself. */
  likeness(one: number, other: number): number;
  /**
   * Whole or partial slates; empty places are left out, the items keep their positions. What is missing is not known yet, to a scorer of partial slates; or there is nothing, with
   * `missing` `nothing`.
   */
  score(slates: readonly Places[], options?: { readonly missing?: 'unknown' | 'nothing' }): Promise<SlateLogits>;
}

/** Logits in the order of the slates asked for. */
export interface SlateLogits {
  /** Items of slate b, in the order of its places: `[offsets[b], offsets[b + 1])`. */
  readonly offsets: Int32Array;
  /** Click logit of each item in its company. */
  readonly logits: Float32Array;
  /** Logit of at least one click on slate b; computed when it is asked for. */
  readonly slateLogitOf: (b: number) => number;
}

export async function createCandidateScorer(
  stored: StoredModel,
  { workers, onAsked }: { readonly workers: number; readonly onAsked?: OnAsked | undefined },
): Promise<CandidateScorer> {
  checkWorkers(workers);
  const { graph, layout } = compileForward(stored.model, {}, { constants: true });
  const pool = await createPool(graph, { workers, layout });

  return {
    open(request, memory) {
      checkRequest(request);
      refuseTooMany(request);
      const encode = (): CandidateSet =>
        createCandidateSet(stored.encoder.candidates(request, memory ?? stored.memory), stored.features);
      const set = encodingChannel.traceSync(encode, {});
      if (!memory) onAsked?.(request, 'candidates', () => set.collate([firstOf(set)]));
      const toFeeds = collated(stored, set);
      return {
        N: request.items.length,
        likeness: set.likeness,
        score: (slates, { missing = 'unknown' } = {}) =>
          scoreSlates(slates, {
            pool,
            workers,
            calibration: stored.calibration,
            listHead: stored.listHead,
            toFeeds: missing === 'nothing' ? withoutRest(toFeeds) : toFeeds,
          }),
      };
    },
    close: () => pool.close(),
  };
}

/** Candidates of a request, at most: each is a row of numbers as wide as all that is known of it. */
const MOST_CANDIDATES = 50_000;

function refuseTooMany({ id, items }: RankingEvent): void {
  if (items.length <= MOST_CANDIDATES) return;
  throw new InputError(
    `${requestName(id)}: expected at most ${MOST_CANDIDATES} candidates, found ${items.length}; leave out those that a first stage thinks least of`,
    'too-large',
  );
}

/** What is looked at of candidates as one list costs the square of their number: the first of many stand for them. */
const LOOKED_AT = 1000;
const firstOf = ({ N }: CandidateSet): Int32Array => Int32Array.from({ length: Math.min(N, LOOKED_AT) }, (_, n) => n);

/** From slates to what the graph is fed. */
type ToFeeds = (slates: readonly Places[]) => Feeds;

/** As if empty places were none. */
const withoutRest =
  (toFeeds: ToFeeds): ToFeeds =>
  (slates) => ({ ...toFeeds(slates), restB: { data: new Float32Array(slates.length), dims: [slates.length] } });

/** What slates share is computed once. */
function collated({ model: { tables } }: StoredModel, set: CandidateSet): ToFeeds {
  const items = itemFeeds(set.collate([]), tables);
  return (slates) => ({ ...slateFeeds(set.collate(slates), tables), ...items });
}

interface ScoreContext {
  readonly pool: Pool;
  readonly workers: number;
  readonly calibration: Calibration;
  readonly listHead: ListHead;
  readonly toFeeds: ToFeeds;
}

async function scoreSlates(
  slates: readonly Places[],
  { pool, workers, calibration, listHead, toFeeds }: ScoreContext,
): Promise<SlateLogits> {
  const lengths = new Int32Array(slates.length);
  const offsets = new Int32Array(slates.length + 1);
  for (let b = 0; b < slates.length; b++) {
    lengths[b] = countItems(slates[b]);
    offsets[b + 1] = offsets[b] + lengths[b];
  }
  const logits = new Float32Array(offsets[slates.length]);
  const ownLogits = new Float32Array(slates.length);

  const batches = batchesByLength(lengths, { workers });
  await runBatches(pool, batches, {
    feeds: (batch) => toFeeds(Array.from(batch, (b) => slates[b])),
    take(values, batch) {
      const itemLogitsBK = values.itemLogitsBK.data as Float32Array;
      const slateLogitB = values.slateLogitB.data as Float32Array;
      const [, K] = values.itemLogitsBK.dims;
      for (let row = 0; row < batch.length; row++) {
        const b = batch[row];
        for (let k = 0; k < lengths[b]; k++)
          logits[offsets[b] + k] = calibratedLogit(calibration, itemLogitsBK[row * K + k]);
        ownLogits[b] = slateLogitB[row];
      }
    },
  });
  refuseNotFinite(logits, 'slates of one request');
  const slateLogitOf = (b: number): number =>
    listLogit(listHead, logits.subarray(offsets[b], offsets[b + 1]), ownLogits[b]);
  return { offsets, logits, slateLogitOf };
}
