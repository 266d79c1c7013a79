/** How near a model comes to what is true, on lists that it did not learn from. Legend: B lists, S slots. */
import { logLossOfLogit, logLossOfProbability } from '../metrics/log-loss.ts';
import type { PlaygroundLists } from './lists.ts';

export interface PlaygroundJudgement {
  /** In nats, on the test lists: expected under the truth where it is known, else of what was clicked. */
  readonly logLoss: number;
  /** Of the truth itself: no model can do better. */
  readonly truthLogLoss?: number | undefined;
  /** The same on the validation lists, as they were clicked: where a perfect model's curve lies. */
  readonly truthOnValidation?: number | undefined;
  /** Of a model that knows the click rate of the training lists and nothing else. */
  readonly rateLogLoss: number;
  readonly points: readonly Point[];
}

/** A predicted probability beside what it should be. */
export interface Point {
  readonly label: string;
  readonly predicted: number;
  /** True probability; where there is no truth, the share that was clicked. */
  readonly reference: number;
  /** Shown items that the two are means of. */
  readonly count: number;
}

/** Shown items that are drawn one by one, at most. */
const MOST_POINTS = 400;
const BINS = 10;

export function judge(lists: PlaygroundLists, logitS: Float32Array): PlaygroundJudgement {
  const { encoded, truth } = lists;
  const { labelS } = encoded.slates.outcomes(encoded.test);
  const train = encoded.slates.outcomes(encoded.train).labelS;
  const rate = (train.reduce((sum, label) => sum + label, 0) + 1) / (train.length + 2);
  const targets: ArrayLike<number> = truth?.probabilityS ?? labelS;
  const meanOf = (lossOf: (slot: number, label: number) => number): number => {
    let sum = 0;
    for (let slot = 0; slot < targets.length; slot++) {
      const target = targets[slot];
      sum += target * lossOf(slot, 1) + (1 - target) * lossOf(slot, 0);
    }
    return sum / targets.length;
  };
  return {
    logLoss: meanOf((slot, label) => logLossOfLogit(logitS[slot], label)),
    truthLogLoss: truth && meanOf((slot, label) => logLossOfProbability(truth.probabilityS[slot], label)),
    truthOnValidation: truth?.validationLogLoss,
    rateLogLoss: meanOf((_, label) => logLossOfProbability(rate, label)),
    points: pointsOf(lists, { predictedS: logitS.map(sigmoid), targets }),
  };
}

interface Predicted {
  readonly predictedS: Float32Array;
  readonly targets: ArrayLike<number>;
}

function pointsOf({ testItemsB, truth }: PlaygroundLists, predicted: Predicted): readonly Point[] {
  const menus = new Set(testItemsB.map((items) => items.toSorted().join()));
  if (menus.size <= MOST_MENUS) return byMenu(testItemsB, predicted);
  return truth ? oneByOne(testItemsB, predicted) : byPrediction(predicted);
}

/** Different sets of items, order apart, of which each is told by itself. */
const MOST_MENUS = 12;

/** Means of each item in each company. */
function byMenu(testItemsB: PlaygroundLists['testItemsB'], { predictedS, targets }: Predicted): readonly Point[] {
  const sums = new Map<string, { predicted: number; reference: number; count: number }>();
  let slot = 0;
  for (const items of testItemsB) {
    for (const item of items) {
      const label = labelOf(item, items);
      const sum = sums.get(label) ?? { predicted: 0, reference: 0, count: 0 };
      sum.predicted += predictedS[slot];
      sum.reference += targets[slot++];
      sum.count++;
      sums.set(label, sum);
    }
  }
  return [...sums]
    .map(([label, { predicted, reference, count }]) => ({
      label,
      predicted: predicted / count,
      reference: reference / count,
      count,
    }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

function labelOf(item: string, items: readonly string[]): string {
  const others = items.filter((other) => other !== item).toSorted();
  return others.length === 0 ? `${item} alone` : `${item} beside ${others.join(' and ')}`;
}

/** Of evenly spaced lists, whole. */
function oneByOne(testItemsB: PlaygroundLists['testItemsB'], { predictedS, targets }: Predicted): readonly Point[] {
  const every = Math.max(1, Math.ceil(targets.length / MOST_POINTS));
  const points: Point[] = [];
  let slot = 0;
  for (const [list, items] of testItemsB.entries()) {
    for (const item of items) {
      if (list % every === 0)
        points.push({
          label: `${item}, ${items.indexOf(item) + 1} of ${items.length}`,
          predicted: predictedS[slot],
          reference: targets[slot],
          count: 1,
        });
      slot++;
    }
  }
  return points;
}

/** Tenths of the shown items, from the least likely to the likeliest. */
function byPrediction({ predictedS, targets }: Predicted): readonly Point[] {
  const order = [...predictedS.keys()].sort((a, b) => predictedS[a] - predictedS[b]);
  const points: Point[] = [];
  for (let bin = 0; bin < BINS; bin++) {
    const slots = order.slice(Math.round((bin * order.length) / BINS), Math.round(((bin + 1) * order.length) / BINS));
    if (slots.length === 0) continue;
    const mean = (numberOf: (slot: number) => number): number =>
      slots.reduce((sum, slot) => sum + numberOf(slot), 0) / slots.length;
    points.push({
      label: `tenth ${bin + 1} of the shown items`,
      predicted: mean((slot) => predictedS[slot]),
      reference: mean((slot) => targets[slot]),
      count: slots.length,
    });
  }
  return points;
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
