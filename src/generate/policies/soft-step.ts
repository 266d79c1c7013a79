/** Legend: C choices of a place. */
import { isWhole, type Places } from '../../slate/places.ts';
import type { SlateRules } from '../generator.ts';
import { withNext } from '../generators/valued.ts';
import type { Step } from './policy.ts';

/** [C]: the logit of each choice for the first empty place. */
export type LogitsOfChoices = (places: Places, choices: readonly number[]) => Promise<Float64Array>;

/** A step whose chances are the softmax of logits over those candidates that the rules let stand there. */
export async function softStep(
  rules: Pick<SlateRules, 'choices'>,
  places: Places,
  logitsOf: LogitsOfChoices,
): Promise<Step> {
  const choices = isWhole(places) ? [] : rules.choices(places);
  return {
    places,
    choices,
    logChances: choices.length === 0 ? new Float64Array(0) : logSoftmax(await logitsOf(places, choices)),
    take: (choice) => softStep(rules, withNext(places, choices[choice]), logitsOf),
  };
}

/** At each place a fair draw: of equal chances. */
export const fairStep = (rules: Pick<SlateRules, 'choices'>, places: Places): Promise<Step> =>
  softStep(rules, places, async (_, choices) => new Float64Array(choices.length));

function logSoftmax(logits: Float64Array): Float64Array {
  const most = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = logits.reduce((total, logit) => total + Math.exp(logit - most), 0);
  return logits.map((logit) => logit - most - Math.log(sum));
}
