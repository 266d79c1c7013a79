import { z } from 'zod';
import { checkOptions, valueThat, valueWith } from '../../slate/check-options.ts';
import { isSeed } from '../../slate/check-seed.ts';
import { InputError } from '../../slate/input-error.ts';
import { unlike } from '../../slate/nearest-name.ts';
import { oneOf, strictObject } from '../../slate/strict-schema.ts';
import { isObjective, objectiveNames } from './objective.ts';

const whole = z.number().int();
const schema = strictObject(
  {
    generator: valueWith('generate', 'one that generatorNamed gives'),
    objective: z.unknown().optional(),
    seed: valueThat('a whole number from 0', isSeed),
    size: whole.min(1).optional(),
    page: valueThat(
      '"candidates" or a whole number from 1',
      (page) => page === 'candidates' || (Number.isInteger(page) && (page as number) >= 1),
    ).optional(),
    // Read by their own schemas.
    rules: z.unknown().optional(),
    ruleKinds: z.unknown().optional(),
    explore: z.unknown().optional(),
    diversity: z.number().min(0).optional(),
    alternatives: whole.min(0).optional(),
    best: oneOf(['none', 'if-few', 'search']).optional(),
    deadline: z.number().min(0).optional(),
    bound: z.number().min(0).optional(),
    prices: z.boolean().optional(),
    signal: z.unknown().optional(),
  },
  { untold: ['ruleKinds', 'bound'] },
);

/** Throws `InputError` for options of a slate that are not valid, whatever callers without types give. Its rules are judged apart. */
export function checkSlateOptions(options: unknown, where: string): void {
  checkOptions(schema, options, where);
  const { objective, explore, alternatives, best, prices } = options as Readonly<Record<string, unknown>>;
  if (!isObjective(objective)) throw new InputError(`objective: ${unlike(objective, objectiveNames)}`, 'unknown-name');
  if (explore === undefined) return;
  const other = alternatives ? 'alternatives' : best === 'search' ? 'best' : prices ? 'prices' : undefined;
  if (other !== undefined)
    throw new InputError(
      `${where}: explore: expected no "${other}" beside it, as the list is drawn and not searched for, found both; leave one of them out`,
      'invalid-option',
    );
}
