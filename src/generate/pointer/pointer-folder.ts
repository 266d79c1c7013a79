import { access, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InputSpec } from '../../encoding/columns/encoded-slates.ts';
import { POINTER_FOLDER } from '../../files/folder-kinds.ts';
import { checkManifest, MANIFEST, writeManifest } from '../../files/manifest.ts';
import { type AskedPath, refuseNoPath, replaceFolder } from '../../files/output-folder.ts';
import { refuseInside } from '../../files/outputs.ts';
import { createPointerModel, type PointerModel, type PointerModelConfig } from '../../models/pointer.ts';
import { encodeArrays } from '../../models/tables/array-file.ts';
import { loadWeights, modelArrays } from '../../models/tables/weights.ts';
import { createRng } from '../../random/rng.ts';
import {
  finiteArrays,
  type LoadOptions,
  loadModel,
  parseModelFile,
  REMEDY,
  type SavedModel,
  type StoredModel,
  saveModel,
} from '../../scoring/model-folder.ts';
import { checkArgument } from '../../slate/check-argument.ts';
import { InputError } from '../../slate/input-error.ts';

/** Changes when older folders can no longer be read. */
export const POINTER_FORMAT = 3;

/** What `pointer.bin` says of itself. */
const WEIGHTS_FORMAT = 1;

/** The files that a manifest binds together: those of the scorer by its own. */
const FILES = [POINTER_FOLDER.mark, 'pointer.bin', `scorer/${MANIFEST}`];

/** A pointer with the scorer that taught it: everything that generating needs on another machine, features and memory among it. */
export interface StoredPointer {
  readonly model: PointerModel;
  readonly scorer: StoredModel;
  readonly card: PointerCard;
}

/** What a person wants to know of a pointer. */
export interface PointerCard {
  readonly recipe: string;
  readonly seed: number;
  /** What it learned to maximise. */
  readonly objective: string;
  /** K and N of its training requests; it serves others too. */
  readonly size: number;
  readonly candidates: number;
  /** The resolved training config. */
  readonly config: unknown;
  /** Data, split, counts, learning curve: as printed when it was trained. */
  readonly protocol: unknown;
  readonly version: string;
}

interface PointerJson {
  readonly kind: 'generator';
  readonly format: number;
  readonly modelConfig: PointerModelConfig;
  readonly spec: InputSpec;
  readonly card: PointerCard;
}

const GENERATOR: AskedPath = { place: 'the generator', remedy: 'name its folder', code: 'model-missing' };

/** Writes `pointer.json`, `pointer.bin`, the scorer's own folder, `scorer/`, and a manifest; the folder appears only when it is complete, and replaces none but a generator. */
export async function savePointer(folder: string, saved: StoredPointer & Pick<SavedModel, 'also'>): Promise<void> {
  checkArgument(saved, 'savePointer', {
    expected: 'a generator that loadPointer gives',
    remedy: 'load one',
    parts: ['model.spec', 'scorer', 'card'],
  });
  await refuseInside(folder);
  const { model, scorer, card, also } = saved;
  const json: PointerJson = {
    kind: 'generator',
    format: POINTER_FORMAT,
    modelConfig: model.config,
    spec: model.spec,
    card,
  };
  await replaceFolder(folder, POINTER_FOLDER, async (building) => {
    await saveModel(join(building, 'scorer'), scorer);
    await writeFile(join(building, 'pointer.json'), `${JSON.stringify(json, null, 1)}\n`);
    await writeFile(join(building, 'pointer.bin'), encodeArrays({ format: WEIGHTS_FORMAT }, modelArrays(model)));
    await writeManifest(building, FILES);
    await also?.(building);
  });
}

/** Whether a folder holds a generator; false too where there is no such folder. */
export const isPointerFolder = (folder: string): Promise<boolean> =>
  access(join(folder, 'pointer.json')).then(
    () => true,
    () => false,
  );

/** Loads a pointer and its scorer. Throws `InputError` where the folder is none, or damaged. */
export async function loadPointer(folder: string, options: LoadOptions = {}): Promise<StoredPointer> {
  refuseNoPath(folder, GENERATOR);
  const text = await readFile(join(folder, 'pointer.json'), 'utf8').catch(async () => {
    const found = await access(join(folder, 'model.json')).then(
      () => "a scorer's",
      () => 'no pointer.json in it',
    );
    throw new InputError(
      `${folder}: expected a generator's folder, found ${found}; make one with npx slatewise train <data> --recipe exact-k-pointer --scorer <model> --out <folder>`,
      'model-missing',
    );
  });
  const json = parseModelFile<PointerJson>(folder, text, { file: POINTER_FOLDER.mark, format: POINTER_FORMAT });
  await checkManifest(folder, { names: FILES, remedy: REMEDY, code: 'model-damaged' });
  const scorer = await loadModel(join(folder, 'scorer'), options);
  try {
    // The seed does not matter: every value is overwritten.
    // Folders written before there was a choice say nothing of it.
    const config: PointerModelConfig = { ...{ glimpse: 'added', intra: false }, ...json.modelConfig };
    const model = createPointerModel(createRng(0), { config, spec: json.spec });
    loadWeights(model, finiteArrays(await readFile(join(folder, 'pointer.bin'))));
    return { model, scorer, card: json.card };
  } catch (error) {
    throw new InputError(
      `${folder}: expected a complete generator's folder, found a damaged one (${(error as Error).message}); ${REMEDY}`,
      'model-damaged',
    );
  }
}
