/**
 * The public face of Slatewise: train or open a list model, ask it, tell it what happens. Two steps below it stand here too, for programs that keep a model and its scorer
 * themselves: `loadModel` and `createSlateScorer`. More is under named paths: `slatewise/data`, `slatewise/evaluate`, ...
 *
 * @module slatewise
 */

export type { Rules } from './generate/rules/rules.ts';
export { defineConfig } from './jobs/settings.ts';
export type { EventInput, LiveEvent } from './live/event-input.ts';
export { defineFields } from './live/fields.ts';
export type {
  Explanation,
  GeneratedLists,
  GenerateOptions,
  ListModel,
  ScoredList,
  Snapshot,
} from './live/list-model.ts';
export { open } from './live/open.ts';
export type { OpenOptions, TrainOptions } from './live/options.ts';
export type { RequestInput } from './live/request-input.ts';
export { train } from './live/train.ts';
export { loadModel } from './scoring/model-folder.ts';
export { createSlateScorer } from './scoring/slate-scorer.ts';
export type { ErrorCode } from './slate/error-code.ts';
export { InputError } from './slate/input-error.ts';
