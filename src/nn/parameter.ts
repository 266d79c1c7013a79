import { input } from '../graph/leaves.ts';
import type { Rng } from '../random/rng.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** A learned tensor: its place in the graph and the values it starts from. */
export interface Parameter {
  readonly tensor: Tensor;
  readonly shape: readonly number[];
  readonly initial: Float32Array;
  /** Whether weight decay pulls it to zero: true for matrices, false for biases and gains. */
  readonly decays: boolean;
}

/** A layer is plain data: parameters, numbers and layers, nested as the model is. */
export type Layer = { readonly [name: string]: LayerMember };
export type LayerMember = Parameter | Layer | readonly LayerMember[] | number | string | boolean | undefined;

/** Writes the values that a parameter starts from. */
export type Initialiser = (values: Float32Array) => void;

/** A learned tensor of this shape, filled by `initialise`. */
export function createParameter(
  shape: readonly number[],
  initialise: Initialiser,
  options: { decays?: boolean } = {},
): Parameter {
  const initial = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
  initialise(initial);
  return { tensor: input(undefined, shape), shape, initial, decays: options.decays ?? shape.length > 1 };
}

/** Normal deviates of the given standard deviation. */
export const normal =
  (rng: Rng, deviation: number): Initialiser =>
  (values) => {
    for (let i = 0; i < values.length; i++) values[i] = rng.normal() * deviation;
  };

/** Glorot & Bengio 2010, equation 16: variance 2 / (inputs + outputs), here with normal deviates. */
export const glorot = (rng: Rng, inputs: number, outputs: number): Initialiser =>
  normal(rng, Math.sqrt(2 / (inputs + outputs)));

/** The same number everywhere. */
export const fill =
  (value: number): Initialiser =>
  (values) => {
    values.fill(value);
  };

/** All parameters of a layer by path, such as `blocks.0.attention.query.weight`, in the order they were written down. */
export function collectParameters(layer: LayerMember, path = ''): Record<string, Parameter> {
  if (layer === null || typeof layer !== 'object') return {};
  if (isParameter(layer)) return { [path]: layer };
  const found: Record<string, Parameter> = {};
  for (const [name, member] of Object.entries(layer)) {
    Object.assign(found, collectParameters(member, path === '' ? name : `${path}.${name}`));
  }
  return found;
}

const isParameter = (member: object): member is Parameter => 'initial' in member && 'tensor' in member;
