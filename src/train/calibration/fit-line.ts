/** Legend: S slots. */
import { logLossOfLogit } from '../../metrics/log-loss.ts';
import type { Platt, Temperature } from '../../scoring/calibration/calibration.ts';
import { sigmoid } from '../../scoring/sigmoid.ts';

/** Logits of shown items, and whether they were clicked. */
export interface JudgedItems {
  readonly logitS: ArrayLike<number>;
  /** 1 clicked, 0 not. */
  readonly labelS: ArrayLike<number>;
}

/** Intercept and slope of the largest likelihood (Platt 1999, with the labels themselves as targets); undefined where no slope above 0 is found, as without both classes. */
export function fitPlatt(items: JudgedItems): Platt | undefined {
  const [intercept, slope] = likeliestLine(items, { hasIntercept: true });
  return isSlope(slope) && Number.isFinite(intercept) ? { form: 'platt', intercept, slope } : undefined;
}

/** The temperature of the largest likelihood; undefined where none above 0 is found. */
export function fitTemperature(items: JudgedItems): Temperature | undefined {
  const [, slope] = likeliestLine(items, { hasIntercept: false });
  return isSlope(slope) ? { form: 'temperature', temperature: 1 / slope } : undefined;
}

/** Beyond these the logits tell nearly nothing, or nearly all that there is: neither is a matter of calibration. */
const isSlope = (slope: number): boolean => slope > 1 / 20 && slope < 20;

/** Logistic regression of the labels on the logits, with or without an intercept, by Newton's method with halved steps; from the line that changes nothing. */
function likeliestLine(
  { logitS, labelS }: JudgedItems,
  { hasIntercept }: { readonly hasIntercept: boolean },
): readonly [intercept: number, slope: number] {
  let [intercept, slope] = [0, 1];
  let loss = lossOf(intercept, slope);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let [toIntercept, toSlope, curve, cross, curveOfSlope] = [0, 0, 0, 0, 0];
    for (let s = 0; s < logitS.length; s++) {
      const z = logitS[s];
      const p = sigmoid(intercept + slope * z);
      const [residual, weight] = [p - labelS[s], p * (1 - p)];
      toIntercept += residual;
      toSlope += residual * z;
      curve += weight;
      cross += weight * z;
      curveOfSlope += weight * z * z;
    }
    const determinant = hasIntercept ? curve * curveOfSlope - cross * cross : curveOfSlope;
    if (!(determinant > 0)) return [Number.NaN, Number.NaN];
    const byIntercept = hasIntercept ? (curveOfSlope * toIntercept - cross * toSlope) / determinant : 0;
    const bySlope = (hasIntercept ? curve * toSlope - cross * toIntercept : toSlope) / determinant;
    let step = 1;
    let next = lossOf(intercept - byIntercept, slope - bySlope);
    while (!(next < loss) && step > SMALLEST_STEP) {
      step /= 2;
      next = lossOf(intercept - step * byIntercept, slope - step * bySlope);
    }
    if (!(next < loss)) break;
    [intercept, slope] = [intercept - step * byIntercept, slope - step * bySlope];
    const gain = loss - next;
    loss = next;
    if (gain < TOLERANCE) break;
  }
  return [intercept, slope];

  function lossOf(a: number, b: number): number {
    let sum = 0;
    for (let s = 0; s < logitS.length; s++) sum += logLossOfLogit(a + b * logitS[s], labelS[s]);
    return sum;
  }
}

const MOST_ROUNDS = 100;
const SMALLEST_STEP = 1e-6;
/** Of the loss, in nats over all items. */
const TOLERANCE = 1e-9;
