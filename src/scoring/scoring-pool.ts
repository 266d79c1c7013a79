import type { Model } from '../models/model.ts';
import { modelArrays } from '../models/tables/weights.ts';
import { createPool, type Pool, type PoolOptions } from '../runtime/pool.ts';
import { compileForward } from './forward-graph.ts';

/** A pool that holds a model's forward graph and its values. */
export async function createScoringPool(
  model: Model,
  workers: number,
  { aside }: Pick<PoolOptions, 'aside'> = {},
): Promise<Pool> {
  const { graph, layout } = compileForward(model);
  const pool = await createPool(graph, { workers, aside, layout });
  const arrays = modelArrays(model);
  for (const { name, offset } of layout.entries) pool.parameters.set(arrays[name], offset);
  return pool;
}
