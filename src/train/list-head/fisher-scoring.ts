/** Legend: B observations, W weights. */
import { Matrix, solve } from 'ml-matrix';
import { logLossOfLogit } from '../../metrics/log-loss.ts';
import { sigmoid } from '../../scoring/sigmoid.ts';

/** A binary outcome whose logit is a smooth function of a linear predictor. */
export interface BinaryModel {
  /** Independent normal priors of the weights. */
  readonly prior: { readonly meanW: readonly number[]; readonly precisionW: readonly number[] };
  readonly featuresBW: readonly (readonly number[])[];
  /** 1 or 0. */
  readonly clickedB: readonly number[];
  /** Logit of observation b at a value of its linear predictor w . f_b. */
  readonly logit: (b: number, predictor: number) => number;
}

/**
 * Weights of the largest posterior density by Fisher scoring (McCullagh & Nelder 1989, section 2.5): Newton's method with the expected information, the slope of the logit by
 * central differences, steps halved until the density rises. Starts from the prior's mean.
 */
export function fisherScoring(model: BinaryModel): readonly number[] {
  const { prior, featuresBW, clickedB, logit } = model;
  let weightsW = [...prior.meanW];
  let loss = penalisedLoss(model, weightsW);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const slope = Matrix.columnVector(
      prior.precisionW.map((precision, w) => precision * (weightsW[w] - prior.meanW[w])),
    );
    const information = Matrix.diag([...prior.precisionW]);
    for (const [b, featuresW] of featuresBW.entries()) {
      const predictor = dot(weightsW, featuresW);
      const rise = (logit(b, predictor + STEP) - logit(b, predictor - STEP)) / (2 * STEP);
      const p = sigmoid(logit(b, predictor));
      for (const [w, feature] of featuresW.entries()) {
        slope.set(w, 0, slope.get(w, 0) + (p - clickedB[b]) * rise * feature);
        for (const [v, other] of featuresW.entries())
          information.set(w, v, information.get(w, v) + p * (1 - p) * rise * rise * feature * other);
      }
    }
    const change = solve(information, slope).to1DArray();
    const next = descend(model, { weightsW, change, loss });
    if (next === undefined) return weightsW;
    const gain = loss - next.loss;
    ({ weightsW, loss } = next);
    if (gain < TOLERANCE) return weightsW;
  }
  return weightsW;
}

const MOST_ROUNDS = 50;
/** Of the predictor, for the slope of the logit. */
const STEP = 1e-3;
/** Of the penalised loss, in nats over all observations. */
const TOLERANCE = 1e-6;
const MOST_HALVINGS = 20;

interface Descent {
  readonly weightsW: number[];
  readonly loss: number;
}

/** The longest of the halved steps that lowers the loss; undefined where none does. */
function descend(
  model: BinaryModel,
  { weightsW, change, loss }: Descent & { readonly change: readonly number[] },
): Descent | undefined {
  for (let halving = 0; halving < MOST_HALVINGS; halving++) {
    const next = weightsW.map((weight, w) => weight - change[w] / 2 ** halving);
    const lower = penalisedLoss(model, next);
    if (lower < loss) return { weightsW: next, loss: lower };
  }
  return undefined;
}

function penalisedLoss({ prior, featuresBW, clickedB, logit }: BinaryModel, weightsW: readonly number[]): number {
  const penalty = weightsW.reduce(
    (sum, weight, w) => sum + (prior.precisionW[w] * (weight - prior.meanW[w]) ** 2) / 2,
    0,
  );
  return featuresBW.reduce(
    (sum, featuresW, b) => sum + logLossOfLogit(logit(b, dot(weightsW, featuresW)), clickedB[b]),
    penalty,
  );
}

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, at) => sum + x * b[at], 0);
