import { expect, it } from 'vitest';
import { z } from 'zod';
import { open } from '../live/open.ts';
import { train } from '../live/train.ts';
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
    /^resolveRecipe: settings: recipe "own": losses\.0\.name: expected one of bce, .*found "mine"; name one of these, or give your own in kinds/,
  );
});

const noDefinition =
  'expected a definition made by defineLoss, defineScorer, defineMetric, defineRule, or defineRecipe, found';

it.each<[unknown, string]>([
  [null, 'kinds: expected a list of definitions, found null'],
  [5, 'kinds: expected a list of definitions, found 5'],
  [Promise.resolve([]), 'kinds: expected a list of definitions, found a promise'],
  [[undefined], `kinds.0: ${noDefinition} nothing`],
  [[() => mine], `kinds.0: ${noDefinition} a function`],
  [[Promise.resolve(mine)], `kinds.0: ${noDefinition} a promise`],
  [[mine, { kind: 'loss', name: 'x' }], 'kinds.1: expected a definition made by defineLoss, found {"kind":"loss"'],
  [[{ kind: 'scorer', name: 'x' }], 'kinds.0: expected a definition made by defineScorer, found'],
  [[{ kind: 'metric', name: 'x' }], 'kinds.0: expected a definition made by defineMetric, found'],
  [[{ kind: 'rule', name: 'x' }], 'kinds.0: expected a definition made by defineRule, found'],
  [[{ kind: 'recipe', name: 'x' }], 'kinds.0: expected a definition made by defineRecipe, found'],
])('takes nothing for kinds that no function made: %o', async (own, sentence) => {
  const refused = (message: string): unknown =>
    expect.objectContaining({ code: 'invalid-definition', message: expect.stringContaining(message) });
  const kinds = own as readonly OwnKind[];
  expect(() => kindsOf(kinds)).toThrow(refused(sentence) as Error);
  expect(() => resolveRecipe('prm', { ...settingsDefaults, kinds })).toThrow(refused(sentence) as Error);
  await expect(train([], { kinds })).rejects.toThrow(refused(`train: ${sentence}`) as Error);
  await expect(train([], { settings: { kinds } })).rejects.toThrow(refused(`train: settings.${sentence}`) as Error);
  await expect(open('nowhere', { kinds })).rejects.toThrow(refused(`open: ${sentence}`) as Error);
});

it.each<[unknown, unknown, string]>([
  [null, undefined, 'recipe: expected one of pointwise-bce, .* found null'],
  [5, undefined, 'recipe: expected one of pointwise-bce, .* found 5'],
  [undefined, undefined, 'recipe: expected one of pointwise-bce, .* found nothing'],
  [Promise.resolve('prm'), undefined, 'recipe: expected one of pointwise-bce, .* found a promise'],
  ['prm', null, 'resolveRecipe: settings: expected an object of settings, found null'],
  ['prm', 5, 'resolveRecipe: settings: expected an object of settings, found 5'],
  ['prm', new Map(), 'resolveRecipe: settings: expected an object of settings, found a Map'],
  ['prm', Promise.resolve({}), 'resolveRecipe: settings: expected an object of settings, found a promise; await it'],
  [
    'prm',
    { ...settingsDefaults, recipes: { prm: new Map() } },
    'recipes.prm: expected an object of changes, found a Map',
  ],
])('resolveRecipe(%o, %o) is refused in one sentence', (name, settings, sentence) => {
  expect(() => resolveRecipe(name as string, settings as typeof settingsDefaults)).toThrow(
    expect.objectContaining({ name: 'InputError', message: expect.stringMatching(sentence) }),
  );
});

it.each<[unknown, string]>([
  [{ model: Promise.resolve({}) }, 'recipe "changed": model: expected object, found a promise; await it'],
  [{ optimizer: new Map() }, 'recipe "changed": optimizer: expected object, found a Map'],
  [{ model: 5 }, 'recipe "changed": model: expected object, found 5'],
])('what a derived recipe changes is not ignored: %o', (changes, sentence) => {
  const changed = defineRecipe({ name: 'changed', base: attentionBce, ...(changes as object) });
  expect(() => resolveRecipe('changed', { ...settingsDefaults, kinds: [changed] })).toThrow(sentence);
});

it('a refinement of an option that throws is told with the recipe', () => {
  const boom = new Error('two');
  const k = z.number().refine((value) => {
    if (value === 2) throw boom;
    return true;
  });
  const loss = defineLoss({ name: 'odd', schema: { k }, defaults: { k: 1 }, counts: perItem, build: bce });
  const own = defineRecipe({ name: 'own', base: attentionBce, losses: [{ name: 'odd', weight: 1, k: 2 }] });
  expect(() => resolveRecipe('own', { ...settingsDefaults, kinds: [loss, own] })).toThrow(
    expect.objectContaining({ cause: boom, message: expect.stringContaining('recipe "own": expected the schemas of') }),
  );
});
