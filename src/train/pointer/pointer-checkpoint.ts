import type { ValuedSlate } from '../../generate/generator.ts';
import { decodeArrays, encodeArrays } from '../../models/tables/array-file.ts';
import type { RunFacts, Store } from '../checkpoints/checkpoint.ts';
import { type Learned, learnedArrays, learnedFrom, stepsOf, storeIn } from '../checkpoints/checkpoint-folder.ts';
import type { PointerConfig } from './pointer-config.ts';
import type { PointerRecord } from './pointer-record.ts';

/** Everything needed to go on as if nothing had happened: a resumed run ends bitwise like an uninterrupted one. */
export interface PointerCheckpoint extends Learned, RunFacts {
  readonly config: PointerConfig;
  readonly step: number;
  readonly records: readonly PointerRecord[];
  readonly keptEpoch: number;
  /** Sums of the epoch under way. */
  readonly tally: EpochTally;
  /** Of every training request, as hill climbing has improved them. */
  readonly demonstrations: readonly ValuedSlate[];
  /** Mean value of the held-out requests' beams. */
  readonly reference: number;
}

/** What training requests showed so far in an epoch. */
export interface EpochTally {
  imitationLoss: number;
  imitated: number;
  sampledValue: number;
  sampled: number;
}

type Facts = Omit<PointerCheckpoint, keyof Learned | 'demonstrations'> & {
  readonly hasBest: boolean;
  readonly steps: Readonly<Record<string, number>>;
  readonly demonstrations: readonly { readonly places: readonly number[]; readonly value: number }[];
};

export const pointerCheckpointFolder = (folder: string): Store<PointerCheckpoint> =>
  storeIn(folder, { encode, decode });

function encode({ best, weights, optimizers, demonstrations, ...rest }: PointerCheckpoint): Uint8Array {
  const facts: Facts = {
    ...rest,
    hasBest: best !== undefined,
    steps: stepsOf(optimizers),
    demonstrations: demonstrations.map(({ places, value }) => ({ places: [...places], value })),
  };
  return encodeArrays(facts, learnedArrays({ best, weights, optimizers }));
}

function decode(bytes: Uint8Array): PointerCheckpoint {
  const { facts, arrays } = decodeArrays<Facts>(bytes);
  const { hasBest, steps, demonstrations, ...rest } = facts;
  return {
    ...rest,
    ...learnedFrom(arrays, { hasBest, steps }),
    demonstrations: demonstrations.map(({ places, value }) => ({ places: Int32Array.from(places), value })),
  };
}
