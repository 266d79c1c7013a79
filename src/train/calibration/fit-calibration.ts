/** Legend: B lists, S slots, U users. */
import { logLossOfLogit } from '../../metrics/log-loss.ts';
import { ratioError } from '../../metrics/ratio-error.ts';
import { type Calibration, calibratedLogit, NOT_CALIBRATED } from '../../scoring/calibration/calibration.ts';
import { fitIsotonic } from './fit-isotonic.ts';
import { fitPlatt, fitTemperature, type JudgedItems } from './fit-line.ts';

/** What a trained model says of the items of lists that it did not learn from. */
export interface JudgedParts extends JudgedItems {
  /** Slots of list b: `[offsets[b], offsets[b + 1])`. */
  readonly offsets: ArrayLike<number>;
  /** Any whole number for each user. */
  readonly userB: ArrayLike<number>;
}

/** `choose`: what validation shows to help, if anything. */
export type CalibrationChoice = 'choose' | Calibration['form'];

export const calibrationChoices = ['choose', 'none', 'temperature', 'platt', 'isotonic'] as const;

/** What a form brings on users whom it was not fitted on. */
export interface CalibrationTrial {
  readonly form: Exclude<Calibration['form'], 'none'>;
  /** Mean log loss of an item less than without calibration, nats, and its standard error over users. */
  readonly gain: number;
  readonly error: number;
}

export interface FittedCalibration {
  readonly calibration: Calibration;
  /** Of the forms that could be fitted; none where nothing was to be chosen. */
  readonly trials: readonly CalibrationTrial[];
}

/** From the simplest. */
const FORMS = {
  temperature: fitTemperature,
  platt: fitPlatt,
  isotonic: fitIsotonic,
} as const satisfies Record<CalibrationTrial['form'], (items: JudgedItems) => Calibration | undefined>;

const FOLDS = 5;
/** Of whom fewer tell nothing about others. */
const FEWEST_USERS = 20;
/**
 * So many standard errors must a form gain over what was taken before it. A line has one or two numbers and errs little where nothing is wrong; isotonic regression has dozens, and what it gains on
 * one log it may lose on the next (docs/calibration.md).
 */
const SHOWN = { temperature: 0, platt: 0, isotonic: 2 } as const;
/** Lists that are read, evenly spaced. */
const MOST_LISTS = 20_000;

/**
 * The calibration of a trained scorer, from lists that it did not learn from; deterministic. Each form is fitted on four fifths of their users and judged on the others, five
 * times; none is taken unless its log loss there is lower than what was taken before it (nothing, then a temperature, then Platt's line, then isotonic regression, by two standard errors over
 * users). The one that is taken is fitted on all of them. A form that is asked for by name is fitted without any trial, and is none where it cannot be.
 */
export function fitCalibration(parts: JudgedParts, choice: CalibrationChoice): FittedCalibration {
  if (choice === 'none') return { calibration: NOT_CALIBRATED, trials: [] };
  const items = someItems(parts);
  // Of one class every form would say always or never.
  if (!items.labelS.includes(0) || !items.labelS.includes(1)) return { calibration: NOT_CALIBRATED, trials: [] };
  if (choice !== 'choose') return { calibration: FORMS[choice](items) ?? NOT_CALIBRATED, trials: [] };
  if (items.users < FEWEST_USERS) return { calibration: NOT_CALIBRATED, trials: [] };
  const without = lossesByUser(items, () => NOT_CALIBRATED) as Float64Array;
  let best = { form: 'none' as Calibration['form'], lossU: without };
  const trials: CalibrationTrial[] = [];
  for (const form of Object.keys(FORMS) as CalibrationTrial['form'][]) {
    const lossU = lossesByUser(items, FORMS[form]);
    if (!lossU) continue;
    trials.push({ form, ...gainOf(items, without, lossU) });
    const { gain, error } = gainOf(items, best.lossU, lossU);
    if (gain > SHOWN[form] * error) best = { form, lossU };
  }
  const calibration = best.form === 'none' ? NOT_CALIBRATED : (FORMS[best.form](items) ?? NOT_CALIBRATED);
  return { calibration, trials };
}

interface NumberedItems extends JudgedItems {
  readonly logitS: Float64Array;
  readonly labelS: Uint8Array;
  /** 0 to `users` - 1, in the order of their first list. */
  readonly userS: Int32Array;
  readonly users: number;
}

function someItems({ offsets, userB, logitS, labelS }: JudgedParts): NumberedItems {
  const lists = Math.max(0, offsets.length - 1);
  const read = Math.min(lists, MOST_LISTS);
  const numbers = new Map<number, number>();
  const [logits, labels, users]: [number[], number[], number[]] = [[], [], []];
  for (let n = 0; n < read; n++) {
    const b = Math.floor((n * lists) / read);
    const user = numbers.get(userB[b]) ?? numbers.size;
    numbers.set(userB[b], user);
    for (let s = offsets[b]; s < offsets[b + 1]; s++) {
      logits.push(logitS[s]);
      labels.push(labelS[s]);
      users.push(user);
    }
  }
  return {
    logitS: Float64Array.from(logits),
    labelS: Uint8Array.from(labels),
    userS: Int32Array.from(users),
    users: numbers.size,
  };
}

/** Log loss of each user's items, summed, by what was fitted on the users of other folds; undefined where a fold could not be fitted. */
function lossesByUser(
  items: NumberedItems,
  fitted: (items: JudgedItems) => Calibration | undefined,
): Float64Array | undefined {
  const { logitS, labelS, userS, users } = items;
  const lossU = new Float64Array(users);
  for (let fold = 0; fold < FOLDS; fold++) {
    const inFold = (s: number): boolean => userS[s] % FOLDS === fold;
    const others = { logitS: logitS.filter((_, s) => !inFold(s)), labelS: labelS.filter((_, s) => !inFold(s)) };
    const calibration = fitted(others);
    if (!calibration) return undefined;
    for (let s = 0; s < logitS.length; s++)
      if (inFold(s)) lossU[userS[s]] += logLossOfLogit(calibratedLogit(calibration, logitS[s]), labelS[s]);
  }
  return lossU;
}

/** Mean over items of what the second loss is lower by, a ratio of sums over users, and its standard error. */
function gainOf(
  { userS, users }: NumberedItems,
  beforeU: Float64Array,
  afterU: Float64Array,
): Pick<CalibrationTrial, 'gain' | 'error'> {
  const itemsU = new Float64Array(users);
  for (const user of userS) itemsU[user]++;
  let sum = 0;
  for (let u = 0; u < users; u++) sum += beforeU[u] - afterU[u];
  const gain = sum / userS.length;
  return { gain, error: ratioError(gain, { sumU: beforeU.map((before, u) => before - afterU[u]), countU: itemsU }) };
}
