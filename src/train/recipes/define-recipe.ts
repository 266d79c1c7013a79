import { checkDefinition, type DefinitionForm, isMade, type KeysOf } from '../../slate/check-definition.ts';
import { InputError } from '../../slate/input-error.ts';
import { type Answer, guarded } from '../../slate/own-function.ts';
import { isPlainRecord } from '../../slate/plain-record.ts';
import { show } from '../../slate/rejected-event.ts';
import { mergeDeep } from './merge-deep.ts';
import type { Recipe } from './recipe.ts';
import type { TrainingConfig } from './training-config.ts';

/** Any part of a training config, at any depth; a list, such as that of losses, is replaced as a whole. */
export type RecipeChanges = {
  readonly [key in keyof Omit<TrainingConfig, 'recipe'>]?: TrainingConfig[key] extends readonly unknown[]
    ? TrainingConfig[key]
    : Partial<TrainingConfig[key]> | undefined;
};

/** Another recipe with changes. */
export interface DerivedRecipe extends RecipeChanges {
  readonly name: string;
  readonly base: Recipe;
}

/** A recipe whose config is made by a function; it need not say the recipe's name. */
export interface WholeRecipe {
  readonly name: string;
  /** The whole config but the name. */
  config(): Omit<TrainingConfig, 'recipe'>;
}

const keysOfDerived: KeysOf<DerivedRecipe> = {
  name: true,
  base: true,
  scorer: true,
  model: true,
  firstStage: true,
  factors: true,
  losses: true,
  optimizer: true,
  batch: true,
  microBatch: true,
  window: true,
  epochs: true,
  patience: true,
  metric: true,
  averaging: true,
};
const keysOfWhole: KeysOf<WholeRecipe> = { name: true, config: true };

/** What is asked of a definition, and of what is made of one. */
export const recipeForm: DefinitionForm = {
  call: 'defineRecipe',
  word: 'recipe',
  keys: keysOfDerived,
  makes: ['config'],
};
const wholeForm: DefinitionForm = {
  ...recipeForm,
  keys: keysOfWhole,
  functions: { config: 'a function that makes the whole config' },
};

/**
 * A recipe of one's own, to be given in `kinds`: `defineRecipe({ name: 'wide', base: attentionBce, model: { width: 128 } })`. Throws `InputError` for a name that cannot be
 * one, or a base that is no recipe. The config is checked where it is used, by the losses and scorers that are known there.
 */
export function defineRecipe(recipe: DerivedRecipe | WholeRecipe): Recipe {
  const isWhole = typeof recipe === 'object' && recipe !== null && 'config' in recipe;
  checkDefinition(recipe, isWhole ? wholeForm : recipeForm);
  const { name } = recipe;
  if ('config' in recipe) {
    const config = guarded(recipe.config, { word: 'recipe', name, part: 'config', ...A_CONFIG });
    // The name stands first, and is the recipe's whatever the function says.
    return { kind: 'recipe', name, config: () => ({ ...{ recipe: name }, ...config.call(recipe), recipe: name }) };
  }
  const { name: _, base, ...changes } = recipe;
  if (!isMade(base, recipeForm))
    throw new InputError(
      `recipe "${name}": expected base to be a recipe, found ${show(base)}; give one such as attentionBce, or a function config`,
      'invalid-definition',
    );
  return {
    kind: 'recipe',
    name,
    config: () => mergeDeep({ ...base.config(), recipe: name }, changes) as TrainingConfig,
  };
}

const A_CONFIG: Answer = {
  expected: 'a whole config, such as { ...attentionBce.config(), epochs: 3 }',
  fits: isPlainRecord,
};
