import type { CompiledGraph } from './compile.ts';
import { drawDropout, type SpareMasks } from './draw-dropout.ts';
import { openModel } from './node/open-model.ts';
import type { OpenModelOptions } from './opened-model.ts';
import type { RuntimeValue, RuntimeValues } from './value.ts';

export interface GraphSession {
  /** Names of what the graph reads. */
  readonly inputs: readonly string[];
  /**
   * Runs the graph. `dropoutKey` tells this run from all others where the graph drops at random; outputs that are named in `into` may be written there. Calls may
   * overlap: the library runs each in one piece.
   */
  run(feeds: RuntimeValues, dropoutKey?: number, into?: RuntimeValues): Promise<RuntimeValues>;
  release(): Promise<void>;
}

/** Loads a compiled graph into ONNX Runtime. */
export async function createSession(graph: CompiledGraph, options: OpenModelOptions = {}): Promise<GraphSession> {
  const model = await openModel(graph.bytes, options);
  const spare: SpareMasks = new Map();
  return {
    inputs: model.inputs,
    async run(feeds, dropoutKey = 0, into) {
      const drawn = drawDropout(graph.dropoutMasks, graph.inputs, { feeds, key: dropoutKey, spare });
      const fed: Record<string, RuntimeValue> = {};
      for (const name of model.inputs) {
        const value = feeds[name] ?? drawn[name];
        if (!value) throw new TypeError(`run: the graph's input "${name}" was not fed`);
        fed[name] = value;
      }
      const values = await model.run(fed, into);
      for (const [name, { data }] of Object.entries(drawn)) spare.set(name, data);
      return values;
    },
    release: () => model.release(),
  };
}
