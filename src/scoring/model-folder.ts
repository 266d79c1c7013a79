import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InputSpec } from '../encoding/columns/encoded-slates.ts';
import {
  type FittedFeatures,
  type FittedFeaturesJson,
  fittedFeaturesFromJson,
  fittedFeaturesToJson,
} from '../encoding/columns/fitted-features.ts';
import { createSlateEncoder, memoryItems, type SlateEncoder } from '../encoding/columns/slate-encoder.ts';
import { MODEL_FOLDER } from '../files/folder-kinds.ts';
import { checkManifest, writeManifest } from '../files/manifest.ts';
import { replaceFolder } from '../files/output-folder.ts';
import { refuseInside } from '../files/outputs.ts';
import type { Memory, MemorySettings } from '../memory/memory.ts';
import { memoryInPieces } from '../memory/memory-in-pieces.ts';
import type { UserStorage } from '../memory/users.ts';
import { createModel, type Model } from '../models/model.ts';
import type { Scorer } from '../models/scorer.ts';
import { scorers as builtInScorers } from '../models/scorers.ts';
import type { ScorerConfig } from '../models/shared/scorer-config.ts';
import { decodeArrays, encodeArrays } from '../models/tables/array-file.ts';
import { loadWeights, modelArrays } from '../models/tables/weights.ts';
import { createRng } from '../random/rng.ts';
import { checkOptionsArgument } from '../slate/check-argument.ts';
import type { RankingEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';
import type { JournalPosition } from '../slate/journal-position.ts';
import type { Registry } from '../slate/registry.ts';
import { show } from '../slate/rejected-event.ts';
import type { Calibration } from './calibration/calibration.ts';
import { checkStored } from './check-stored.ts';
import { notFiniteIn } from './finite.ts';
import { compileForward } from './forward-graph.ts';
import { inTurns } from './in-turns.ts';
import type { ListHead } from './list-head/list-head.ts';
import { readMemory, writeMemory } from './memory-file.ts';

/** Changes when older folders can no longer be read. */
export const MODEL_FORMAT = 8;

/** What `weights.bin` says of itself; the folder's own format is in `model.json`. */
const WEIGHTS_FORMAT = 3;

/** The files that a manifest binds together. */
export const MODEL_FILES: Readonly<Record<'json' | 'weights' | 'memory', string>> = {
  json: MODEL_FOLDER.mark,
  weights: 'weights.bin',
  memory: 'memory.jsonl.gz',
};

/** In the folders of before, what `graph` in `model.json` tells now. */
const OLD_GRAPH = 'scorer.onnx';

/** Everything a model needs on another machine: it scores there with identical logits. */
export interface StoredModel {
  readonly model: Model;
  /** From the graph's logits of items to those that the model tells. */
  readonly calibration: Calibration;
  /** From the items' logits to the list's. */
  readonly listHead: ListHead;
  readonly features: FittedFeatures;
  readonly encoder: SlateEncoder;
  /** What is known: item metadata, counts, users' histories; at first as of the end of the training log. */
  readonly memory: Memory;
  /** Some of the lists that it was trained on: the average company of an item. None of a model that keeps none. */
  readonly lists?: readonly RankingEvent[] | undefined;
  readonly card: ModelCard;
}

/** What a person, or `evaluate`, wants to know of a model. */
export interface ModelCard {
  readonly recipe: string;
  readonly seed: number;
  /** Logit from which a click is predicted; chosen on validation. NaN predicts none: validation had no click. */
  readonly threshold: number;
  /** Time of the last list in its memory, epoch milliseconds. */
  readonly knownUntil: number;
  /** Time of the last list that it learned from, epoch milliseconds, where later ones were held out by time. Absent: it may have learned from all that it knows. */
  readonly learnedUntil?: number | undefined;
  /** Where it was trained from a server's journal: up to which entry its memory knows it. */
  readonly journal?: JournalPosition | undefined;
  /** The resolved training config. */
  readonly config: unknown;
  /** Data, split, counts, metrics on validation: as printed when it was trained. */
  readonly protocol: unknown;
  readonly version: string;
}

/** What `model.json` holds. */
export interface ModelJson {
  readonly format: number;
  readonly scorer: string;
  /** SHA-256 of the scorer's graph: another scorer of the same name has another. */
  readonly graph?: string | undefined;
  readonly scorerConfig: ScorerConfig;
  readonly spec: InputSpec;
  readonly calibration: Calibration;
  readonly listHead: ListHead;
  readonly features: FittedFeaturesJson;
  readonly memory: MemorySettings;
  readonly lists?: readonly RankingEvent[] | undefined;
  readonly card: ModelCard;
}

/** What a folder is written from. */
export interface SavedModel extends Omit<StoredModel, 'encoder' | 'memory'> {
  readonly memory: Pick<Memory, 'settings' | 'snapshot'>;
  /** Aborts it; the folder stays as it was. */
  readonly signal?: AbortSignal | undefined;
  /** Writes what else lies in the folder, before it appears. */
  readonly also?: (building: string) => Promise<void>;
}

/** Writes `model.json`, `weights.bin`, `memory.jsonl.gz` and a manifest of them; the folder appears only when it is complete, and replaces none but a model. */
export async function saveModel(folder: string, saved: SavedModel): Promise<void> {
  checkStored(saved, 'saveModel');
  await refuseInside(folder);
  const { model, calibration, listHead, features, memory, lists, card, signal, also } = saved;
  const json: ModelJson = {
    format: MODEL_FORMAT,
    scorer: model.scorer.name,
    graph: hashOf(compileForward(model).graph.bytes),
    scorerConfig: model.config,
    spec: model.spec,
    calibration,
    listHead,
    features: fittedFeaturesToJson(features),
    memory: memory.settings,
    lists,
    card,
  };
  await replaceFolder(folder, MODEL_FOLDER, async (building) => {
    await writeFile(join(building, MODEL_FILES.json), `${JSON.stringify(json, null, 1)}\n`);
    await writeFile(join(building, MODEL_FILES.weights), encodeArrays({ format: WEIGHTS_FORMAT }, modelArrays(model)));
    await writeMemory(join(building, MODEL_FILES.memory), memory.snapshot());
    await writeManifest(building, Object.values(MODEL_FILES));
    await also?.(building);
    signal?.throwIfAborted();
  });
}

export interface LoadOptions {
  /** Those that stored models may have; the program's own unless told otherwise. */
  readonly scorers?: Registry<Scorer>;
  /** What the users of its memory lie in. */
  readonly storage?: UserStorage | undefined;
}

/** What `model.json` says, and the names of all files of the folder. Throws `InputError` for another format, and where a file is not as it was saved. */
export async function checkModelFiles(
  folder: string,
  text: string,
): Promise<{ readonly json: ModelJson; readonly names: readonly string[] }> {
  const json = parseModelFile<ModelJson>(folder, text, { file: MODEL_FILES.json, format: MODEL_FORMAT });
  const names = [...Object.values(MODEL_FILES), ...(json.graph === undefined ? [OLD_GRAPH] : [])];
  await checkManifest(folder, { names, remedy: REMEDY, code: 'model-damaged' });
  return { json, names };
}

/** Throws `InputError` where the folder is none, of another format, or not as it was saved, and where its scorer is none of `scorers`, or another of the same name. */
export async function loadModel(folder: string, options: LoadOptions = {}): Promise<StoredModel> {
  checkOptionsArgument(options, 'loadModel');
  const { scorers = builtInScorers, storage } = options;
  if (typeof folder !== 'string' || folder === '')
    throw new InputError(
      `a model folder: expected its path, found ${show(folder)}; make one with train and save, or on the command line with npx slatewise train`,
      'model-missing',
    );
  const text = await readFile(join(folder, 'model.json'), 'utf8').catch(async () => {
    const generator = await readFile(join(folder, 'pointer.json')).catch(() => undefined);
    if (generator) {
      throw new InputError(
        `${folder}: expected a scorer's model folder, found a generator's; the scorer that taught it is in ${join(folder, 'scorer')}`,
        'other-model',
      );
    }
    throw new InputError(
      `${folder}: expected a model folder, found no model.json in it; make one with train and save, or on the command line with npx slatewise train <data> --out ${folder}`,
      'model-missing',
    );
  });
  const { json } = await checkModelFiles(folder, text);
  const scorer = scorers.has(json.scorer) ? scorers.named(json.scorer) : undefined;
  if (!scorer) {
    throw new InputError(
      `${folder}: expected a model with a scorer of ${scorers.names.join(', ')}, found ${JSON.stringify(json.scorer) ?? 'none'}; give your own in kinds (on the command line in the file of --config), or load it with the version that trained it`,
      'unknown-name',
    );
  }
  try {
    const { calibration, listHead } = json;
    const damage = notFiniteIn({ features: json.features, scorerConfig: json.scorerConfig, calibration, listHead }, [
      'features.encoders.itemIds',
    ]);
    if (damage !== undefined) throw new RangeError(`${damage} is no finite number`);
    const features = fittedFeaturesFromJson(json.features);
    // The seed does not matter: every value is overwritten.
    const model = createModel(createRng(0), { scorer, config: json.scorerConfig, spec: json.spec });
    if (!builtInScorers.has(scorer.name)) await refuseOther(folder, model, json.graph);
    loadWeights(model, finiteArrays(await readFile(join(folder, MODEL_FILES.weights))));
    const encoder = createSlateEncoder(features);
    const known = await readMemory(join(folder, MODEL_FILES.memory));
    const memory = await inTurns(memoryInPieces({ ...memoryItems(encoder), ...json.memory, storage }, known));
    // JSON has no NaN.
    const card = { ...json.card, threshold: json.card.threshold ?? Number.NaN };
    return { model, calibration, listHead, features, encoder, memory, lists: json.lists, card };
  } catch (error) {
    if (error instanceof OtherScorer) throw error;
    throw new InputError(
      `${folder}: expected a complete model folder, found a damaged one (${(error as Error).message}); ${REMEDY}`,
      'model-damaged',
    );
  }
}

class OtherScorer extends InputError {}

/** A caller's scorer may be another by the same name: then it has another graph than the one that was stored. */
async function refuseOther(folder: string, model: Model, graph: string | undefined): Promise<void> {
  const stored = graph ?? hashOf(await readFile(join(folder, OLD_GRAPH)));
  if (stored === hashOf(compileForward(model).graph.bytes)) return;
  throw new OtherScorer(
    `${folder}: expected the scorer "${model.scorer.name}" as it was when the model was trained, found another of that name; give that one in kinds, or train again`,
    'other-model',
  );
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const REMEDY = 'copy the whole folder again, or train it again';

/** The arrays of a file. Throws where there is none, or one holds a number that is not finite. */
export function finiteArrays(bytes: Uint8Array): Readonly<Record<string, Float32Array>> {
  const { arrays } = decodeArrays(bytes);
  for (const [name, array] of Object.entries(arrays)) {
    const at = array.findIndex((value) => !Number.isFinite(value));
    if (at >= 0) throw new RangeError(`number ${at} of "${name}" is ${array[at]}`);
  }
  return arrays;
}

/** The content of `model.json` or `pointer.json`. Throws `InputError` where it is no JSON, or of another format. */
export function parseModelFile<T>(
  folder: string,
  text: string,
  { file, format }: { readonly file: string; readonly format: number },
): T {
  const json = jsonOf(text) as { readonly format?: unknown } | null | undefined;
  if (typeof json !== 'object' || json === null || json.format === undefined) {
    throw new InputError(
      `${folder}: expected a complete model folder, found a damaged ${file} in it; ${REMEDY}`,
      'model-damaged',
    );
  }
  if (json.format !== format) {
    throw new InputError(
      `${folder}: expected a model of format ${format}, found ${JSON.stringify(json.format)}; train it again with this version`,
      'other-model',
    );
  }
  return json as T;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
