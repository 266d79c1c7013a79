import { expect, it } from 'vitest';
import { defineRecipe } from './define-recipe.ts';
import { pointwiseBce } from './pointwise.ts';

const boom = new Error('boom');

it.each<[() => unknown, string]>([
  [() => undefined, 'to return a whole config, .*, found nothing; mend the function'],
  [() => 5, 'to return a whole config, .*, found 5; mend the function'],
  [() => [], 'to return a whole config, .*, found \\[\\]; mend the function'],
  [() => new Map(), 'to return a whole config, .*, found a Map; mend the function'],
  [async () => pointwiseBce.config(), 'to return a whole config, .*, found a promise; write it without async'],
  [
    () => {
      throw boom;
    },
    'to answer, found that it threw Error: boom; mend the function',
  ],
])('the config of a recipe is judged, %o, and that of one derived from it', (config, sentence) => {
  const mine = defineRecipe({ name: 'mine', config: config as never });
  const derived = defineRecipe({ name: 'derived', base: mine, epochs: 2 });
  for (const recipe of [mine, derived])
    expect(() => recipe.config()).toThrow(
      expect.objectContaining({
        name: 'InputError',
        code: 'invalid-definition',
        message: expect.stringMatching(`^recipe "mine": expected config ${sentence}`),
      }),
    );
});

it('keeps what the function threw', () => {
  const config = (): never => {
    throw boom;
  };
  expect(() => defineRecipe({ name: 'mine', config }).config()).toThrow(expect.objectContaining({ cause: boom }));
});
