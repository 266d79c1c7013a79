import type { GenerationTask, Generator, ValuedSlate } from '../generator.ts';
import { greedyGenerator } from './greedy-generator.ts';
import { neighbours } from './neighbours.ts';
import { bestOf, distinct, valuedWithin } from './valued.ts';

export interface SwapOptions {
  readonly name: string;
  /** Where the search starts. */
  readonly from: Generator;
  /** How many of its slates are starts. */
  readonly starts: number;
}

const fromGreedy: SwapOptions = { name: 'swap', from: greedyGenerator, starts: 1 };

/**
 * Local search from another generator's slates: the best of all neighbours (`neighbours.ts`) replaces the slate until none is better; one call of the value per round. What
 * it finds is never worth less than its start. Alternatives are the neighbours of the best, the starts among them.
 */
export function swapGenerator({ name, from, starts }: SwapOptions = fromGreedy): Generator {
  return {
    name,
    async generate(task) {
      const found = await from.generate({ ...task, count: Math.max(starts, task.count) });
      const tops: ValuedSlate[][] = [];
      for (const start of found.slice(0, starts)) tops.push([...(await climb(task, start))]);
      return bestOf(distinct([...tops.map(([top]) => top), ...found, ...tops.flat()]), task.count);
    },
  };
}

/** The local optimum above a whole slate first, its neighbours after it; where the task's limit ends the climb, the best that was found. */
export async function climb(task: GenerationTask, start: ValuedSlate): Promise<readonly ValuedSlate[]> {
  let top = start;
  for (;;) {
    const near = await valuedWithin(task, neighbours(top.places, task));
    const [best] = bestOf(near, 1);
    // A gain of 1e-9 is rounding: the same slate in another batch may differ by as much.
    if (best === undefined || best.value <= top.value + 1e-9 * Math.abs(top.value)) return [top, ...near];
    top = best;
  }
}
