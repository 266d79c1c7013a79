/** Legend: B requests of a batch, N candidates (K of a batch), S decodings of a request, T places, D width. */
import type { SlateBatch } from '../../encoding/columns/encoded-slates.ts';
import type { PointerModel, PointerModelConfig } from '../../models/pointer.ts';
import { nextState, startOfState } from '../../models/pointer-state.ts';
import { type Feed, scorerFeeds } from '../../models/tables/scorer-feeds.ts';
import type { Rng } from '../../random/rng.ts';
import type { Pool } from '../../runtime/pool.ts';
import type { RuntimeValues } from '../../runtime/value.ts';
import { EMPTY, type Places } from '../../slate/places.ts';

export interface RolloutPools {
  readonly model: PointerModel;
  readonly encoder: Pool;
  readonly step: Pool;
}

export interface RolloutOptions {
  readonly batches: readonly SlateBatch[];
  /** T. */
  readonly size: number;
  /** Of each request, batches end to end: what its samples are drawn by. */
  readonly rngs: readonly Rng[];
  /** Slates sampled per request; the greedy one comes after them. */
  readonly samples: number;
}

/** Slates as the pointer composes them now, S + 1 of each request: sampled ones, then the greedy one. A request with fewer candidates than places fills what it can. */
export async function rollOut(pools: RolloutPools, options: RolloutOptions): Promise<readonly (readonly Places[])[]> {
  const { batches, size: T, rngs, samples } = options;
  const S = samples + 1;
  const encoded = await pools.encoder.run(batches.map((batch) => ({ feeds: scorerFeeds(batch, pools.model.tables) })));
  let first = 0;
  const decodings = encoded.map(({ values }, at) => {
    const batch = batches[at];
    const decoding = startDecoding(batch, values, {
      ...{ S, T, config: pools.model.config },
      rngs: rngs.slice(first, first + batch.B),
    });
    first += batch.B;
    return decoding;
  });
  for (let t = 0; t < T; t++) {
    const results = await pools.step.run(decodings.map(({ feeds }) => ({ feeds: feeds() })));
    for (const [at, { values }] of results.entries()) decodings[at].choose(values, t);
  }
  return decodings.flatMap(({ slates }) => slates);
}

interface Decoding {
  /** S of each request. */
  readonly slates: readonly (readonly Places[])[];
  feeds(): RuntimeValues;
  choose(values: RuntimeValues, t: number): void;
}

function startDecoding(
  { B, K: N, maskBK }: SlateBatch,
  encoded: RuntimeValues,
  {
    S,
    T,
    config,
    rngs,
  }: { readonly S: number; readonly T: number; readonly config: PointerModelConfig; readonly rngs: readonly Rng[] },
): Decoding {
  const { vectorsBND, glimpseReferencesBND, pointerReferencesBND, firstBD } = encoded;
  const vectors = vectorsBND.data as Float32Array;
  const first = firstBD.data as Float32Array;
  const D = firstBD.dims[1];
  const slates = Array.from({ length: B }, () => Array.from({ length: S }, () => new Int32Array(T).fill(EMPTY)));
  const left = new Float32Array(B * S * N);
  const last = new Float32Array(B * S * D);
  for (let row = 0; row < B * S; row++) {
    const b = Math.floor(row / S);
    left.set(maskBK.subarray(b * N, (b + 1) * N), row * N);
    last.set(first.subarray(b * D, (b + 1) * D), row * D);
  }
  let state = startOfState(config, B * S);
  return {
    slates,
    feeds: () => ({
      glimpseReferencesBND,
      pointerReferencesBND,
      ...state,
      lastBSD: { data: last, dims: [B, S, D] },
      leftBSN: { data: left, dims: [B, S, N] },
    }),
    choose(values, t) {
      state = nextState(state, { hiddenRD: values.nextHiddenRD as Feed, memoryRD: values.nextMemoryRD as Feed });
      const logits = values.logitsBSN.data as Float32Array;
      for (let row = 0; row < B * S; row++) {
        const [b, s] = [Math.floor(row / S), row % S];
        const range = { start: row * N, count: N };
        const candidate = pick(logits, left, s < S - 1 ? { ...range, rng: rngs[b] } : range);
        if (candidate === EMPTY) continue;
        slates[b][s][t] = candidate;
        left[row * N + candidate] = 0;
        const from = (b * N + candidate) * D;
        last.set(vectors.subarray(from, from + D), row * D);
      }
    },
  };
}

/**
 * The candidate with the highest logit among those left, ties to the earlier; with `rng`, one drawn from the logits' softmax: the highest logit plus Gumbel noise
 * (Maddison et al. 2014). `EMPTY` when none is left.
 */
export function pick(
  logits: Float32Array,
  left: Float32Array,
  { start, count, rng }: { readonly start: number; readonly count: number; readonly rng?: Rng },
): number {
  let best = EMPTY;
  let highest = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < count; n++) {
    if (left[start + n] === 0) continue;
    const noise = rng ? -Math.log(-Math.log(rng.next())) : 0;
    if (best === EMPTY || logits[start + n] + noise > highest) {
      best = n;
      highest = logits[start + n] + noise;
    }
  }
  return best;
}
