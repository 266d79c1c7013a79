/** Legend: S slots. */

/**
 * What turns the logits of a scorer's graph into logits of the clicks that come. Fitted on validation after training; plain data, stored with the model. It rises strictly, so no two
 * items of a list change places.
 */
export type Calibration = NoCalibration | Temperature | Platt | Isotonic;

/** Logits as the graph gives them. */
export interface NoCalibration {
  readonly form: 'none';
}

/** z / T (Guo et al. 2017): a temperature above 1 draws every probability towards one half. */
export interface Temperature {
  readonly form: 'temperature';
  readonly temperature: number;
}

/** intercept + slope z, of which the slope is above 0 (Platt 1999). */
export interface Platt {
  readonly form: 'platt';
  readonly intercept: number;
  readonly slope: number;
}

/**
 * Straight lines between knots that rise strictly in both, and of slope 1 beyond the outer ones. The knots are the centres of the blocks of an isotonic regression (Oron & Flournoy
 * 2017): its steps alone would give whole groups of items one probability, and a list no order.
 */
export interface Isotonic {
  readonly form: 'isotonic';
  /** Of the graph, ascending. */
  readonly logits: readonly number[];
  /** What they become. */
  readonly calibrated: readonly number[];
}

/** What a model says as long as nothing is fitted. */
export const NOT_CALIBRATED: NoCalibration = { form: 'none' };

/** One logit. */
export function calibratedLogit(calibration: Calibration, logit: number): number {
  switch (calibration.form) {
    case 'none':
      return logit;
    case 'temperature':
      return logit / calibration.temperature;
    case 'platt':
      return calibration.intercept + calibration.slope * logit;
    case 'isotonic':
      return alongKnots(calibration, logit);
  }
}

/** All of these logits; the array itself where nothing is to do. */
export function calibratedLogits(calibration: Calibration, logitS: Float32Array): Float32Array {
  return calibration.form === 'none' ? logitS : logitS.map((logit) => calibratedLogit(calibration, logit));
}

function alongKnots({ logits, calibrated }: Isotonic, logit: number): number {
  const last = logits.length - 1;
  if (logit <= logits[0]) return calibrated[0] + logit - logits[0];
  if (logit >= logits[last]) return calibrated[last] + logit - logits[last];
  let [low, high] = [0, last];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (logits[middle] <= logit) low = middle;
    else high = middle;
  }
  const share = (logit - logits[low]) / (logits[high] - logits[low]);
  return calibrated[low] + share * (calibrated[high] - calibrated[low]);
}
