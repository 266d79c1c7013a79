/** Legend: N candidates, K items of a slate, F slot columns, L list columns, C compared columns. */

import type { EncodedCandidates } from '../columns/encoded-candidates.ts';
import type { ListComparison } from '../columns/list-comparison.ts';
import { cosine } from '../columns/list-tokens.ts';
import { type Normaliser, normalise, scaled, scalingOf } from '../encoders/normaliser.ts';

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

/** Of so many candidates all likenesses are computed at once; of more those of the pairs that are asked for: all would take gigabytes. */
const ALL_PAIRS = 1000;

export function createCandidateSlots(candidates: EncodedCandidates, normaliser: Normaliser): CandidateSlots {
  const { N, F, listStart, listFeatures, positioned, comparedPositioned, valuesCN, versions } = candidates;
  const { centres, factors } = scalingOf(normaliser);
  const [centresL, factorsL] = [centres.slice(listStart), factors.slice(listStart)];
  const L = F - listStart;
  const C = listFeatures.compared;
  const baseNF = Float32Array.from(candidates.slotDenseNF);
  normalise(baseNF, normaliser);
  const placed: PlacedColumn[] = [];
  let likenessNN: Float64Array | undefined;
  // Room for one slate, as long as the longest so far, and the slate that was compared last.
  let room = createRoom(0);

  return {
    likeness,
    write(target, offset, { K, items, places }) {
      if (K > room.comparison.room) room = createRoom(K);
      const { rowKL, comparison } = room;
      const kept = asBefore(K, items, places);
      for (let k = kept; k < K; k++) place(k, items, places);
      for (let k = 0; k < K; k++) {
        const item = items[k];
        const to = offset + k * F;
        for (let f = 0; f < listStart; f++) target[to + f] = baseNF[item * F + f];
        target[to + positioned] = columnAt(places[k]).normalisedN[item];
      }
      comparison.compare(rowKL, { K, stride: L, start: 0, kept });
      // The one path keeps single precision before it normalises.
      for (let k = 0; k < K; k++) {
        const to = offset + k * F + listStart;
        for (let l = 0; l < L; l++) target[to + l] = scaled(Math.fround(rowKL[k * L + l]), centresL[l], factorsL[l]);
      }
    },
  };

  /** How many items from the top on stand as in the slate before. */
  function asBefore(K: number, items: Int32Array, places: Int32Array): number {
    let kept = 0;
    while (kept < K && kept < room.K && room.items[kept] === items[kept] && room.places[kept] === places[kept]) kept++;
    room.K = K;
    return kept;
  }

  /** Tells the comparison of one item. */
  function place(k: number, items: Int32Array, places: Int32Array): void {
    const { comparison } = room;
    const item = items[k];
    room.items[k] = item;
    room.places[k] = places[k];
    for (let c = 0; c < C; c++) comparison.valuesCK[c * comparison.room + k] = valuesCN[c * N + item];
    if (comparedPositioned >= 0)
      comparison.valuesCK[comparedPositioned * comparison.room + k] = columnAt(places[k]).valuesN[item];
    for (let other = 0; other < k; other++)
      comparison.likenessKK[k * comparison.room + other] = likeness(item, items[other]);
  }

  function likeness(one: number, other: number): number {
    if (N > ALL_PAIRS) return pairLikeness(one, other);
    likenessNN ??= listFeatures.likeness(versions);
    return likenessNN[one * N + other];
  }

  /** The sum goes over the values of the later candidate, as where all pairs are computed. */
  function pairLikeness(one: number, other: number): number {
    if (one === other) return 0;
    return cosine(versions[Math.max(one, other)], versions[Math.min(one, other)]);
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
      comparison: listFeatures.comparison(K),
      rowKL: new Float64Array(K * L),
      items: new Int32Array(K),
      places: new Int32Array(K),
      K: 0,
    };
  }
}

interface PlacedColumn {
  readonly valuesN: Float64Array;
  readonly normalisedN: Float32Array;
}

interface Room {
  readonly comparison: ListComparison;
  readonly rowKL: Float64Array;
  /** The slate before: its items, where they stand, how many there are. */
  readonly items: Int32Array;
  readonly places: Int32Array;
  K: number;
}
