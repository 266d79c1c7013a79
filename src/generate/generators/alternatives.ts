import type { GenerationTask, ValuedSlate } from '../generator.ts';
import { neighbours } from './neighbours.ts';
import { bestOf, distinct, valuedWithin } from './valued.ts';

/** The best `task.count` of what was found; where that is too few, of its best slate's neighbours too. */
export async function withAlternatives(
  task: GenerationTask,
  found: readonly ValuedSlate[],
): Promise<readonly ValuedSlate[]> {
  const [best] = bestOf(found, 1);
  if (found.length >= task.count || best === undefined) return bestOf(found, task.count);
  const near = await valuedWithin(task, neighbours(best.places, task));
  return bestOf(distinct([...found, ...near]), task.count);
}
