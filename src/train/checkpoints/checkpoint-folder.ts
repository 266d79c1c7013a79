import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../files/make-folder.ts';
import { decodeArrays, encodeArrays } from '../../models/tables/array-file.ts';
import { InputError } from '../../slate/input-error.ts';
import { type Checkpoint, type CheckpointStore, DamagedCheckpoint, type Store } from './checkpoint.ts';

export const checkpointFolder = (folder: string): CheckpointStore => storeIn(folder, { encode, decode });

/** One file in a folder, replaced as a whole: a crash while saving leaves the one before. `load` throws `DamagedCheckpoint`. */
export function storeIn<T>(
  folder: string,
  { encode, decode }: { readonly encode: (value: T) => Uint8Array; readonly decode: (bytes: Uint8Array) => T },
): Store<T> {
  const path = join(folder, 'checkpoint.bin');
  return {
    async load() {
      const bytes = await readIfThere(path);
      try {
        return bytes && decode(bytes);
      } catch (error) {
        throw new DamagedCheckpoint(
          `${path}: expected a checkpoint, found a damaged file (${(error as Error).message})`,
          'file-damaged',
        );
      }
    },
    async save(checkpoint) {
      await makeFolder(folder);
      await writeFile(`${path}.new`, encode(checkpoint));
      await rename(`${path}.new`, path);
    },
  };
}

/** A file's bytes, undefined where there is none; throws `InputError` where there is one that cannot be read. */
export async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new InputError(
      `${path}: expected a file that can be read, ${message}; change its rights, or delete it`,
      'file-damaged',
    );
  }
}

function encode({ best, weights, average, optimizers, ...facts }: Checkpoint): Uint8Array {
  const arrays = { average: average.sums, ...learnedArrays({ best, weights, optimizers }) };
  const steps = stepsOf(optimizers);
  return encodeArrays({ ...facts, hasBest: best !== undefined, mass: average.mass, steps }, arrays);
}

/** What every kind of training has learned so far. */
export type Learned = Pick<Checkpoint, 'best' | 'weights' | 'optimizers'>;

export function learnedArrays({ best, weights, optimizers }: Learned): Record<string, Float32Array> {
  const arrays: Record<string, Float32Array> = {};
  for (const [name, array] of Object.entries(weights)) arrays[`weights/${name}`] = array;
  for (const [name, array] of Object.entries(best ?? {})) arrays[`best/${name}`] = array;
  for (const [name, { first, second }] of Object.entries(optimizers)) {
    arrays[`first/${name}`] = first;
    arrays[`second/${name}`] = second;
  }
  return arrays;
}

export const stepsOf = (optimizers: Checkpoint['optimizers']): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(optimizers).map(([name, state]) => [name, state.steps]));

interface StoredFacts
  extends Pick<Checkpoint, 'config' | 'seed' | 'origin' | 'step' | 'epochs' | 'keptEpoch' | 'firstStageEpoch'> {
  readonly hasBest: boolean;
  readonly mass: number;
  readonly steps: Readonly<Record<string, number>>;
}

function decode(bytes: Uint8Array): Checkpoint {
  const { facts, arrays } = decodeArrays<StoredFacts>(bytes);
  const { hasBest, mass, steps, ...rest } = facts;
  const average = { sums: arrays.average as Float32Array, mass };
  return { ...rest, ...learnedFrom(arrays, { hasBest, steps }), average };
}

/** The inverse of `learnedArrays`. */
export function learnedFrom(
  arrays: Readonly<Record<string, Float32Array>>,
  { hasBest, steps }: { readonly hasBest: boolean; readonly steps: Readonly<Record<string, number>> },
): Learned {
  const under = (prefix: string): Record<string, Float32Array> =>
    Object.fromEntries(
      Object.entries(arrays)
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, array]) => [name.slice(prefix.length), array]),
    );
  const first = under('first/');
  const second = under('second/');
  const optimizers = Object.fromEntries(
    Object.entries(steps).map(([name, count]) => [name, { first: first[name], second: second[name], steps: count }]),
  );
  return { best: hasBest ? under('best/') : undefined, weights: under('weights/'), optimizers };
}
