/** Legend: N candidates, C choices of a place. */
import { z } from 'zod';
import { oneOf } from '../../slate/strict-schema.ts';
import type { GenerationTask } from '../generator.ts';
import { worthAlone } from '../generators/fill-by-worth.ts';
import { valuedWithin, withNext } from '../generators/valued.ts';
import { definePolicy, type PolicyKind } from './define-policy.ts';
import { type LogitsOfChoices, softStep } from './soft-step.ts';

/** What a draw goes by, at a temperature. */
export interface PlackettLuceOptions {
  readonly temperature: number;
  readonly values?: 'above' | 'alone' | undefined;
}

/**
 * Plackett-Luce (Plackett 1975; Luce 1959): place after place from the top, without putting back; a candidate is drawn with exp(value / temperature) over the sum of the same
 * of all that may stand there. The value is in units of the objective: with clicks and a temperature of 0.1, a candidate that adds 0.1 expected clicks more is e times as likely.
 *
 * `above`: a candidate is worth what the slate would be with it below those drawn so far, as a greedy search sees it. So what a list scorer knows of company decides, and near
 * temperature 0 the greedy slate is drawn. `alone`: it is worth what it is worth by itself, one question for all places: Plackett-Luce in the strict sense, and cheaper.
 */
export const plackettLuce: PolicyKind<PlackettLuceOptions> = definePolicy({
  name: 'plackett-luce',
  shape: {
    temperature: z.number().positive(),
    values: oneOf(['above', 'alone']).optional(),
  },
  text: ({ temperature, values = 'above' }) => `plackett-luce temperature=${temperature} values=${values}`,
  async open(task, { temperature, values = 'above' }) {
    const valuesOf = values === 'above' ? valuesAbove(task) : valuesAlone(task);
    const { rules } = task;
    const begin = await softStep(rules, rules.start, async (places, choices) => {
      const valuesC = await valuesOf(places, choices);
      const most = valuesC.reduce((a, b) => Math.max(a, b), -Infinity);
      // However cold it is: the best has the logit 0.
      return valuesC.map((value) => (value === most ? 0 : (value - most) / temperature));
    });
    return { begin };
  },
});

/** A search that is over draws the rest by what each is worth alone: one more question. */
function valuesAbove(task: GenerationTask): LogitsOfChoices {
  const alone = valuesAlone(task);
  return async (places, choices) => {
    const grown = await valuedWithin(
      task,
      choices.map((candidate) => withNext(places, candidate)),
    );
    if (grown.length < choices.length) return alone(places, choices);
    return Float64Array.from(grown, ({ value }) => value);
  };
}

function valuesAlone(task: GenerationTask): LogitsOfChoices {
  let aloneN: Promise<Float64Array> | undefined;
  return async (_, choices) => {
    aloneN ??= worthAlone(task);
    const worthN = await aloneN;
    return Float64Array.from(choices, (candidate) => worthN[candidate]);
  };
}
