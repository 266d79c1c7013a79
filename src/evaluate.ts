/**
 * Recipes compared, models evaluated, reports for people.
 *
 * @module slatewise/evaluate
 */
export { type CompareOptions, type Comparison, compareRecipes } from './jobs/recipes/compare-recipes.ts';
export { evaluateModel } from './jobs/recipes/evaluate-model.ts';
export { readSimulation } from './jobs/recipes/truth.ts';
export type { ComparisonReport } from './measure/comparison-report.ts';
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
