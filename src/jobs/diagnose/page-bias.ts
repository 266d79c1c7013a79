/** Where items stand, and which are shown at all. Legend: B lists, S slots, I items. */

import type { ExposureBias, Figure, PositionBias } from '../../measure/diagnosis-report.ts';
import { effectiveShare, evenWeights, gini, placeWeights, topTenth } from '../../measure/exposure.ts';
import { rateRatio, type Stratum } from '../../measure/rate-ratio.ts';
import { withinLists } from '../../measure/within-lists.ts';
import { mean } from '../../metrics/mean.ts';
import { createRng, type Rng } from '../../random/rng.ts';
import type { ShownSlots } from './columns.ts';

export interface PageBias {
  readonly position: PositionBias;
  readonly exposure: ExposureBias;
  readonly evenShare: number;
  /** What each slot weighs so that items count alike and stand everywhere alike. */
  readonly weightS: Float64Array;
}

const BANDS = 3;
const DRAWS = 99;
const LEVEL = 0.05;

/** `known`: items that the log tells of. */
export function pageBias(slots: ShownSlots, { known }: { readonly known: number }): PageBias {
  const { labelS, positionS, itemRateS } = slots;
  const { itemS, items } = numbered(slots.itemS);
  const rng = createRng('page');
  const bandS = bandsOf(slots);
  const sizes = { items, bands: BANDS };
  const shuffled = Array.from({ length: DRAWS }, () => shuffledWithin(slots, bandS, rng));
  const spread = (of: ArrayLike<number>): number => placeSpread(itemS, of, items);
  const logged = spread(bandS);
  const probability = (1 + shuffled.filter((each) => spread(each) >= logged).length) / (1 + DRAWS);
  const places = placeWeights(itemS, bandS, sizes);
  const atRandom = mean(shuffled.slice(0, 5).map((each) => effectiveShare(placeWeights(itemS, each, sizes))));
  const showings = evenWeights(itemS, items);
  const drawn = Int32Array.from(itemS, () => rng.integer(items));
  const evenShowings = effectiveShare(evenWeights(drawn, items));
  const counts = (each: Int32Array): Float64Array => {
    const countI = new Float64Array(items);
    for (const item of each) countI[item]++;
    return countI;
  };
  const random = probability > LEVEL;
  const ratio = (band: number): Figure => rateRatio(strataOf({ itemS, items, bandS, labelS }, band));
  return {
    position: {
      ...{ probability, random },
      withRate: withinLists(slots, Float64Array.from(positionS), Float64Array.from(itemRateS)).correlation,
      ...{ middle: ratio(1), bottom: ratio(2) },
      assumption: random
        ? 'Places look drawn at random, so that what a place does can be read off the clicks.'
        : 'Places depend on the item. What a place does is read off items that stood at several: it is taken for granted that such an item was as likely to be liked at each of them.',
    },
    exposure: {
      ...{ shown: items, known, gini: gini(counts(itemS)), giniAtRandom: gini(counts(drawn)) },
      topTenth: topTenth(counts(itemS)),
    },
    evenShare: Math.min(1, effectiveShare(places) / atRandom) * Math.min(1, effectiveShare(showings) / evenShowings),
    weightS: showings.map((weight, slot) => weight * places[slot]),
  };
}

/** Items of these slots, numbered from 0. */
function numbered(itemS: Int32Array): { itemS: Int32Array; items: number } {
  const numbers = new Map<number, number>();
  const of = itemS.map((item) => {
    const number = numbers.get(item) ?? numbers.size;
    numbers.set(item, number);
    return number;
  });
  return { itemS: of, items: numbers.size };
}

/** Third of its page that each slot stands in, by its rank among the positions of the list. */
function bandsOf({ offsets, positionS }: ShownSlots): Uint8Array {
  const bandS = new Uint8Array(positionS.length);
  for (let b = 0; b + 1 < offsets.length; b++) {
    const [start, K] = [offsets[b], offsets[b + 1] - offsets[b]];
    const order = Array.from({ length: K }, (_, k) => k).sort((a, c) => positionS[start + a] - positionS[start + c]);
    for (const [rank, k] of order.entries()) bandS[start + k] = Math.floor((rank * BANDS) / K);
  }
  return bandS;
}

/** How far the items' mean bands lie from their lists': the sum over items of n (mean)^2. */
function placeSpread(itemS: Int32Array, bandS: ArrayLike<number>, items: number): number {
  const [sum, count] = [new Float64Array(items), new Float64Array(items)];
  for (let slot = 0; slot < itemS.length; slot++) {
    sum[itemS[slot]] += bandS[slot] - 1;
    count[itemS[slot]]++;
  }
  return sum.reduce((total, value, item) => total + (count[item] > 0 ? value ** 2 / count[item] : 0), 0);
}

/** The bands of each list in an order drawn at random. */
function shuffledWithin({ offsets }: ShownSlots, bandS: Uint8Array, rng: Rng): Uint8Array {
  const drawn = bandS.slice();
  for (let b = 0; b + 1 < offsets.length; b++) rng.shuffle(drawn.subarray(offsets[b], offsets[b + 1]));
  return drawn;
}

/** Each item in a band of the page, and the same item in the first one. */
function* strataOf(
  { itemS, items, bandS, labelS }: { itemS: Int32Array; items: number; bandS: Uint8Array; labelS: Uint8Array },
  band: number,
): Generator<Stratum> {
  const [shown, clicks] = [0, 1].map(() => [new Float64Array(items), new Float64Array(items)]);
  for (let slot = 0; slot < itemS.length; slot++) {
    const side = bandS[slot] === band ? 0 : bandS[slot] === 0 ? 1 : -1;
    if (side < 0) continue;
    shown[side][itemS[slot]]++;
    clicks[side][itemS[slot]] += labelS[slot];
  }
  for (let item = 0; item < items; item++)
    yield {
      ...{ clicks: clicks[0][item], shown: shown[0][item] },
      ...{ otherClicks: clicks[1][item], otherShown: shown[1][item] },
    };
}
