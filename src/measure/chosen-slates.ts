/** Legend: L lists, K places. What a generator's choice among the items of a logged list is worth by the clicks that were logged. */
import type { Measure, MeasuredSystem } from './measured-systems.ts';
import type { LoggedChoice } from './off-policy.ts';

export const chosenMeasures: readonly Measure[] = [
  { id: 'ticks', label: 'clicks on the chosen', digits: 3 },
  { id: 'hitRate', label: 'hit rate', digits: 3 },
  { id: 'precision', label: 'precision', digits: 3 },
  { id: 'matched', label: 'slates as logged', digits: 4, alone: true },
  { id: 'matchedClicks', label: 'clicks where as logged', digits: 3, alone: true },
];

/** Of an item in the logging policy: at its place given those above it, and whatever stands above. */
export interface Propensities {
  readonly propensity: number;
  readonly placePropensity?: number;
}

/** One logged list with what a generator chose of it. */
export interface ChosenSlate {
  /** Places in the logged list, by place of the new slate. */
  readonly chosenK: ArrayLike<number>;
  /** Of the logged list, in its shown order. */
  readonly labels: ArrayLike<number>;
}

/**
 * Ticks: clicked items among the chosen (their clicks were made in the logged company). Hit rate: whether there is one, on lists with a click. Precision: their share.
 * Replay match (Li et al. 2011): lists whose first K places are the chosen slate, in order, and the clicks on them.
 */
export function measureChoices(name: string, slatesL: readonly ChosenSlate[]): MeasuredSystem {
  const column = (value: (slate: ChosenSlate) => number): Float64Array => Float64Array.from(slatesL, value);
  const isMatch = ({ chosenK }: ChosenSlate): boolean => Array.from(chosenK).every((at, place) => at === place);
  return {
    name,
    valuesL: {
      ticks: column(ticksOf),
      hitRate: column((slate) => (anyClick(slate.labels) ? Math.min(1, ticksOf(slate)) : Number.NaN)),
      precision: column((slate) => ticksOf(slate) / slate.chosenK.length),
      matched: column((slate) => (isMatch(slate) ? 1 : 0)),
      matchedClicks: column((slate) => (isMatch(slate) ? ticksOf(slate) : Number.NaN)),
    },
  };
}

/** The same as an estimator of propensities needs it; undefined where the log names none for the first K places. */
export function loggedChoice(
  { chosenK, labels }: ChosenSlate,
  propensities: readonly (Propensities | undefined)[],
): LoggedChoice | undefined {
  const known = propensities.slice(0, chosenK.length).filter((each) => each !== undefined);
  if (known.length < chosenK.length) return undefined;
  const places = known.flatMap(({ placePropensity }) => placePropensity ?? []);
  return {
    clicksK: Array.from(chosenK, (_, place) => labels[place]),
    agreesK: Array.from(chosenK, (at, place) => (at === place ? 1 : 0)),
    propensityK: known.map(({ propensity }) => propensity),
    ...(places.length === known.length ? { placePropensityK: places } : {}),
  };
}

function ticksOf({ chosenK, labels }: ChosenSlate): number {
  let ticks = 0;
  for (let place = 0; place < chosenK.length; place++) ticks += labels[chosenK[place]];
  return ticks;
}

function anyClick(labels: ArrayLike<number>): boolean {
  for (let at = 0; at < labels.length; at++) if (labels[at] > 0) return true;
  return false;
}
