import { expect, it } from 'vitest';
import { exportsOf, unregistered } from '../../../test/unregistered.ts';
import { attentionBce } from './attention.ts';
import { defineRecipe } from './define-recipe.ts';
import { recipes } from './recipes.ts';

it('the registry has every recipe of this room', async () => {
  expect(unregistered(await exportsOf(import.meta.dirname), 'recipe', recipes)).toEqual([]);
});

it('the registry misses one whose line is forgotten', async () => {
  const forgotten = { 'wide.ts': { wide: defineRecipe({ name: 'wide', base: attentionBce, model: { width: 128 } }) } };
  expect(unregistered({ ...(await exportsOf(import.meta.dirname)), ...forgotten }, 'recipe', recipes)).toEqual([
    'wide.ts: wide has no line in the registry of its room',
  ]);
});

it('every config says its recipe first, and in the same words', () => {
  for (const { name, config } of recipes.all) expect(Object.entries(config())[0]).toEqual(['recipe', name]);
});
