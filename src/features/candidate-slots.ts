/** Legend: N candidates, K items of a slate, F slot columns, L list columns, C compared columns. */
import type { EncodedCandidates } from './encoded-candidates.ts';
import { type Normaliser, normalise, scaled, scalingOf } from './normaliser.ts';

/** The slot columns of slates of one request's candidates, normalised: what the place and the company change is computed, the rest copied. */
export interface CandidateSlots {
  /** Cosine of two candidates' values, 0 of a candidate with itself. */
  likeness(one: number, other: number): number;
  /** Writes [K, F] from `offset` on: candidate `items[k]` stands at `places[k]`; both may be longer than K. Allocates nothing. */
  write(target: Float32Array, offset: number, slate: PlacedItems): void;
}

export interface PlacedItems {
  readonly K: number;
  readonly items: Int32Array;
  readonly places: Int32Array;
}

export function createCandidateSlots(candidates: EncodedCandidates, normaliser: Normaliser): CandidateSlots {
  const { N, F, listStart, listFeatures, positioned, comparedPositioned, valuesCN } = candidates;
  const { centres, factors } = scalingOf(normaliser);
  const [centresL, factorsL] = [centres.slice(listStart), factors.slice(listStart)];
  const L = F - listStart;
  const C = listFeatures.compared;
  const baseNF = Float32Array.from(candidates.slotDenseNF);
  normalise(baseNF, normaliser);
  const placed: PlacedColumn[] = [];
  let likenessNN: Float64Array | undefined;
  // Room for one slate, as long as the longest so far.
  let room = createRoom(0);

  return {
    likeness: (one, other) => likenessOfAll()[one * N + other],
    write(target, offset, { K, items, places }) {
      if (K > room.K) room = createRoom(K);
      const { rowKL, valuesCK, likenessKK } = room;
      const alikeNN = likenessOfAll();
      for (let k = 0; k < K; k++) {
        const item = items[k];
        const to = offset + k * F;
        for (let f = 0; f < listStart; f++) target[to + f] = baseNF[item * F + f];
        for (let c = 0; c < C; c++) valuesCK[c * K + k] = valuesCN[c * N + item];
        const column = columnAt(places[k]);
        target[to + positioned] = column.normalisedN[item];
        if (comparedPositioned >= 0) valuesCK[comparedPositioned * K + k] = column.valuesN[item];
        for (let other = 0; other < K; other++) likenessKK[k * K + other] = alikeNN[item * N + items[other]];
      }
      listFeatures.compare(rowKL, { K, stride: L, start: 0, valuesCK, likenessKK });
      // The one path keeps single precision before it normalises.
      for (let k = 0; k < K; k++) {
        const to = offset + k * F + listStart;
        for (let l = 0; l < L; l++) target[to + l] = scaled(Math.fround(rowKL[k * L + l]), centresL[l], factorsL[l]);
      }
    },
  };

  function likenessOfAll(): Float64Array {
    likenessNN ??= listFeatures.likeness(candidates.itemRows);
    return likenessNN;
  }

  /** The positioned column as it is at one place, for all candidates. */
  function columnAt(place: number): PlacedColumn {
    const known = placed[place];
    if (known) return known;
    const valuesN = new Float64Array(N);
    const normalisedN = new Float32Array(N);
    for (let n = 0; n < N; n++) {
      valuesN[n] = candidates.expectedLogOdds(n, place);
      normalisedN[n] = scaled(Math.fround(valuesN[n]), centres[positioned], factors[positioned]);
    }
    placed[place] = { valuesN, normalisedN };
    return placed[place];
  }

  function createRoom(K: number): Room {
    return {
      K,
      rowKL: new Float64Array(K * L),
      valuesCK: new Float64Array(C * K),
      likenessKK: new Float64Array(K * K),
    };
  }
}

interface PlacedColumn {
  readonly valuesN: Float64Array;
  readonly normalisedN: Float32Array;
}

interface Room {
  readonly K: number;
  readonly rowKL: Float64Array;
  readonly valuesCK: Float64Array;
  readonly likenessKK: Float64Array;
}
