import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { configFacts } from './config-facts.ts';
import type { FoundRun } from './find-runs.ts';

/** Two runs side by side. */
export interface RunDifference {
  /** By path in the config, such as `model.width`: what is not the same; `undefined` is what one does not have. */
  readonly config: readonly { readonly name: string; readonly values: readonly [unknown, unknown] }[];
  /** Of the kept epochs, as far as both have it; the second less the first. */
  readonly metrics: readonly {
    readonly name: string;
    readonly values: readonly [number, number];
    readonly difference: number;
  }[];
}

export async function runDifference(one: FoundRun, other: FoundRun): Promise<RunDifference> {
  const [ours, theirs] = await Promise.all([one, other].map(factsOf));
  const names = [...new Set([...ours.keys(), ...theirs.keys()])];
  return {
    config: names
      .filter((name) => JSON.stringify(ours.get(name)) !== JSON.stringify(theirs.get(name)))
      .map((name) => ({ name, values: [ours.get(name), theirs.get(name)] })),
    metrics: Object.entries(one.metrics).flatMap(([name, value]) => {
      const rival = other.metrics[name];
      return typeof value === 'number' && typeof rival === 'number'
        ? [{ name, values: [value, rival] as const, difference: rival - value }]
        : [];
    }),
  };
}

/** Every setting of the config, what it learned from, and with which program and seed. */
async function factsOf({ folder, data, seed, version }: FoundRun): Promise<ReadonlyMap<string, unknown>> {
  const config = configFacts(JSON.parse(await readFile(join(folder, 'config.json'), 'utf8')));
  return new Map<string, unknown>([...Object.entries({ data, seed, version }), ...config]);
}
