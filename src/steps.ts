/**
 * What `train` and `open` are made of, for programs that take the steps one by one.
 *
 * @module slatewise/steps
 */
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
  type SlateGenerator,
  type SlateGeneratorOptions,
} from './generate/request/slate-generator.ts';
export type { MadeSlate, PlacedItem, SlateReply } from './generate/request/slate-reply.ts';
export { type TrainedPointerCard, trainPointer } from './jobs/pointer/train-pointer.ts';
export { type Prepared, prepare } from './jobs/prepare.ts';
export { type TrainedCard, trainModel } from './jobs/recipes/train-model.ts';
export { type Reporter, silentReporter } from './jobs/reporter.ts';
export { resolveRecipe, type Settings, type SettingsInput, settingsDefaults } from './jobs/settings.ts';
export type { Applied } from './memory/applied.ts';
export type { MemoryCapture } from './memory/capture.ts';
export type { MemoryCounters } from './memory/counters.ts';
export type { Known } from './memory/known.ts';
export type { MemoryLimits } from './memory/limits.ts';
export { createMemory, type Memory, type MemoryOptions, type MemorySettings } from './memory/memory.ts';
export { restoreMemory } from './memory/restore-memory.ts';
export { segmentsInFolder } from './memory/segments-in-folder.ts';
export type { MemorySnapshot } from './memory/snapshot.ts';
export type { UserSegment, UserSegments } from './memory/user-segments.ts';
export type { UserStorage } from './memory/users.ts';
export { loadModel, type ModelCard, type StoredModel, saveModel } from './scoring/model-folder.ts';
export type { ItemScore, SlateScore } from './scoring/slate-score.ts';
export { createSlateScorer, type SlateScorer } from './scoring/slate-scorer.ts';
export { exactKPointer, type PointerConfig } from './train/pointer/pointer-config.ts';
export { attentionBce, attentionListNet, attentionTriplet } from './train/recipes/attention.ts';
export { pointwiseBce } from './train/recipes/pointwise.ts';
export { recipes } from './train/recipes/recipes.ts';
export type { TrainingConfig } from './train/recipes/training-config.ts';
