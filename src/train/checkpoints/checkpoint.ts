import type { Weights } from '../../models/tables/weights.ts';
import { InputError } from '../../slate/input-error.ts';
import type { EpochRecord } from '../epoch-record.ts';
import type { AdamState } from '../optimizers/adamw.ts';
import type { AverageState } from '../optimizers/average.ts';
import type { TrainingConfig } from '../recipes/training-config.ts';

/** What tells a run from others. */
export interface RunFacts {
  readonly config: unknown;
  readonly seed: number;
  /** Names what it learns from, and the program that does: a digest. */
  readonly origin: string;
}

/** Everything needed to go on as if nothing had happened: a resumed run ends bitwise like an uninterrupted one. */
export interface Checkpoint extends RunFacts {
  readonly config: TrainingConfig;
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

/** A checkpoint of other data, another recipe, config or seed is none of ours. */
export function sameRun(checkpoint: RunFacts, run: RunFacts): boolean {
  const [ours, theirs] = [run, checkpoint].map(({ config, seed, origin }) => JSON.stringify([config, seed, origin]));
  return ours === theirs;
}

/** Cut off, or no checkpoint at all; the message names the file. */
export class DamagedCheckpoint extends InputError {}
