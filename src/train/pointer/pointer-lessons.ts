/** Legend: B requests, N candidates (K of a batch), S decodings of a request, T places. */
import type { SlateBatch } from '../../encoding/columns/encoded-slates.ts';
import type { RuntimeValues } from '../../runtime/value.ts';
import { EMPTY, type Places } from '../../slate/places.ts';

/** What one request teaches: S slates of T places, and how much each choice is wanted. */
export interface Lesson {
  readonly slates: readonly Places[];
  /** One of T per slate; an `EMPTY` place counts as 0. */
  readonly weights: readonly ArrayLike<number>[];
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
      const places = lessons[b].slates[s];
      const leftN = maskBK.slice(b * N, (b + 1) * N);
      for (let t = 0; t < T; t++) {
        const at = row * T + t;
        const candidate = t < places.length ? places[t] : EMPTY;
        left.set(leftN, at * N);
        // Behind an empty place nothing is taught: whatever is fed there has no weight.
        const fed = candidate === EMPTY ? 0 : candidate;
        chosen[at] = BigInt(b * N + fed);
        pick[at] = BigInt(row * N + fed);
        if (candidate === EMPTY) continue;
        weight[at] = lessons[b].weights[s][t];
        leftN[candidate] = 0;
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
