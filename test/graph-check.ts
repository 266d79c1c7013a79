import { gradients } from '../src/graph/gradients.ts';
import { input } from '../src/graph/leaves.ts';
import { createRng } from '../src/random/rng.ts';
import { type CompiledGraph, type CompileOptions, compileGraph } from '../src/runtime/compile.ts';
import { createSession, type GraphSession } from '../src/runtime/session.ts';
import type { RuntimeValue } from '../src/runtime/value.ts';
import { type ElementType, formatShape, type Shape, sameShape } from '../src/tensor/shape.ts';
import type { Tensor } from '../src/tensor/tensor.ts';

/** Numbers as a test writes them: nested rows, or flat numbers with their extents. */
export type Numbers = number | readonly Numbers[] | Flat;
export interface Flat {
  readonly values: readonly number[];
  readonly dims: readonly number[];
}
export type Feeds = Readonly<Record<string, Numbers>>;

/** Compiles what the named tensors depend on, runs it once and returns flat numbers with their extents. */
export async function evaluate<Name extends string>(
  outputs: Readonly<Record<Name, Tensor>>,
  feeds: Feeds,
  options: CompileOptions = {},
): Promise<Record<Name, Flat>> {
  const graph = compileGraph(outputs, options);
  const session = await createSession(graph);
  try {
    return (await runOnce(session, graph, feeds)) as Record<Name, Flat>;
  } finally {
    await session.release();
  }
}

/** The value of a tensor alone. */
export async function compute(tensor: Tensor, feeds: Feeds, options: CompileOptions = {}): Promise<readonly number[]> {
  return (await evaluate({ value: tensor }, feeds, options)).value.values;
}

export interface GradientComparison {
  readonly symbolic: readonly number[];
  readonly numeric: readonly number[];
}

/**
 * The gradients of a scalar by the operators' rules and by central differences, both in float64, for every named input. Inputs that the
 * scalar does not depend on have a symbolic gradient of zeros.
 */
export async function compareGradients(
  scalar: Tensor,
  wanted: Readonly<Record<string, Tensor>>,
  feeds: Feeds,
  step = 1e-5,
): Promise<Readonly<Record<string, GradientComparison>>> {
  const names = Object.keys(wanted);
  const found = gradients(scalar, Object.values(wanted));
  const outputs: Record<string, Tensor> = { scalar };
  for (const [at, name] of names.entries()) {
    const gradient = found[at];
    if (!gradient) continue;
    if (!sameShape(gradient.shape, wanted[name].shape)) {
      throw new Error(
        `the gradient of ${name} ${formatShape(wanted[name].shape)} has shape ${formatShape(gradient.shape)}`,
      );
    }
    outputs[`gradient:${name}`] = gradient;
  }
  const graph = compileGraph(outputs, { float: 'float64', parameters: wanted });
  const value = compileGraph({ scalar }, { float: 'float64', parameters: wanted });
  const [session, valueSession] = [await createSession(graph), await createSession(value)];
  try {
    const symbolic = await runOnce(session, graph, feeds);
    const compared: Record<string, GradientComparison> = {};
    for (const name of names) {
      const { values, dims } = flatten(feeds[name]);
      const at = async (index: number, shift: number): Promise<number> => {
        const moved = { values: values.with(index, values[index] + shift), dims };
        return (await runOnce(valueSession, value, { ...feeds, [name]: moved })).scalar.values[0];
      };
      const numeric: number[] = [];
      for (let i = 0; i < values.length; i++) numeric.push(((await at(i, step)) - (await at(i, -step))) / (2 * step));
      const zeros = values.map(() => 0);
      compared[name] = { symbolic: symbolic[`gradient:${name}`]?.values ?? zeros, numeric };
    }
    return compared;
  } finally {
    await session.release();
    await valueSession.release();
  }
}

/** The largest difference between two lists of numbers, in units of `max(1, |expected|)`; infinite where lengths differ or a number is NaN. */
export function largestDifference(actual: readonly number[], expected: readonly number[]): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (const [at, value] of expected.entries()) {
    if (value === actual[at]) continue;
    const difference = Math.abs(actual[at] - value) / Math.max(1, Math.abs(value));
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
  }
  return largest;
}

/** The worst `largestDifference` over all inputs of a gradient comparison. */
export function worstGradient(compared: Readonly<Record<string, GradientComparison>>): number {
  return Math.max(...Object.values(compared).map(({ symbolic, numeric }) => largestDifference(symbolic, numeric)));
}

/** A named input of the graph; symbolic extents as the models use them. */
export const fed = (name: string, shape: Shape, type: ElementType = 'float32'): Tensor => input(name, shape, type);

export function flatten(numbers: Numbers): Flat {
  if (typeof numbers === 'number') return { values: [numbers], dims: [] };
  if ('values' in numbers && 'dims' in numbers) return numbers;
  const rows = (numbers as readonly Numbers[]).map(flatten);
  return { values: rows.flatMap(({ values }) => values), dims: [rows.length, ...(rows[0]?.dims ?? [])] };
}

async function runOnce(session: GraphSession, graph: CompiledGraph, feeds: Feeds): Promise<Record<string, Flat>> {
  const values: Record<string, RuntimeValue> = {};
  const drawn = new Set(graph.dropoutMasks.map(({ name }) => name));
  for (const { name, type } of graph.inputs) {
    if (!drawn.has(name)) values[name] = toRuntime(flatten(feeds[name]), type);
  }
  const outputs = await session.run(values);
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data, dims }]) => [
      name,
      { values: Array.from(data as ArrayLike<number>, Number), dims },
    ]),
  );
}

function toRuntime({ values, dims }: Flat, type: ElementType | 'float64'): RuntimeValue {
  switch (type) {
    case 'float32':
      return { data: Float32Array.from(values), dims };
    case 'float64':
      return { data: Float64Array.from(values), dims };
    case 'int64':
      return { data: BigInt64Array.from(values, BigInt), dims };
    case 'bool':
      return { data: Uint8Array.from(values), dims };
  }
}

/** Numbers by a rule of their position: `tabulate([2, 3], (i, j) => i + j)`. */
export function tabulate(dims: readonly number[], rule: (...index: number[]) => number): Flat {
  const values: number[] = [];
  const walk = (index: readonly number[]): void => {
    if (index.length === dims.length) values.push(rule(...index));
    else for (let i = 0; i < dims[index.length]; i++) walk([...index, i]);
  };
  walk([]);
  return { values, dims };
}

/** Reads one number of a tensor; an axis of extent 1 answers for every index, as in broadcasting. */
export function read({ values, dims }: Flat, ...index: readonly number[]): number {
  const lead = index.length - dims.length;
  const offset = dims.reduce((sum, extent, axis) => sum * extent + (extent === 1 ? 0 : index[axis + lead]), 0);
  return values[offset];
}

/** Standard normal numbers, the same for the same label. */
export function normals(label: string, dims: readonly number[]): Flat {
  const rng = createRng(label);
  return tabulate(dims, () => rng.normal());
}
