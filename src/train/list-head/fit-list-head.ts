/** Legend: B lists, K items of a list, W weights. */
import { logLossOfLogit } from '../../metrics/log-loss.ts';
import { anyClickLogit } from '../../scoring/list-head/correlated-clicks.ts';
import {
  type CalibratedHead,
  type CorrelatedHead,
  type ListHead,
  listLogit,
  spreadAt,
  spreadOf,
  summaryOf,
  withinReach,
} from '../../scoring/list-head/list-head.ts';
import { fisherScoring } from './fisher-scoring.ts';

/** What a trained model says of lists that it did not learn from, and whether anything on them was clicked. */
export interface JudgedLists {
  /** Logits of the items of list b, [K]. */
  readonly logitsB: readonly ArrayLike<number>[];
  /** What the scorer's graph says of each list. */
  readonly ownLogitB: ArrayLike<number>;
  /** 1 where the list has a click. */
  readonly clickedB: ArrayLike<number>;
}

/** Lists that are read, evenly spaced: so many fix three weights to two digits. */
const MOST_LISTS = 4000;

/**
 * The list head of a trained scorer, by penalised maximum likelihood on lists that it did not learn from; deterministic. A scorer with a logit of the list of its own has it
 * calibrated together with what its items say (Platt 1999, stacked: Wolpert 1992); of the others it is fitted how much the clicks on one list come together. Where little is known, the first stays nearly as it is; of
 * the second clicks count as independent, as they do wherever they are hardly likelier by the fitted spread.
 */
export function fitListHead(lists: JudgedLists, { hasOwnLogit }: { readonly hasOwnLogit: boolean }): ListHead {
  const sample = evenly(lists.logitsB.length, MOST_LISTS);
  return hasOwnLogit ? fitCalibrated(lists, sample) : fitCorrelated(lists, sample);
}

function fitCorrelated({ logitsB, clickedB }: JudgedLists, sample: readonly number[]): CorrelatedHead {
  const summaries = sample.map((b) => summaryOf(logitsB[b]));
  const ofMean = momentsOf(summaries.map(([mean]) => mean));
  const ofLargest = momentsOf(summaries.map(([, largest]) => largest));
  const center = [ofMean.center, ofLargest.center] as const;
  const scale = [ofMean.scale, ofLargest.scale] as const;
  const [constant, mean, largest] = fisherScoring({
    prior: { meanW: [Math.log(0.5), 0, 0], precisionW: [0.25, 1, 1] },
    featuresBW: summaries.map((summary) => [1, ...summary.map((x, at) => withinReach(x, center[at], scale[at]))]),
    clickedB: sample.map((b) => clickedB[b]),
    logit: (at, predictor) => anyClickLogit(logitsB[sample[at]], spreadAt(predictor)),
  });
  const likelihood = (spreadOf: (b: number) => number): number =>
    sample.reduce((sum, b) => sum - logLossOfLogit(anyClickLogit(logitsB[b], spreadOf(b)), clickedB[b]), 0);
  const fitted = { weightsW: [constant, mean, largest], center, scale } as const;
  const gain = likelihood((b) => spreadOf(fitted, logitsB[b])) - likelihood(() => 0);
  return { form: 'correlated', ...fitted, ...(gain > fitted.weightsW.length ? {} : { weightsW: INDEPENDENT }) };
}

/** A spread of 1e-13: clicks do not come together. Taken where the weights gain less than a nat each (Akaike 1974): they would follow the luck of the validation lists. */
const INDEPENDENT = [-30, 0, 0] as const;

function fitCalibrated(lists: JudgedLists, sample: readonly number[]): CalibratedHead {
  const { logitsB, ownLogitB, clickedB } = lists;
  const head = fitCorrelated(lists, sample);
  const itemsLogitB = sample.map((b) => listLogit(head, logitsB[b], ownLogitB[b]));
  const weightsOf = (sees: { readonly own: boolean; readonly items: boolean }): readonly number[] =>
    fisherScoring({
      prior: { meanW: [0, Number(sees.own), Number(!sees.own)], precisionW: [0.25, 4, 4] },
      featuresBW: sample.map((b, at) => [1, sees.own ? ownLogitB[b] : 0, sees.items ? itemsLogitB[at] : 0]),
      clickedB: sample.map((b) => clickedB[b]),
      logit: (_, predictor) => predictor,
    });
  const both = weightsOf({ own: true, items: true });
  // The two say nearly the same: where one has a slope below 0, it only mends the other, and would turn the order of lists unlike those that were fitted.
  const [intercept, slope, ofItems] =
    both[1] < 0 ? weightsOf({ own: false, items: true }) : both[2] < 0 ? weightsOf({ own: true, items: false }) : both;
  return { form: 'calibrated', intercept, slope, ...(ofItems > 0 ? { items: { slope: ofItems, head } } : {}) };
}

/** Indices of at most `most` of so many, evenly spaced. */
const evenly = (count: number, most: number): readonly number[] =>
  Array.from({ length: Math.min(count, most) }, (_, n) => Math.floor((n * count) / Math.min(count, most)));

/** Mean and deviation; a deviation of 1 where all values are one. */
function momentsOf(values: readonly number[]): { readonly center: number; readonly scale: number } {
  if (values.length === 0) return { center: 0, scale: 1 };
  const center = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - center) ** 2, 0) / values.length;
  return { center, scale: variance > 1e-12 ? Math.sqrt(variance) : 1 };
}
