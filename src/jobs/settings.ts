import { z } from 'zod';
import { type SplitOptions, splitDefaults } from '../datasets/walk/split.ts';
import { type ClickGraphOptions, clickGraphDefaults } from '../encoding/columns/click-graph.ts';
import { type EncoderOptions, encoderDefaults } from '../encoding/encoders/encoders.ts';
import { fieldKindNames } from '../encoding/field-kinds/field-kinds.ts';
import type { FieldOverrides } from '../encoding/schema/schema.ts';
import { valueThat } from '../slate/check-options.ts';
import { CHOOSE_OR_BRING, unknownName } from '../slate/nearest-name.ts';
import { isPlainRecord } from '../slate/plain-record.ts';
import { isPromise } from '../slate/promise.ts';
import { show } from '../slate/rejected-event.ts';
import { issueOf, issuePath, issuePlace, oneOf, plain, protoKey, strictObject } from '../slate/strict-schema.ts';
import { joinDefaults } from '../sources/join/join-interactions.ts';
import {
  type SeparateTables,
  type ShownColumns,
  separateTablesSchema,
  shownColumnsSchema,
} from '../sources/tables/table-columns.ts';
import { type CalibrationChoice, calibrationChoices } from '../train/calibration/fit-calibration.ts';
import { exactKPointer, type PointerConfig, pointerConfigSchema } from '../train/pointer/pointer-config.ts';
import { POINTER_RECIPE } from '../train/pointer/pointer-name.ts';
import { mergeDeep } from '../train/recipes/merge-deep.ts';
import type { TrainingConfig } from '../train/recipes/training-config.ts';
import { readTrainingConfig } from '../train/recipes/training-schema.ts';
import { ConfigError, orConfigError } from './config-error.ts';
import { kindsOf, type OwnKind } from './kinds.ts';

/** What a config file may say; everything has a default. */
export interface Settings {
  readonly split: SplitOptions;
  /** Kinds of fields given by hand, by `scope.name`, such as `"item.price": "numeric"`. */
  readonly fields: FieldOverrides;
  readonly encoders: EncoderOptions;
  readonly historyLength: number;
  readonly embeddingWidth: number;
  /** Sampling of the click graph, for recipes that see it. */
  readonly graph: ClickGraphOptions;
  /** Milliseconds after a list in which a click still counts. */
  readonly joinWindow: number;
  readonly labelTypes: readonly string[];
  /** What a memory may hold; without a number, everything that was met. */
  readonly memory: MemoryConfig;
  /** What logs call the first position: 0 or 1. */
  readonly firstPosition: number;
  /** Of an import of a table with a row for every shown item: which column holds what. */
  readonly columns?: ShownColumns;
  /** Of an import of items, users, lists and clicks that lie apart. */
  readonly tables?: SeparateTables;
  /** How items' logits become calibrated ones: chosen on validation, none, or a form by its name. */
  readonly calibration: CalibrationChoice;
  /** Changes to recipes, by recipe name: any part of a training config. */
  readonly recipes: Readonly<Record<string, unknown>>;
  /** Losses, scorers and recipes of one's own, which recipes may name: made by `defineLoss`, `defineScorer`, `defineRecipe`. */
  readonly kinds: readonly OwnKind[];
}

/** Users and items met longest ago go first; days of the events' time. */
export interface MemoryConfig {
  readonly users?: number | undefined;
  readonly items?: number | undefined;
  readonly userDays?: number | undefined;
  readonly itemDays?: number | undefined;
}

/** A config file's content: any part of the settings, at any depth. */
export type SettingsInput = {
  readonly [key in keyof Settings]?: Settings[key] extends readonly unknown[]
    ? Settings[key]
    : Settings[key] extends object
      ? Partial<Settings[key]>
      : Settings[key];
};

/** What holds where a config says nothing. */
export const settingsDefaults: Settings = {
  split: splitDefaults,
  fields: {},
  encoders: encoderDefaults,
  historyLength: 10,
  embeddingWidth: 8,
  graph: clickGraphDefaults,
  joinWindow: joinDefaults.joinWindow,
  labelTypes: joinDefaults.labelTypes,
  memory: {},
  firstPosition: 0,
  calibration: 'choose',
  recipes: {},
  kinds: [],
};

