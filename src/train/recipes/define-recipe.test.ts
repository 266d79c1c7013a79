import { expect, it } from 'vitest';
import { attentionTriplet } from './attention.ts';
import { defineRecipe } from './define-recipe.ts';
import { pointwiseBce } from './pointwise.ts';
import type { Recipe } from './recipe.ts';

it('derives from another: parts are merged at any depth, lists are replaced, and the base stays as it was', () => {
  const before = attentionTriplet.config();
  const own = defineRecipe({
    name: 'wide',
    base: attentionTriplet,
    model: { width: 128 },
    losses: [{ name: 'bce', weight: 1 }],
    epochs: 3,
  });
  expect(own.config()).toEqual({
    ...before,
    recipe: 'wide',
    model: { ...before.model, width: 128 },
    losses: [{ name: 'bce', weight: 1 }],
    epochs: 3,
  });
  expect(attentionTriplet.config()).toEqual(before);
});

it('takes a function, whose config goes by the name of the recipe', () => {
  const own = defineRecipe({ name: 'short', config: () => ({ ...pointwiseBce.config(), epochs: 1 }) });
  expect(own.config()).toEqual({ ...pointwiseBce.config(), recipe: 'short', epochs: 1 });
});

it.each([
  [{ name: '../up', base: pointwiseBce }, 'recipe: expected a name of at most 64 letters, .* found "../up"; rename it'],
  [{ name: '', base: pointwiseBce }, 'recipe: expected a name of .* found ""'],
  [
    { name: 'own', base: 'attention-bce' as unknown as Recipe },
    'recipe "own": expected base to be a recipe, found "attention-bce"; give one',
  ],
  [
    { name: 'own', base: undefined as unknown as Recipe },
    'recipe "own": expected base to be a recipe, found nothing; give one',
  ],
])('refuses %j', (definition, sentence) => {
  expect(() => defineRecipe(definition)).toThrow(
    expect.objectContaining({ name: 'InputError', message: expect.stringMatching(`^${sentence}`) }),
  );
});
