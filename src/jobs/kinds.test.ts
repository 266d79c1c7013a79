import { expect, it } from 'vitest';
import { bce } from '../losses/bce.ts';
import { perItem } from '../losses/counts.ts';
import { defineLoss } from '../losses/define-loss.ts';
import { attentionBce } from '../train/recipes/attention.ts';
import { defineRecipe } from '../train/recipes/define-recipe.ts';
import { kindsOf, type OwnKind } from './kinds.ts';
import { resolveRecipe, settingsDefaults, settingsFrom } from './settings.ts';

const mine = defineLoss({ name: 'mine', counts: perItem, build: bce });
const recipe = defineRecipe({ name: 'own', base: attentionBce, losses: [{ name: 'mine', weight: 2 }] });

it('has what the program has, and what the caller brings', () => {
  const { losses, recipes, scorers } = kindsOf([mine, recipe]);
  expect([losses.named('mine'), recipes.named('own')]).toEqual([mine, recipe]);
  expect(losses.has('bce') && recipes.has('prm') && scorers.has('attention')).toBe(true);
  expect(kindsOf().losses.has('mine')).toBe(false);
});

it.each<[unknown, string]>([
  [[{ ...mine, kind: 'los' }], 'kinds.0: expected a definition made by defineLoss,'],
  [[mine, null], 'kinds.1: expected a definition made by defineLoss, .* found null'],
  [{ mine }, 'kinds: expected a list of definitions'],
  [[{ ...mine, name: 'bce' }], 'loss: expected every name once, found "bce" twice; give one of them another name'],
])('refuses %j', (own, sentence) => {
  const refused = expect.objectContaining({ message: expect.stringMatching(sentence) });
  expect(() => kindsOf(own as readonly OwnKind[])).toThrow(refused);
  expect(() => settingsFrom({ kinds: own }, 'my.config.mjs')).toThrow(
    expect.objectContaining({ message: expect.stringMatching(`^my.config.mjs: ${sentence}`) }),
  );
});

it('a recipe of the settings may name them, and no other may', () => {
  const settings = settingsFrom({ kinds: [mine, recipe], recipes: { own: { epochs: 2 } } }, 'config');
  expect(resolveRecipe('own', settings)).toEqual({ ...recipe.config(), epochs: 2 });
  expect(() => resolveRecipe('own', settingsDefaults)).toThrow(
    'found "own"; name one of these, or give your own in kinds',
  );
  expect(() => resolveRecipe('own', { ...settingsDefaults, kinds: [recipe] })).toThrow(
    /^recipe "own": losses\.0\.name: expected one of bce, .*found "mine"; name one of these, or give your own in kinds/,
  );
});