const share = z.number().min(0.01).max(0.98);
const seed = z.number().int();
const settingsSchema = strictObject({
  $schema: z.string().optional(),
  $comment: z.string().optional(),
  split: strictObject({
    by: oneOf(['time', 'user']).optional(),
    train: share.optional(),
    validation: share.optional(),
    seed: seed.optional(),
  }).optional(),
  fields: plain(z.record(z.string(), oneOf(fieldKindNames))).optional(),
  encoders: strictObject({
    minCount: z.number().int().min(1).optional(),
    vocabularyLimit: z.number().int().min(1).max(10_000_000).optional(),
    itemIdMinCount: z.number().int().min(0).optional(),
    userIdMinCount: z.number().int().min(0).optional(),
  }).optional(),
  historyLength: z.number().int().min(1).max(50).optional(),
  embeddingWidth: z.number().int().min(1).max(256).optional(),
  graph: strictObject({
    fanOut: z.number().int().min(1).max(50).optional(),
    clicks: z.number().int().min(1).max(50).optional(),
    seed: seed.optional(),
  }).optional(),
  joinWindow: z.number().positive().optional(),
  labelTypes: z.array(z.string().min(1)).min(1).optional(),
  memory: strictObject({
    users: z.number().int().min(1).optional(),
    items: z.number().int().min(1).optional(),
    userDays: z.number().positive().optional(),
    itemDays: z.number().positive().optional(),
  }).optional(),
  firstPosition: z.number().int().min(0).max(1).optional(),
  columns: shownColumnsSchema.optional(),
  tables: separateTablesSchema.optional(),
  calibration: oneOf(calibrationChoices).optional(),
  recipes: plain(z.record(z.string(), valueThat('an object of changes', isPlainRecord).optional())).optional(),
});

/** Helps an editor complete a `slatewise.config.ts`. */
export const defineConfig = (settings: SettingsInput): SettingsInput => settings;

/** Settings with everything that is not given by default. Throws `ConfigError`, whose sentence begins with `path`: where the config comes from. */
export function settingsFrom(given: unknown, path: string): Settings {
  if (!isPlainRecord(given))
    throw new ConfigError(
      `${path}: expected an object of settings, found ${show(given)}; ${isPromise(given) ? 'await it' : 'docs/config.md lists the settings'}`,
      'invalid-config',
    );
  const { kinds, config } = apart(given);
  const { recipes } = orConfigError(() => kindsOf(kinds), `${path}: `);
  const proto = protoKey(config);
  if (proto)
    throw new ConfigError(
      `${path}: ${proto.join('.')}: expected a name, found "__proto__"; leave it out`,
      'invalid-config',
    );
  const parsed = settingsSchema.safeParse(config);
  if (!parsed.success)
    throw new ConfigError(
      `${issuePlace(parsed.error, path)}: ${withHint(issueOf(parsed.error, config), 'docs/config.md lists the settings')}`,
      'invalid-config',
    );
  const { $schema: _, $comment: __, ...changes } = parsed.data;
  const known = [...recipes.names, POINTER_RECIPE];
  const unknown = Object.keys(changes.recipes ?? {}).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new ConfigError(`${path}: recipes: ${unknownName(unknown, known, CHOOSE_OR_BRING)}`, 'unknown-name');
  }
  const settings = { ...(mergeDeep(settingsDefaults, changes) as Settings), kinds };
  // Also of a recipe that is not trained now: what is misspelt today would be believed for years.
  const own = kinds.flatMap(({ kind, name }) => (kind === 'recipe' ? [name] : []));
  for (const name of new Set([...Object.keys(settings.recipes), ...own]))
    orConfigError(() => checkChanges(name, settings), `${path}: `);
  return settings;
}

