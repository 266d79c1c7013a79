import type { OwnKind } from '../jobs/kinds.ts';
import type { Progress } from '../jobs/reporter.ts';
import type { SettingsInput } from '../jobs/settings.ts';
import type { RecipeChanges } from '../train/recipes/define-recipe.ts';
import type { FieldDefinitions } from './fields.ts';

/** How a model answers. */
export interface AnswerOptions {
  /** Threads that answer; 1 unless told otherwise: more help calls with many lists, and searches. Answers do not depend on it. */
  readonly workers?: number | undefined;
  /** What to do with a field of a request that the model has never met: `refuse` the request, which is the default, or answer it and `warn`. */
  readonly unknownFields?: 'refuse' | 'warn' | undefined;
  /** What time it is, epoch milliseconds: the time of requests and events that name none, and what is from the future. The later of `Date.now()` and the latest event unless told otherwise. */
  readonly now?: (() => number) | undefined;
}

/** What a training may be told; everything has a default. */
export interface TrainOptions<F extends FieldDefinitions = FieldDefinitions> extends AnswerOptions {
  /** `attention-listnet` unless told otherwise; `docs/which-recipe.md` says which to take. */
  readonly recipe?: string | undefined;
  /** Changes to the recipe, such as `{ epochs: 4 }`: any part of its config. */
  readonly changes?: RecipeChanges | undefined;
  /** Kinds of fields, from `defineFields`; those of others are told from their values. */
  readonly fields?: F | undefined;
  /** What else a config file may say: split, encoders, join window, label types, limits of what is remembered. */
  readonly settings?: SettingsInput | undefined;
  /** Losses, scorers, metrics, rules and recipes of your own, made by the functions of `slatewise/kinds`: a recipe may name them, a request's rules yours. */
  readonly kinds?: readonly OwnKind[] | undefined;
  /** Decides all that is drawn: a whole number from 0; 1 unless told otherwise. */
  readonly seed?: number | undefined;
  /** Threads that train, and then answer. Left out, as many train as there are cores, 8 at most, and 1 answers. The model does not depend on it. */
  readonly workers?: number | undefined;
  /** Afterwards trains anew on every list, for as many epochs: the model for production. */
  readonly refitAll?: boolean | undefined;
  /** Told how far each task is. What it throws, or rejects with, ends the training. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Stops it: `train` rejects with the signal's reason, and nothing half-made stays. */
  readonly signal?: AbortSignal | undefined;
}

/** What opening a model may be told. */
export interface OpenOptions<F extends FieldDefinitions = FieldDefinitions> extends AnswerOptions {
  /** The fields that it was trained with, from `defineFields`: they give events and requests their types. */
  readonly fields?: F | undefined;
  /** Kinds of your own: those that it was trained with, and rules for slates. */
  readonly kinds?: readonly OwnKind[] | undefined;
  /** Stops it: `open` rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}
