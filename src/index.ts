/** The public face of Slatewise. Everything else may change without notice. */
export { openDataset } from './datasets/folder/dataset.ts';
export type { ImportSummary } from './datasets/folder/import-summary.ts';
export { type ImportOptions, importLog, validateLog } from './datasets/import/import-log.ts';
export { createInMemorySlates, type InMemorySlates } from './datasets/slate-source/in-memory-slates.ts';
export type { Outcomes, SlateSource } from './datasets/slate-source/slate-source.ts';
export { type EncodedDataset, type EncodeOptions, encodeDataset } from './datasets/walk/encode-dataset.ts';
export type { SplitOptions } from './datasets/walk/split.ts';
export type { EncodedSlates, SlateBatch } from './encoding/columns/encoded-slates.ts';
export { type FittedFeatures, normaliseSlates } from './encoding/columns/fitted-features.ts';
export {
  createSlateEncoder,
  memoryItems,
  type SlateEncoder,
  type SlateEncoderOptions,
} from './encoding/columns/slate-encoder.ts';
export type { GenerationTask, Generator, ValuedSlate } from './generate/generator.ts';
export { generatorNamed } from './generate/generators.ts';
export { loadPointer, type PointerCard, type StoredPointer, savePointer } from './generate/pointer/pointer-folder.ts';
export { createPointerGenerator, type PointerGenerator } from './generate/pointer/pointer-generator.ts';
export {
  createSlateGenerator,
  type MadeSlate,
  type PlacedItem,
  type SlateGenerator,
  type SlateGeneratorOptions,
  type SlateReply,
} from './generate/request/slate-generator.ts';
export type { Rules } from './generate/rules/rules.ts';
export { type TrainedPointerCard, trainPointer } from './jobs/pointer/train-pointer.ts';
export { type Prepared, prepare } from './jobs/prepare.ts';
export { type CompareOptions, type Comparison, compareRecipes } from './jobs/recipes/compare-recipes.ts';
export { evaluateModel } from './jobs/recipes/evaluate-model.ts';
export { type TrainedCard, trainModel } from './jobs/recipes/train-model.ts';
export { readSimulation } from './jobs/recipes/truth.ts';
export { type Progress, type Reporter, silentReporter } from './jobs/reporter.ts';
export { defineConfig, resolveRecipe, type Settings, type SettingsInput, settingsDefaults } from './jobs/settings.ts';
export type { ComparisonReport } from './measure/comparison-report.ts';
export type { LearningCurve } from './measure/learning-curve.ts';
export type { MemoryCounters } from './memory/counters.ts';
export type { MemoryLimits } from './memory/limits.ts';
export {
  type Applied,
  createMemory,
  type Known,
  type Memory,
  type MemoryOptions,
  type MemorySettings,
} from './memory/memory.ts';
export type { MemorySnapshot } from './memory/snapshot.ts';
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
export { loadModel, type ModelCard, type StoredModel, saveModel } from './scoring/model-folder.ts';
export { createSlateScorer, type ItemScore, type SlateScore, type SlateScorer } from './scoring/slate-scorer.ts';
export { type Drink, drinkProbability, simulateDrinks } from './simulator/drinks.ts';
export {
  type SimulationOptions,
  simulate,
  simulationDefaults,
  type TruthHeader,
  type TruthRow,
} from './simulator/simulate.ts';
export { type TrueMarket, trueMarket } from './simulator/true-market.ts';
export { writeSimulation } from './simulator/write-simulation.ts';
export type { ErrorCode, RejectReason } from './slate/error-code.ts';
export { eventToJson } from './slate/event-to-json.ts';
export type { InteractionEvent, ItemEvent, LogEvent, RankedItem, RankingEvent, UserEvent } from './slate/events.ts';
export type { Fields, FieldUpdates, FieldValue } from './slate/fields.ts';
export { InputError } from './slate/input-error.ts';
export { type ParseOptions, parseEvent } from './slate/parse-event.ts';
export { RejectedEvent } from './slate/rejected-event.ts';
export type { EventSource, SourceRecord } from './sources/event-source.ts';
export { inMemorySource } from './sources/in-memory.ts';
export { jsonLinesSource } from './sources/json-lines/event-log.ts';
export { exactKPointer, type PointerConfig } from './train/pointer/pointer-config.ts';
export {
  attentionBce,
  attentionListNet,
  attentionTriplet,
  pointwiseBce,
  recipes,
} from './train/recipes/recipe.ts';
export type { TrainingConfig } from './train/recipes/training-config.ts';
