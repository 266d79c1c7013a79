/** Legend: B requests, N candidates (K of a batch), S decodings of a request, T places. */
import type { SlateBatch } from '../../encoding/columns/encoded-slates.ts';
import type { RuntimeValues } from '../../runtime/value.ts';
import { EMPTY, type Places } from '../../slate/places.ts';

/** What one request teaches: S slates of T places, and how much each choice is wanted. */
export interface Lesson {
  readonly slates: readonly Places[];
  /** One of T per slate; an `EMPTY` place counts as 0. */
  readonly weights: readonly ArrayLike<number>[];
  /** The slates along which the choices are asked for, where that is not their own. Nothing is asked for that stands higher up there. */
  readonly along?: readonly Places[];
}

/** The lessons of a batch's requests, all of the same S, as the training graph reads them. */
export function lessonFeeds(
  { B, K: N, maskBK }: SlateBatch,
  lessons: readonly Lesson[],
  { size: T }: { readonly size: number },
): RuntimeValues {
  const S = lessons[0].slates.length;
  const chosen = new BigInt64Array(B * S * T);
  const pick = new BigInt64Array(B * S * T);
  const left = new Float32Array(B * S * T * N);
  const weight = new Float32Array(B * S * T);
  for (let b = 0; b < B; b++) {
    for (let s = 0; s < S; s++) {
      const row = b * S + s;
      const { slates, weights, along = slates } = lessons[b];
      const [places, path] = [slates[s], along[s]];
      const leftN = maskBK.slice(b * N, (b + 1) * N);
      for (let t = 0; t < T; t++) {
        const at = row * T + t;
        const candidate = t < places.length ? places[t] : EMPTY;
        const stood = t < path.length ? path[t] : EMPTY;
        left.set(leftN, at * N);
        // Behind an empty place nothing is taught: whatever is fed there has no weight.
        chosen[at] = BigInt(b * N + (stood === EMPTY ? 0 : stood));
        pick[at] = BigInt(row * N + (candidate === EMPTY ? 0 : candidate));
        if (candidate !== EMPTY) weight[at] = weights[s][t];
        if (stood !== EMPTY) leftN[stood] = 0;
      }
    }
  }
  const dims = [B, S, T];
  return {
    chosenBST: { data: chosen, dims },
    pickBST: { data: pick, dims },
    leftBSTN: { data: left, dims: [...dims, N] },
    weightBST: { data: weight, dims },
  };
}
