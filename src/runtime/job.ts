import { flatParametersName } from './compile.ts';
import { flatGradientName } from './flat-gradient.ts';
import type { GraphSession } from './session.ts';
import type { RuntimeValue, RuntimeValues } from './value.ts';

/** One flat vector that holds named tensors end to end, such as all parameters or all their gradients. */
export interface FlatLayout {
  readonly length: number;
  readonly entries: readonly FlatEntry[];
}

export interface FlatEntry {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
  readonly dims: readonly number[];
}

export function createFlatLayout(shapes: Readonly<Record<string, readonly number[]>>): FlatLayout {
  let offset = 0;
  const entries = Object.entries(shapes).map(([name, dims]) => {
    const length = dims.reduce((product, extent) => product * extent, 1);
    const entry = { name, offset, length, dims };
    offset += length;
    return entry;
  });
  return { length: offset, entries };
}

/** One run of the graph: what is fed beside the parameters, and the key of its dropout. */
export interface Job {
  readonly feeds: RuntimeValues;
  readonly dropoutKey?: number;
  /**
   * Where the gradient of the parameters is written; a new array where it is left out. It belongs to the run from then on: the result has it, or what takes its
   * place. Fresh memory costs more than the numbers that are written there.
   */
  readonly into?: Float32Array | undefined;
}

export interface JobResult {
  /** Outputs of the graph beside the gradients of its parameters. */
  readonly values: RuntimeValues;
  /** All parameter gradients in the layout's order; empty when the graph has none. */
  readonly gradient: Float32Array;
}

/** The output with the gradient of an input that is no parameter. */
export const gradientName = (input: string): string => `gradient:${input}`;

export interface JobContext {
  readonly layout: FlatLayout;
  /** The flat vector. */
  readonly parameters: Float32Array;
}

/** Some jobs, one after the other: what every thread of a pool does. */
export async function runJobs(
  session: GraphSession,
  jobs: readonly Job[],
  context: JobContext,
): Promise<readonly JobResult[]> {
  const results: JobResult[] = [];
  for (const job of jobs) results.push(await runJob(session, job, context));
  return results;
}

/** The one way a job is run. */
export async function runJob(
  session: GraphSession,
  { feeds, dropoutKey = 0, into }: Job,
  { layout, parameters }: JobContext,
): Promise<JobResult> {
  const all = { ...feeds, ...parameterFeeds(session, { layout, parameters }) };
  const { [flatGradientName]: gradient, ...values } = await session.run(all, dropoutKey, {
    ...(into ? { [flatGradientName]: { data: into, dims: [into.length] } } : {}),
  });
  return { values, gradient: gradient ? (gradient.data as Float32Array) : new Float32Array(0) };
}

/** The parameters as the graph takes them: as one vector, or each by its name. */
function parameterFeeds(session: GraphSession, { layout, parameters }: JobContext): RuntimeValues {
  if (session.inputs.includes(flatParametersName)) {
    return { [flatParametersName]: { data: parameters, dims: [parameters.length] } };
  }
  const views = layout.entries.map(({ name, offset, length, dims }): [string, RuntimeValue] => [
    name,
    { data: parameters.subarray(offset, offset + length), dims },
  ]);
  return Object.fromEntries(views);
}