/**
 * Throws `ConfigError` for changes to a recipe, or to the pointer, with which it cannot be trained. `place` names them in the sentence: `recipes.<name>` unless told otherwise.
 */
export function checkChanges(name: string, settings: Settings, place?: string): void {
  if (name === POINTER_RECIPE) pointerOf(settings, {});
  else recipeOf(name, settings, place);
}

/** Kinds are code, and no schema looks into them. */
function apart(config: Readonly<Record<string, unknown>>): {
  readonly kinds: readonly OwnKind[];
  readonly config: unknown;
} {
  if (config.kinds === undefined) return { kinds: [], config };
  const { kinds, ...rest } = config;
  return { kinds: kinds as readonly OwnKind[], config: rest };
}

/** A recipe's full config with the settings' changes to it. Throws `ConfigError` for settings that are not valid, a name that no recipe has, or changes with which it cannot be trained. */
export function resolveRecipe(name: string, settings: Settings = settingsDefaults): TrainingConfig {
  return recipeOf(name, settingsFrom(settings, 'resolveRecipe: settings'));
}

function recipeOf(name: string, { recipes, kinds: own }: Settings, place?: string): TrainingConfig {
  const kinds = kindsOf(own);
  const base = orConfigError(() => kinds.recipes.named(name).config());
  if (recipes[name] === undefined && !isOwn(name, own)) return base;
  const merged = mergeDeep(base, recipes[name]);
  const parsed = orConfigError(() => readTrainingConfig(merged, name, kinds));
  if (!parsed.success) throw wrongRecipe(name, parsed.error, { config: merged, isOwn: isOwn(name, own), place });
  if (parsed.data.recipe === name) return parsed.data;
  // Runs and reports go by it.
  throw new ConfigError(
    `${place ?? `recipes.${name}`}.recipe: expected "${name}", found ${JSON.stringify(parsed.data.recipe)}; leave it out, a recipe keeps its name`,
    'invalid-config',
  );
}

/** Only those were seen by no test of ours. */
const isOwn = (name: string, own: readonly OwnKind[]): boolean =>
  own.some((each) => each.kind === 'recipe' && each.name === name);

/** The pointer's full config with the settings' changes to it, and those of the command line. */
export function resolvePointer(settings: Settings, given: Partial<PointerConfig> = {}): PointerConfig {
  const config = pointerOf(settings, given);
  const { size, candidates } = config;
  if (candidates >= size) return config;
  throw new ConfigError(
    `${POINTER_RECIPE}: expected at least as many candidates as places, found ${candidates} for ${size}; raise candidates or lower size`,
    'invalid-config',
  );
}

function pointerOf({ recipes }: Settings, given: Partial<PointerConfig>): PointerConfig {
  const config = mergeDeep(mergeDeep(exactKPointer(), recipes[POINTER_RECIPE]), given);
  const parsed = pointerConfigSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  throw wrongRecipe(POINTER_RECIPE, parsed.error, { config, isOwn: false });
}

const builtInHint = (name: string): string =>
  `to see the recipe's own config: npx slatewise train --recipe ${name} --show-config --no-config`;

/** No command shows a recipe of one's own before it is right: without the config nobody knows it. */
const OWN_HINT =
  'mend the recipe, or its changes in the settings, and bring the losses, scorers and metrics of your own that it names in kinds too';

function wrongRecipe(
  name: string,
  error: z.ZodError,
  { config, isOwn, place }: { readonly config: unknown; readonly isOwn: boolean; readonly place?: string | undefined },
): ConfigError {
  const where =
    isOwn && place === undefined
      ? issuePlace(error, `recipe "${name}"`)
      : [place ?? `recipes.${name}`, ...issuePath(error)].join('.');
  const sentence = withHint(issueOf(error, config), isOwn ? OWN_HINT : builtInHint(name));
  return new ConfigError(`${where}: ${sentence}`, 'invalid-config');
}

/** A sentence that ends with a question has said what to do. */
const withHint = (sentence: string, hint: string): string =>
  sentence.endsWith('?') ? sentence : `${sentence}; ${hint}`;
