/** Legend: B slates of a batch, K items of its longest. */

import { type CandidateSet, createCandidateSet } from '../../encoding/batches/candidate-set.ts';
import type { EncodedCandidates } from '../../encoding/columns/encoded-candidates.ts';
import type { Objective } from '../../generate/request/objective.ts';
import { scorerFeeds } from '../../models/tables/scorer-feeds.ts';
import { createPool } from '../../runtime/pool.ts';
import type { RuntimeValues } from '../../runtime/value.ts';
import { calibratedLogits } from '../../scoring/calibration/calibration.ts';
import { compileForward } from '../../scoring/forward-graph.ts';
import { listLogit } from '../../scoring/list-head/list-head.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import { sigmoid } from '../../scoring/sigmoid.ts';
import { EMPTY, type Places } from '../../slate/places.ts';
import type { AskedSlates, SlateValues } from '../../train/pointer/pointer-data.ts';

/** A request as its rewards are computed from: its candidates as they were known then, and what a slate of them is good for. */
export interface RewardedRequest {
  readonly candidates: EncodedCandidates;
  readonly objective: Objective;
}

export interface Rewards {
  readonly value: SlateValues;
  close(): Promise<void>;
}

/** Slates per run of the graph. */
const BATCH = 128;

/** Values of slates of many requests under a scorer; the same for any number of workers. */
export async function createRewards(
  scorer: StoredModel,
  requests: readonly RewardedRequest[],
  { workers }: { readonly workers: number },
): Promise<Rewards> {
  const { graph, layout } = compileForward(scorer.model, {}, { constants: true });
  const pool = await createPool(graph, { workers, layout });
  const sets = requests.map(({ candidates }) => createCandidateSet(candidates, scorer.features));
  return {
    async value(asked) {
      const batches = asked.flatMap(batchesOf);
      const results = await pool.run(
        batches.map(({ request, slates }) => ({
          feeds: scorerFeeds((sets[request] as CandidateSet).collate(slates), scorer.model.tables),
        })),
      );
      const values = asked.map(({ slates }) => new Float64Array(slates.length));
      const filled = asked.map(() => 0);
      for (const [at, { values: scored }] of results.entries()) {
        const { request, slates, place } = batches[at];
        values[place].set(valuesOf(slates, scored, { objective: requests[request].objective, scorer }), filled[place]);
        filled[place] += slates.length;
      }
      return values;
    },
    close: () => pool.close(),
  };
}

/** One request's slates in batches; `place` is the request's among those asked about. */
function batchesOf({ request, slates }: AskedSlates, place: number): readonly (AskedSlates & { place: number })[] {
  return Array.from({ length: Math.ceil(slates.length / BATCH) }, (_, at) => ({
    request,
    place,
    slates: slates.slice(at * BATCH, (at + 1) * BATCH),
  }));
}

function valuesOf(
  slates: readonly Places[],
  scored: RuntimeValues,
  { objective, scorer }: { readonly objective: Objective; readonly scorer: StoredModel },
): Float64Array {
  const logitsBK = calibratedLogits(scorer.calibration, scored.itemLogitsBK.data as Float32Array);
  const slateLogitB = scored.slateLogitB.data as Float32Array;
  const [, K] = scored.itemLogitsBK.dims;
  return Float64Array.from(slates, (places, b) => {
    const candidatesK = places.filter((candidate) => candidate !== EMPTY);
    const probabilitiesK = Float64Array.from(candidatesK, (_, k) => sigmoid(logitsBK[b * K + k]));
    const logitsK = logitsBK.subarray(b * K, b * K + candidatesK.length);
    const anyClick = (): number => sigmoid(listLogit(scorer.listHead, logitsK, slateLogitB[b]));
    return objective.value({ candidatesK, probabilitiesK, anyClick });
  });
}
