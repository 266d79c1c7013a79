import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeArrays, encodeArrays } from '../models/array-file.ts';
import type { Weights } from '../models/weights.ts';
import type { AdamState } from './adamw.ts';
import type { AverageState } from './average.ts';
import type { EpochRecord } from './epoch-record.ts';
import type { TrainingConfig } from './training-config.ts';

/** Everything needed to go on as if nothing had happened: a resumed run ends bitwise like an uninterrupted one. */
export interface Checkpoint {
  readonly config: TrainingConfig;
  readonly seed: number;
  /** Optimizer steps done. The order of the lists and every dropout mask follow from it and the seed. */
  readonly step: number;
  readonly epochs: readonly EpochRecord[];
  readonly keptEpoch: number;
  /** The epoch that the stage before kept, of recipes that have one. */
  readonly firstStageEpoch?: number | undefined;
  readonly best: Weights | undefined;
  readonly weights: Weights;
  readonly average: AverageState;
  readonly optimizers: Readonly<Record<string, AdamState>>;
}

export interface Store<T> {
  load(): Promise<T | undefined>;
  save(checkpoint: T): Promise<void>;
}
export type CheckpointStore = Store<Checkpoint>;

/** A checkpoint of another recipe, config or seed is none of ours. */
export function sameRun(
  checkpoint: { readonly config: unknown; readonly seed: number },
  run: { readonly config: unknown; readonly seed: number },
): boolean {
  return checkpoint.seed === run.seed && JSON.stringify(checkpoint.config) === JSON.stringify(run.config);
}

export const checkpointFolder = (folder: string): CheckpointStore => storeIn(folder, { encode, decode });

/** One file in a folder, replaced as a whole: a crash while saving leaves the one before. */
export function storeIn<T>(
  folder: string,
  { encode, decode }: { readonly encode: (value: T) => Uint8Array; readonly decode: (bytes: Uint8Array) => T },
): Store<T> {
  const path = join(folder, 'checkpoint.bin');
  return {
    async load() {
      const bytes = await readFile(path).catch(() => undefined);
      return bytes ? decode(bytes) : undefined;
    },
    async save(checkpoint) {
      await mkdir(folder, { recursive: true });
      await writeFile(`${path}.new`, encode(checkpoint));
      await rename(`${path}.new`, path);
    },
  };
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
  extends Pick<Checkpoint, 'config' | 'seed' | 'step' | 'epochs' | 'keptEpoch' | 'firstStageEpoch'> {
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
