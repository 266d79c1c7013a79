import { createHash, type Hash } from 'node:crypto';
import { TRAINING_FORMAT } from '../../train/checkpoints/training-format.ts';
import type { TrainingConfig } from '../../train/recipes/training-config.ts';
import type { PreparedLists } from '../prepare.ts';
import { versions } from '../version.ts';
import { ownKindsDigest } from './own-kinds-digest.ts';

/**
 * A digest of everything but config and seed that decides what is learned from these lists: the lists as they were encoded, the settings, the format of the training and
 * the runtime. Partial copies and the click graph follow from these and the config.
 */
export function originOf({ dataset, encoded, settings }: PreparedLists, parts: readonly Int32Array[]): string {
  const { source: _, ...summary } = dataset.summary;
  // A recipe's config says itself what it is; kinds are known by what is made of them.
  const { recipes: __, kinds: ___, ...rest } = settings;
  const hash = digestOf([summary, dataset.fields, rest]);
  for (const lists of parts) {
    hash.update(bytesOf(lists.map((index) => encoded.listB[index])));
    encoded.slates.digest(hash, lists);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Raised when more is kept of a run, or it is judged otherwise. */
const RUN_FORMAT = 4;

interface KeyedRun {
  readonly config: TrainingConfig;
  readonly seed: number;
}

/** Tells one trained and judged run on these lists from all others. The lists are read once, for however many runs. */
export function runKeys(prepared: PreparedLists): (run: KeyedRun) => string {
  const { train, validation, test } = prepared.encoded;
  const origin = originOf(prepared, [train, validation, test]);
  return (run) =>
    digestOf([RUN_FORMAT, origin, run.config, run.seed, ...ownKindsDigest(prepared, train, run)])
      .digest('hex')
      .slice(0, 16);
}

/** Of one run. */
export const runKey = (prepared: PreparedLists, run: KeyedRun): string => runKeys(prepared)(run);

/** A hash that has read these facts, and what the numbers of a training depend on beside them. */
export const digestOf = (facts: readonly unknown[]): Hash =>
  createHash('sha256').update(JSON.stringify([TRAINING_FORMAT, versions()['onnxruntime-node'], ...facts]));

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
