import type { Network } from '../model.ts';
import { tableGroups } from './embedding-tables.ts';

/** All values of a model by name: parameters under their paths, tables under `table.<group>.<name>`. */
export type Weights = Readonly<Record<string, Float32Array>>;

/** The arrays that a model starts from or that its tables hold now; not copies. */
export function modelArrays(model: Network): Record<string, Float32Array> {
  const arrays: Record<string, Float32Array> = {};
  for (const [name, { initial }] of Object.entries(model.parameters)) arrays[name] = initial;
  for (const group of tableGroups) {
    for (const { spec, values } of model.tables[group]) arrays[`table.${group}.${spec.name}`] = values;
  }
  return arrays;
}

/** Puts stored values into a fresh model of the same form. */
export function loadWeights(model: Network, weights: Weights): void {
  for (const [name, array] of Object.entries(modelArrays(model))) {
    const stored = weights[name];
    if (!stored || stored.length !== array.length) {
      throw new TypeError(`loadWeights: "${name}" must hold ${array.length} numbers, got ${stored?.length ?? 'none'}`);
    }
    array.set(stored);
  }
}

/** Copies what two networks have under the same name and in the same number; returns how many arrays that were. */
export function copyShared(from: Network, to: Network): number {
  const given = modelArrays(from);
  let copied = 0;
  for (const [name, array] of Object.entries(modelArrays(to))) {
    if (given[name]?.length !== array.length) continue;
    array.set(given[name]);
    copied++;
  }
  return copied;
}
