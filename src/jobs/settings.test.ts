import { describe, expect, it } from 'vitest';
import { recipes } from '../train/recipes/recipe.ts';
import { resolveRecipe, settingsDefaults } from './settings.ts';

const resolve = (name: string, changes: unknown): unknown =>
  resolveRecipe(name, { ...settingsDefaults, recipes: { [name]: changes } });
const jrc = [
  { name: 'bce', weight: 1 },
  { name: 'jrc', weight: 0.1 },
];

describe('a recipe changed by settings', () => {
  it('is the recipe with these changes', () => {
    for (const [name, recipe] of Object.entries(recipes))
      expect(resolve(name, { epochs: 5, model: { width: 32 } })).toEqual({
        ...recipe(),
        epochs: 5,
        model: { ...recipe().model, width: 32 },
      });
    // Without heads there is nothing to divide.
    expect(resolve('dlcm', { model: { heads: 5 } })).toMatchObject({ model: { heads: 5, width: 64 } });
    expect(resolve('two-stage', { losses: jrc, model: { head: 'joint' } })).toMatchObject({ losses: jrc });
  });

  it.each([
    [
      'graph-bce',
      { model: { heads: 5 } },
      'recipes.graph-bce.model.heads: expected a divisor of model.width, which is 64, found 5',
    ],
    [
      'attention-bce',
      { losses: jrc },
      'recipes.attention-bce.model.head: expected "joint", since the loss jrc reads two logits',
    ],
    ['two-stage', { losses: jrc }, 'recipes.two-stage.model.head: expected "joint"'],
    [
      'two-stage',
      { firstStage: { losses: jrc } },
      'recipes.two-stage.firstStage.losses: expected losses on one logit per item',
    ],
    [
      'prm',
      { firstStage: { losses: [{ name: 'pair', weight: 1 }], epochs: 2 } },
      'recipes.prm.firstStage: expected none, since the scorer "prm" has one stage',
    ],
    [
      'attention-bce',
      { losses: [jrc[0], jrc[0]] },
      'recipes.attention-bce.losses: expected every loss once, found "bce" twice',
    ],
    ['attention-bce', { model: { width: 0 } }, 'recipes.attention-bce.model.width: '],
  ])('%s with %j is refused, by the key', (name, changes, message) => {
    expect(() => resolve(name, changes)).toThrow(
      expect.objectContaining({ name: 'InputError', message: expect.stringContaining(message) }),
    );
  });
});
