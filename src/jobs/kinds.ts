import { type RuleDefinition, ruleForm } from '../generate/rules/define-rule.ts';
import { type RuleRegistry, ruleKinds } from '../generate/rules/rules.ts';
import { lossForm } from '../losses/define-loss.ts';
import type { Loss } from '../losses/loss.ts';
import { losses } from '../losses/losses.ts';
import { metricForm } from '../metrics/define-metric.ts';
import type { Metric } from '../metrics/metric.ts';
import { metrics } from '../metrics/metrics.ts';
import { scorerForm } from '../models/define-scorer.ts';
import type { Scorer } from '../models/scorer.ts';
import { scorers } from '../models/scorers.ts';
import { isMade } from '../slate/check-definition.ts';
import { InputError } from '../slate/input-error.ts';
import type { Registry } from '../slate/registry.ts';
import { show } from '../slate/rejected-event.ts';
import { recipeForm } from '../train/recipes/define-recipe.ts';
import type { Recipe } from '../train/recipes/recipe.ts';
import { recipes } from '../train/recipes/recipes.ts';

/** What a caller may bring beside what the program has: made by `defineLoss`, `defineScorer`, `defineMetric`, `defineRule`, `defineRecipe`. */
export type OwnKind = Loss | Scorer | Metric | RuleDefinition | Recipe;

/** Everything that a config may name, by sort: the program's own and the caller's. */
export interface Kinds {
  readonly losses: Registry<Loss>;
  readonly scorers: Registry<Scorer>;
  readonly metrics: Registry<Metric>;
  readonly rules: RuleRegistry;
  readonly recipes: Registry<Recipe>;
}

const forms = [lossForm, scorerForm, metricForm, ruleForm, recipeForm];

/** Throws `InputError` for what is no definition, and for a name that is taken; `where` opens its sentence. */
export function kindsOf(own: readonly OwnKind[] = [], where = ''): Kinds {
  checkKinds(own, where);
  const of = <Sort extends OwnKind['kind']>(sort: Sort): readonly Extract<OwnKind, { kind: Sort }>[] =>
    own.filter((each): each is Extract<OwnKind, { kind: Sort }> => each.kind === sort);
  return {
    losses: losses.with(of('loss')),
    scorers: scorers.with(of('scorer')),
    metrics: metrics.with(of('metric')),
    rules: ruleKinds.with(of('rule')),
    recipes: recipes.with(of('recipe')),
  };
}

/** Throws `InputError` for what is no list of definitions. */
export function checkKinds(own: unknown, where = ''): asserts own is readonly OwnKind[] {
  const wrong = (place: string, expected: string, found: unknown): InputError =>
    new InputError(
      `${where}${place}: expected ${expected}, found ${show(found)}; a config that is a module can give it`,
      'invalid-definition',
    );
  if (!Array.isArray(own)) throw wrong('kinds', 'a list of definitions', own);
  own.forEach((each, n) => {
    const { call } = forms.find(({ word }) => word === (each as { kind?: unknown } | null | undefined)?.kind) ?? {};
    const form = forms.find((form) => isMade(each, form));
    if (!form) throw wrong(`kinds.${n}`, `a definition made by ${call ?? CALLS}`, each);
  });
}

const CALLS = new Intl.ListFormat('en', { type: 'disjunction' }).format(forms.map(({ call }) => call));
