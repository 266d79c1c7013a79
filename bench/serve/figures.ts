/** What a row of the load tells of its answers, and of the machine. */
import { processorTicks } from '../machine.ts';
import { type Answered, quantileOf } from './open-loop.ts';

/** Which share of both cores the machine's host took meanwhile: what waited for it is no fault of the server. */
export function stolenSince(before: ReturnType<typeof processorTicks>): { readonly stolenShare?: number } {
  const now = processorTicks();
  return before && now ? { stolenShare: round((now.stolen - before.stolen) / (now.all - before.all)) } : {};
}

export function figuresOf({ latencies, statuses }: Answered): object {
  return {
    p50: round(quantileOf(latencies, 0.5)),
    p99: round(quantileOf(latencies, 0.99)),
    most: round(quantileOf(latencies, 1)),
    statuses,
  };
}

export function round(value: number): number {
  return Math.round(100 * value) / 100;
}
