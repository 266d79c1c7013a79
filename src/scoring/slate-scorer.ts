import { z } from 'zod';
import { createInMemorySlates } from '../datasets/slate-source/in-memory-slates.ts';
import { refuseTooLong } from '../encoding/batches/cut-batches.ts';
import type { EncodedSlates } from '../encoding/columns/encoded-slates.ts';
import { normaliseSlates } from '../encoding/columns/fitted-features.ts';
import { createPool } from '../runtime/pool.ts';
import { checkOptions } from '../slate/check-options.ts';
import { checkRequest, checkRequestList } from '../slate/check-request.ts';
import type { RankingEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
import { requestName } from '../slate/request-name.ts';
import { inShownOrder, shownOrder } from '../slate/shown-order.ts';
import { strictObject } from '../slate/strict-schema.ts';
import { checkStored } from './check-stored.ts';
import { checkWorkers } from './check-workers.ts';
import { encodingChannel } from './encoding-channel.ts';
import { refuseNotFinite } from './finite.ts';
import { compileForward } from './forward-graph.ts';
import { listLogit } from './list-head/list-head.ts';
import type { StoredModel } from './model-folder.ts';
import type { OnAsked } from './on-asked.ts';
import { predict } from './predict.ts';
import { sigmoid } from './sigmoid.ts';
import type { SlateScore } from './slate-score.ts';

/** A loaded model, ready to score. */
export interface SlateScorer {
  /**
   * Scores requests from what the model's memory knows at the call; calls may overlap. Throws `InputError` for a request that is not valid, and then answers no request of the
   * call.
   */
  score(requests: readonly RankingEvent[]): Promise<readonly SlateScore[]>;
  /** Ends its threads once the calls under way are answered. */
  close(): Promise<void>;
}

const optionsSchema = strictObject({ workers: z.unknown().optional(), onAsked: z.unknown().optional() });

/** Starts the threads of a loaded model. Throws `InputError` for a number of workers that cannot be. */
export const createSlateScorer = (
  stored: StoredModel,
  options: { readonly workers?: number } = {},
): Promise<SlateScorer> => startSlateScorer(stored, options);

/** The same, of which one is told what it is asked. */
export async function startSlateScorer(
  stored: StoredModel,
  options: { readonly workers?: number; readonly onAsked?: OnAsked | undefined } = {},
): Promise<SlateScorer> {
  checkStored(stored, 'createSlateScorer');
  checkOptions(optionsSchema, options, 'createSlateScorer');
  const { workers = 1, onAsked } = options;
  const { encoder, features, model, calibration, listHead } = stored;
  checkWorkers(workers);
  // Its values do not change any more, and the graph that holds them takes half the time.
  const { graph, layout } = compileForward(model, {}, { constants: true });
  const pool = await createPool(graph, { workers, layout });
  let isClosed = false;
  return {
    async score(requests) {
      if (isClosed)
        throw new InputError('score: expected an open scorer, found it closed; ask before close()', 'closed');
      checkRequestList(requests);
      for (const request of requests) {
        checkRequest(request);
        refuseTooLong(request.items.length, requestName(request.id));
      }
      const shown = requests.map(inShownOrder);
      // The caller may change what it gave before the answer comes.
      const asked = shown.map(({ id, time, items }, at): AskedRequest => {
        return { id, time, items: items.map((item) => item.id), order: shownOrder(requests[at].items) };
      });
      const { memory } = stored;
      const { clock } = memory;
      const encode = (): EncodedSlates => normaliseSlates(encoder.encode(shown, memory), features);
      const slates = createInMemorySlates(encodingChannel.traceSync(encode, {}));
      if (onAsked)
        for (const [at, request] of shown.entries()) onAsked(request, 'list', () => slates.batch(Int32Array.of(at)));
      const indices = Int32Array.from(requests.keys());
      const { offsets, logits, slateLogits } = await predict(pool, model.tables, { slates, indices, calibration });
      const logitsOf = (at: number): Float32Array => logits.subarray(offsets[at], offsets[at + 1]);
      for (const [at, { id }] of asked.entries()) refuseNotFinite(logitsOf(at), requestName(id));
      return asked.map((request, at) => ({
        ...asWritten(request, slateScore(request, logitsOf(at), listLogit(listHead, logitsOf(at), slateLogits[at]))),
        ...(request.time < clock ? { asOf: clock } : {}),
      }));
    },
    close() {
      isClosed = true;
      return pool.close();
    },
  };
}

/** What an answer is written from. */
interface AskedRequest {
  readonly id: string;
  readonly time: number;
  /** Ids as they were shown, and where each stands in the request; undefined: in this order. */
  readonly items: readonly string[];
  readonly order: readonly number[] | undefined;
}

/** Items in the order of the request, not in that of their positions. */
function asWritten({ order }: AskedRequest, score: SlateScore): SlateScore {
  if (order === undefined) return score;
  const items = [...score.items];
  for (const [at, k] of order.entries()) items[k] = score.items[at];
  return { ...score, items };
}

function slateScore({ id: request, items }: AskedRequest, logitsK: Float32Array, slateLogit: number): SlateScore {
  const probabilities = Array.from(logitsK, sigmoid);
  const order = probabilities.map((_, k) => k).sort((a, b) => logitsK[b] - logitsK[a] || a - b);
  const rankK = new Int32Array(order.length);
  for (let place = 0; place < order.length; place++) rankK[order[place]] = place + 1;
  return {
    request,
    items: items.map((item, k) => ({
      request,
      item,
      probability: probabilities[k],
      rank: rankK[k],
    })),
    expectedClicks: probabilities.reduce((sum, probability) => sum + probability, 0),
    anyClick: sigmoid(slateLogit),
  };
}
