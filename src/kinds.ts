/**
 * Kinds of one's own, and what they are written with.
 *
 * @module slatewise/kinds
 */
export type { InputSpec } from './encoding/columns/encoded-slates.ts';
export type { Counted, Demand, NeverShown, StandsAt } from './generate/demands/demand.ts';
export type { Candidate, FieldScalar } from './generate/rules/candidate.ts';
export {
  defineRule,
  defineValueRule,
  type NamedField,
  type RuleDefinition,
  type RuleOfEntries,
  type RuleOfValue,
} from './generate/rules/define-rule.ts';
export type { RuleRequest } from './generate/rules/rule-request.ts';
export { rulesOf } from './generate/rules/rules.ts';
export type { OwnKind } from './jobs/kinds.ts';
export {
  type CountOfList,
  type ListCounts,
  perClickedList,
  perItem,
  perList,
  perMixedList,
  perPair,
} from './losses/counts.ts';
export { defineLoss, type OwnLoss } from './losses/define-loss.ts';
export { logShares } from './losses/listwise.ts';
export type { ConfigOf, Loss, LossConfig } from './losses/loss.ts';
export { type LossInputs, meanWhere } from './losses/slate-loss.ts';
export type { StepCounts } from './metrics/click-steps.ts';
export type { Confusion } from './metrics/confusion.ts';
export { defineMetric, type OwnMetric } from './metrics/define-metric.ts';
export type {
  Metric,
  MetricForm,
  PartItems,
  RankedSlate,
  ScoredItem,
  UserItems,
  WeightedItems,
} from './metrics/metric.ts';
export { clickShares, type TiedRanking } from './metrics/tied-ranking.ts';
export { defineScorer, type OwnScorer } from './models/define-scorer.ts';
export type { Scorer } from './models/scorer.ts';
export type { FactorSets, FactorsConfig } from './models/shared/factor-sets.ts';
export type { GraphConfig, IdTable, ScorerConfig } from './models/shared/scorer-config.ts';
export type { GraphInputs, ScorerInputs } from './models/shared/scorer-inputs.ts';
export type { ScoreOptions, ScorerOutputs } from './models/shared/scorer-outputs.ts';
export { absence } from './tensor/absent.ts';
export type { Tensor } from './tensor/tensor.ts';
export {
  attentionBce,
  attentionChoice,
  attentionListNet,
  attentionPartial,
  attentionTriplet,
} from './train/recipes/attention.ts';
export {
  type DerivedRecipe,
  defineRecipe,
  type RecipeChanges,
  type WholeRecipe,
} from './train/recipes/define-recipe.ts';
export { pointwiseBce } from './train/recipes/pointwise.ts';
export type { Recipe } from './train/recipes/recipe.ts';
export type { TrainingConfig } from './train/recipes/training-config.ts';
