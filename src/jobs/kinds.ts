import type { RuleDefinition } from '../generate/rules/define-rule.ts';
import { type RuleRegistry, ruleKinds } from '../generate/rules/rules.ts';
import type { Loss } from '../losses/loss.ts';
import { losses } from '../losses/losses.ts';
import type { Metric } from '../metrics/metric.ts';
import { metrics } from '../metrics/metrics.ts';
import type { Scorer } from '../models/scorer.ts';
import { scorers } from '../models/scorers.ts';
import { InputError } from '../slate/input-error.ts';
import type { Registry } from '../slate/registry.ts';
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

/** Throws `InputError` for what is no definition, and for a name that is taken. */
export function kindsOf(own: readonly OwnKind[] = []): Kinds {
  if (!Array.isArray(own))
    throw new InputError(
      `kinds: expected a list of definitions, found ${JSON.stringify(own)}; write [...], in a config that is a module (.mjs or .ts)`,
      'invalid-definition',
    );
  const known = ['loss', 'scorer', 'metric', 'rule', 'recipe'];
  const foreign = own.findIndex((each) => !known.includes(each?.kind));
  if (foreign >= 0)
    throw new InputError(
      `kinds.${foreign}: expected a definition made by defineLoss, defineScorer, defineMetric, defineRule or defineRecipe, found ${JSON.stringify(own[foreign]) ?? String(own[foreign])}; define it so, in a config that is a module (.mjs or .ts)`,
      'invalid-definition',
    );
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
