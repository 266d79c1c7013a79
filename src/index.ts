/** The public face of Slatewise. Everything else may change without notice. */
export { openDataset } from './data/dataset.ts';
export { type EncodedDataset, type EncodeOptions, encodeDataset } from './data/encode-dataset.ts';
export { type ImportOptions, importLog, validateLog } from './data/import-log.ts';
export type { ImportSummary } from './data/import-summary.ts';
export { type Drink, drinkProbability, simulateDrinks } from './data/simulator/drinks.ts';
export {
  type SimulationOptions,
  simulate,
  simulationDefaults,
  type TruthHeader,
  type TruthRow,
} from './data/simulator/simulate.ts';
export { type TrueMarket, trueMarket } from './data/simulator/true-market.ts';
export { eventToJson, writeSimulation } from './data/simulator/write-simulation.ts';
export type { SplitOptions } from './data/split.ts';
export type { ComparisonReport } from './evaluate/comparison-report.ts';
export { type InfluenceChartOptions, influenceChart } from './evaluate/influence-chart.ts';
export { type InfluenceTextOptions, influenceText } from './evaluate/influence-text.ts';
export type { LearningCurve } from './evaluate/learning-curve.ts';
export { renderHtml } from './evaluate/render-html.ts';
export { renderText } from './evaluate/render-text.ts';
export type { GenerationTask, Generator, ValuedSlate } from './generate/generator.ts';
export { generatorNamed } from './generate/generators.ts';
export { loadPointer, type PointerCard, type StoredPointer, savePointer } from './generate/pointer-folder.ts';
export { createPointerGenerator, type PointerGenerator } from './generate/pointer-generator.ts';
export type { Rules } from './generate/rules/rules.ts';
export {
  createSlateGenerator,
  type MadeSlate,
  type SlateGenerator,
  type SlateGeneratorOptions,
  type SlateReply,
} from './generate/slate-generator.ts';
export { type CompareOptions, type Comparison, compareRecipes } from './runs/compare-recipes.ts';
export { evaluateModel } from './runs/evaluate-model.ts';
export { type Prepared, prepare } from './runs/prepare.ts';
export { type Progress, type Reporter, silentReporter } from './runs/reporter.ts';
export { defineConfig, resolveRecipe, type Settings, type SettingsInput, settingsDefaults } from './runs/settings.ts';
export { type TrainedCard, trainModel } from './runs/train-model.ts';
export { type TrainedPointerCard, trainPointer } from './runs/train-pointer.ts';
export { readSimulation } from './runs/truth.ts';
export {
  type Influence,
  type InfluenceJson,
  influence,
  influenceToJson,
  type ScoreSlates,
} from './scoring/influence.ts';
export { loadModel, type ModelCard, type StoredModel, saveModel } from './scoring/model-folder.ts';
export { createSlateScorer, type ItemScore, type SlateScore, type SlateScorer } from './scoring/slate-scorer.ts';
export type { InteractionEvent, ItemEvent, LogEvent, RankedItem, RankingEvent, UserEvent } from './slate/events.ts';
export type { Fields, FieldValue } from './slate/fields.ts';
export { InputError } from './slate/input-error.ts';
export { parseEvent } from './slate/parse-event.ts';
export { exactKPointer, type PointerConfig } from './train/pointer-config.ts';
export {
  attentionBce,
  attentionListNet,
  attentionTriplet,
  pointwiseBce,
  recipes,
} from './train/recipe.ts';
export type { TrainingConfig } from './train/training-config.ts';
