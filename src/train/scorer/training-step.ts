import type { SlateSource } from '../../datasets/slate-source/slate-source.ts';
import { cutBatches } from '../../encoding/batches/cut-batches.ts';
import type { SlateBatch } from '../../encoding/columns/encoded-slates.ts';
import type { Network } from '../../models/model.ts';
import { embeddedWidth } from '../../models/shared/scorer-inputs.ts';
import { bagsOf, type TableGroup, tableGroups, tableInputs } from '../../models/tables/embedding-tables.ts';
import { scorerFeeds } from '../../models/tables/scorer-feeds.ts';
import { gradientName, type JobResult } from '../../runtime/job.ts';
import type { Pool } from '../../runtime/pool.ts';
import { sumGradients } from '../../runtime/sum-gradients.ts';
import type { RuntimeValues } from '../../runtime/value.ts';
import type { Optimizers } from '../optimizers/optimizers.ts';
import { diverged } from './diverged.ts';

export interface StepContext {
  readonly recipe: string;
  readonly model: Network;
  readonly pool: Pool;
  readonly optimizers: Optimizers;
  readonly clip: number;
  readonly gradients: GradientRoom;
}

/** Room for the gradients of a training, used again at every step. */
export interface GradientRoom {
  readonly sum: Float32Array;
  /** Those of micro-batches that nobody reads any more. */
  readonly spare: Float32Array[];
}

export const createGradientRoom = (length: number): GradientRoom => ({ sum: new Float32Array(length), spare: [] });

/** Micro-batches have keys from `first` on; those beyond `count`, of steps with long lists, below `extra`. */
export interface DropoutKeys {
  readonly first: number;
  readonly count: number;
  readonly extra: number;
}

/** Of a step's micro-batch. */
export const dropoutKey = ({ first, count, extra }: DropoutKeys, at: number): number =>
  at < count ? first + at : extra - (at - count) - 1;

export interface StepOptions {
  /** The step's micro-batches, from `collateStep`. */
  readonly batches: readonly SlateBatch[];
  readonly learningRate: number;
  /** From 0, over the whole run. */
  readonly step: number;
  /** What tells the dropout of its micro-batches from all others of the run. */
  readonly keys: DropoutKeys;
  /** Fed beside each micro-batch: its shares of the loss's terms. */
  readonly feeds: readonly RuntimeValues[];
  /** Called once the workers are busy: time to gather the next step's batches. */
  readonly meanwhile: () => void;
}

/** A step's lists in micro-batches of at most so many, of fewer where lists are long. */
export function collateStep(slates: SlateSource, indices: Int32Array, microBatch: number): readonly SlateBatch[] {
  const ends = cutBatches(slates.lengths(indices), microBatch);
  return ends.map((end, at) => slates.batch(indices.subarray(ends[at - 1] ?? 0, end)));
}

/**
 * One optimizer step on a batch: its micro-batches run on the workers, their gradients are summed here in the order of the micro-batches. Each loss is already
 * scaled by its share of the whole. So the step is bitwise the same for any number of workers, and but for rounding and dropout for any size of micro-batches.
 */
export async function trainingStep(context: StepContext, options: StepOptions): Promise<void> {
  const { model, pool } = context;
  const { sum, spare } = context.gradients;
  const { batches, learningRate, step, keys, meanwhile, feeds } = options;
  const running = pool.run(
    batches.map((batch, at) => ({
      feeds: { ...scorerFeeds(batch, model.tables), ...feeds[at] },
      dropoutKey: dropoutKey(keys, at),
      into: spare.pop() ?? new Float32Array(sum.length),
    })),
  );
  meanwhile();
  const results = await running;
  learnFrom(context, { results, batches, shares: batches.map(() => 1), learningRate, step });
  for (const { gradient } of results) spare.push(gradient);
}

export interface LearnOptions {
  /** One of each micro-batch. */
  readonly results: readonly JobResult[];
  readonly batches: readonly SlateBatch[];
  /** What the gradients of each micro-batch are multiplied by before they are summed. */
  readonly shares: readonly number[];
  readonly learningRate: number;
  /** From 0, over the whole run. */
  readonly step: number;
}

/** Moves the weights by the gradients of a step's micro-batches. Throws `InputError` where these are no finite numbers. */
export function learnFrom(context: StepContext, { results, batches, shares, learningRate, step }: LearnOptions): void {
  const { pool, optimizers } = context;
  const { sum } = context.gradients;
  const squares = sumGradients(results, shares, sum);
  for (const [at, result] of results.entries()) {
    for (const group of tableGroups) spread(result, { batch: batches[at], group, context, share: shares[at] });
  }
  const tables = tableGroups.flatMap((group) => optimizers.tables[group]);
  const norm = Math.sqrt(squares + tables.reduce((total, table) => total + table.squaredNorm(), 0));
  if (!Number.isFinite(norm))
    throw diverged(`${context.recipe}, step ${step + 1}`, `a gradient of norm ${norm}`, learningRate);
  const scale = norm > context.clip ? context.clip / norm : 1;
  optimizers.dense.step(pool.parameters, sum, learningRate, scale);
  for (const table of tables) table.step(learningRate, scale);
}

interface SpreadOptions {
  readonly batch: SlateBatch;
  readonly group: TableGroup;
  readonly context: StepContext;
  readonly share: number;
}

/** Takes the gradient of the pooled vectors back to the rows of their tables. */
function spread(result: JobResult, { batch, group, context, share }: SpreadOptions): void {
  const value = result.values[gradientName(tableInputs[group])];
  if (!value) return;
  const { tables } = context.model;
  const gradient = value.data as Float32Array;
  const pooled = share === 1 ? gradient : gradient.map((g) => g * share);
  const bags = bagsOf(batch, group, tables);
  const stride = embeddedWidth(tables[group].map(({ spec }) => spec));
  let column = 0;
  for (const [at, optimizer] of context.optimizers.tables[group].entries()) {
    optimizer.accumulate(bags[at], { pooled, stride, column });
    column += tables[group][at].spec.width;
  }
}
