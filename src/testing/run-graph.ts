import { gradients } from '../graph/gradients.ts';
import { compileGraph } from '../runtime/compile.ts';
import { createSession } from '../runtime/session.ts';
import type { RuntimeValue, RuntimeValues } from '../runtime/value.ts';
import type { Tensor } from '../tensor/tensor.ts';

export type Values = Readonly<Record<string, Float32Array | Float64Array>>;

export interface RunOptions {
  readonly feeds: RuntimeValues;
  /** Names of inputs that have none of their own: parameters. */
  readonly parameters?: Readonly<Record<string, Tensor>>;
  readonly float?: 'float32' | 'float64';
}

/** The numbers of some tensors; of the feeds, those that they do not depend on are left out. */
export async function runGraph(outputs: Readonly<Record<string, Tensor>>, options: RunOptions): Promise<Values> {
  const { feeds, parameters = {}, float = 'float32' } = options;
  if (Object.keys(outputs).length === 0) return {};
  const session = await createSession(compileGraph(outputs, { parameters, float }));
  try {
    return numbersOf(await session.run(asFloat(feeds, float)));
  } finally {
    await session.release();
  }
}

/** The gradients of a scalar that there are, under `slope:` and the names of what they are gradients by. */
export function slopesOf(
  scalar: Tensor,
  by: Readonly<Record<string, Tensor | undefined>>,
): Readonly<Record<string, Tensor>> {
  const given = Object.entries(by).flatMap(([name, tensor]) => (tensor ? [[name, tensor] as const] : []));
  const found = gradients(
    scalar,
    given.map(([, tensor]) => tensor),
  );
  return Object.fromEntries(given.flatMap(([name], at) => (found[at] ? [[`slope:${name}`, found[at]]] : [])));
}

export interface Slope {
  readonly name: string;
  readonly at: number;
  readonly symbolic: number;
  readonly numeric: number;
}

/**
 * The gradient of a scalar in float64, beside central differences: for each name the elements that `elementsOf` chooses of so many. Where the scalar does not depend on
 * something, its symbolic gradient is 0.
 */
export async function compareSlopes(
  scalar: Tensor,
  by: Readonly<Record<string, Tensor | undefined>>,
  { elementsOf, ...options }: RunOptions & { readonly elementsOf: (count: number) => readonly number[] },
): Promise<readonly Slope[]> {
  const slopes = slopesOf(scalar, by);
  const { parameters = {} } = options;
  const graph = compileGraph({ scalar, ...slopes }, { parameters, float: 'float64' });
  const session = await createSession(graph);
  try {
    const feeds = asFloat(options.feeds, 'float64');
    const symbolic = numbersOf(await session.run(feeds));
    const compared: Slope[] = [];
    for (const name of Object.keys(by)) {
      const data = feeds[name].data as Float64Array;
      const moved = async (at: number, shift: number): Promise<number> => {
        const given = data[at];
        data[at] = given + shift;
        const { scalar: value } = numbersOf(await session.run(feeds));
        data[at] = given;
        return value[0];
      };
      for (const at of elementsOf(data.length)) {
        const numeric = ((await moved(at, STEP)) - (await moved(at, -STEP))) / (2 * STEP);
        compared.push({ name, at, symbolic: symbolic[`slope:${name}`]?.[at] ?? 0, numeric });
      }
    }
    return compared;
  } finally {
    await session.release();
  }
}

const STEP = 1e-5;

/** Floats of the width that the graph reads, as copies where they change. */
function asFloat(feeds: RuntimeValues, float: 'float32' | 'float64'): RuntimeValues {
  if (float === 'float32') return feeds;
  const wide = ({ data, dims }: RuntimeValue): RuntimeValue =>
    data instanceof Float32Array ? { data: Float64Array.from(data), dims } : { data, dims };
  return Object.fromEntries(Object.entries(feeds).map(([name, value]) => [name, wide(value)]));
}

const numbersOf = (values: RuntimeValues): Values =>
  Object.fromEntries(Object.entries(values).map(([name, { data }]) => [name, data as Float32Array]));
