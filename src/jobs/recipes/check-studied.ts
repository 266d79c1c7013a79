import { InputError } from '../../slate/input-error.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import { kindsOf } from '../kinds.ts';
import type { Prepared } from '../prepare.ts';

/** Throws `InputError` unless the one recipe's model sees the list, and the other's scores item by item. */
export function checkStudied(
  { settings }: Prepared,
  { list, pointwise }: { readonly list: TrainingConfig; readonly pointwise: TrainingConfig },
  call: string,
): void {
  const { scorers } = kindsOf(settings.kinds);
  const expected = { list: 'a config whose model sees the list', pointwise: 'a config that scores item by item' };
  for (const [option, config] of Object.entries({ list, pointwise })) {
    const isKnown = typeof config.scorer === 'string' && scorers.has(config.scorer);
    if (isKnown && (scorers.named(config.scorer).seesCompany === true) === (option === 'list')) continue;
    throw new InputError(
      `${call}: ${option}: expected ${expected[option as keyof typeof expected]}, found ${JSON.stringify(config.recipe) ?? 'none'}; give resolveRecipe("${option === 'list' ? 'attention-bce' : 'pointwise-bce'}", settings)`,
      'invalid-option',
    );
  }
}
