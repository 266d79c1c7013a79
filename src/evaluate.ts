/**
 * Recipes compared, models evaluated, company judged, reports for people.
 *
 * @module slatewise/evaluate
 */
export { type FindEffectsOptions, findEffects } from './jobs/effects/find-effects.ts';
export { type CompareOptions, type Comparison, compareRecipes } from './jobs/recipes/compare-recipes.ts';
export { evaluateModel } from './jobs/recipes/evaluate-model.ts';
export { readSimulation } from './jobs/recipes/truth.ts';
export type { EpochLine, EpochSink, RunBefore } from './jobs/runs/epoch-line.ts';
export type { EpochValues } from './jobs/runs/epoch-values.ts';
export { type FoundRun, findRuns } from './jobs/runs/find-runs.ts';
export { type MlflowOptions, mlflowTracker } from './jobs/runs/mlflow.ts';
export type { MlflowServer } from './jobs/runs/mlflow-client.ts';
export type { RunCard } from './jobs/runs/run-card.ts';
export type { RunName, RunStart } from './jobs/runs/run-start.ts';
export type { RunState } from './jobs/runs/run-states.ts';
export type { TrackedRun, Tracker } from './jobs/runs/tracker.ts';
export { type CompanyInLog, companyInLog, whySilent } from './jobs/worth/company-in-log.ts';
export { type JudgeOptions, judgeWorth } from './jobs/worth/judge-worth.ts';
export type { CompanyWorth } from './measure/company-worth.ts';
export type { ComparisonReport } from './measure/comparison-report.ts';
export type { EffectsReport } from './measure/effects-report.ts';
export type { LearningCurve } from './measure/learning-curve.ts';
export { type InfluenceChartOptions, influenceChart } from './print/charts/influence-chart.ts';
export { renderHtml } from './print/html/render-html.ts';
export { type InfluenceTextOptions, influenceText } from './print/text/influence-text.ts';
export { renderText } from './print/text/render-text.ts';
export {
  type ExplainedItem,
  type Influence,
  type InfluenceJson,
  influence,
  influenceToJson,
  type ScoreSlates,
} from './scoring/influence.ts';
