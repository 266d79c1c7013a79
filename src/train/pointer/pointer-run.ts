import type { PointerModel } from '../../models/pointer.ts';
import { modelArrays, type Weights } from '../../models/tables/weights.ts';
import type { Rng } from '../../random/rng.ts';
import type { FlatLayout } from '../../runtime/job.ts';
import type { Pool } from '../../runtime/pool.ts';
import type { ForwardGraph } from '../../scoring/forward-graph.ts';
import { collateStep } from '../scorer/training-step.ts';
import type { PointerConfig } from './pointer-config.ts';
import type { PointerData } from './pointer-data.ts';
import { rollOut } from './pointer-rollout.ts';

/** A training under way: a pool per graph, all with the same values. */
export interface PointerRun {
  readonly model: PointerModel;
  readonly data: PointerData;
  readonly config: PointerConfig;
  readonly rng: Rng;
  readonly pool: Pool;
  readonly layout: FlatLayout;
  readonly encoder: Pool;
  readonly step: Pool;
  readonly graphs: readonly ForwardGraph[];
}

/** Mean value of the slates that the pointer composes without chance. */
export async function greedyValueOf(run: PointerRun, requests: Int32Array): Promise<number> {
  const { data, config, rng } = run;
  const { size, microBatch } = config;
  const batches = collateStep(data.slates, requests, microBatch);
  const rollouts = await rollOut(run, { batches, size, rngs: Array.from(requests, () => rng), samples: 0 });
  const values = await data.value(rollouts.map((slates, at) => ({ request: requests[at], slates })));
  return values.reduce((sum, [value]) => sum + value, 0) / Math.max(1, requests.length);
}

/** Hands the trained values, or those of `weights`, to all three graphs. */
export function fillParameters(
  { pool, layout, encoder, step, graphs }: PointerRun,
  weights: Weights | undefined,
): void {
  if (weights) for (const { name, offset } of layout.entries) pool.parameters.set(weights[name], offset);
  const offsets = new Map(layout.entries.map(({ name, offset }) => [name, offset]));
  for (const [at, reader] of [encoder, step].entries()) {
    for (const { name, offset, length } of graphs[at + 1].layout.entries) {
      const source = offsets.get(name) ?? 0;
      reader.parameters.set(pool.parameters.subarray(source, source + length), offset);
    }
  }
}

/** A copy of all weights, with the trained values. */
export function weightsOf({ model, layout, pool }: PointerRun): Weights {
  const weights = Object.fromEntries(Object.entries(modelArrays(model)).map(([name, array]) => [name, array.slice()]));
  for (const { name, offset, length } of layout.entries)
    weights[name].set(pool.parameters.subarray(offset, offset + length));
  return weights;
}
