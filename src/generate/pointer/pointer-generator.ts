/** Legend: N candidates, K places, S slates decoded side by side (the beam), D width. */

import { candidateBatch } from '../../encoding/batches/candidate-batch.ts';
import type { FittedFeatures } from '../../encoding/columns/fitted-features.ts';
import type { SlateEncoder } from '../../encoding/columns/slate-encoder.ts';
import type { Memory } from '../../memory/memory.ts';
import type { PointerModel, PointerModelConfig } from '../../models/pointer.ts';
import { nextState, rowsOfState, startOfState } from '../../models/pointer-state.ts';
import { type Feed, scorerFeeds } from '../../models/tables/scorer-feeds.ts';
import { createSession } from '../../runtime/session.ts';
import type { RuntimeValues } from '../../runtime/value.ts';
import { type ArgumentForm, checkArgument } from '../../slate/check-argument.ts';
import { EMPTY, isWhole, type Places } from '../../slate/places.ts';
import type { GenerationTask, Generator } from '../generator.ts';
import { fillTheRest } from '../generators/fill-by-worth.ts';
import { bestOf, valued } from '../generators/valued.ts';
import { compilePointerEncoder, compilePointerStep } from './pointer-graphs.ts';

/** A trained pointer, and what it needs to see a request as it did in training. */
export interface LoadedPointer {
  readonly model: PointerModel;
  readonly features: FittedFeatures;
  readonly encoder: SlateEncoder;
  readonly memory: Memory;
  /** What it learned to maximise, as its card says. */
  readonly objective?: string | undefined;
}

/** A generator that runs a pointer network on threads of its own. */
export interface PointerGenerator extends Generator {
  /** Ends its threads once the calls under way are answered. */
  close(): Promise<void>;
}

/** Slates decoded side by side where alternatives are asked for (the paper's beam), at least. */
const BEAM = 3;

const LOADED: ArgumentForm = {
  expected: "a generator's model with a scorer's features, encoder and memory",
  remedy: 'give { ...stored.scorer, model: stored.model } of what loadPointer returns',
  parts: ['model.layer', 'features', 'encoder', 'memory'],
};

/**
 * Composes slates without asking for the value of any: candidates are encoded once, then each place from the top is pointed at among what the rules let through.
 * The value is asked for once, of the finished slates. With `count` above 1, a beam over log-probabilities; the places are filled by likelihood, the slates
 * ordered by value.
 */
export async function createPointerGenerator(loaded: LoadedPointer): Promise<PointerGenerator> {
  checkArgument(loaded, 'createPointerGenerator', LOADED);
  const { model, features, encoder: slates, memory, objective } = loaded;
  const [encoder, step] = await Promise.all(
    [compilePointerEncoder, compilePointerStep].map((compile) =>
      createSession(compile(model, { constants: true }).graph),
    ),
  );
  return {
    name: 'pointer',
    learnedObjective: objective,
    async generate(task) {
      const batch = candidateBatch(slates.candidates(task.request, memory), features);
      const encoded = await encoder.run(scorerFeeds(batch, model.tables));
      const width = task.count > 1 ? Math.max(BEAM, task.count) : 1;
      const places = await decode(task, { encoded, width, config: model.config, run: (feeds) => step.run(feeds) });
      if (!isWhole(places[0])) return fillTheRest(task, places[0]);
      return bestOf(await valued(task.value, places), task.count);
    },
    close: async () => {
      await Promise.all([encoder.release(), step.release()]);
    },
  };
}

interface DecodeContext {
  readonly encoded: RuntimeValues;
  readonly width: number;
  readonly config: PointerModelConfig;
  readonly run: (feeds: RuntimeValues) => Promise<RuntimeValues>;
}

/** A slate under way: where its state stands among the last step's rows, and how likely it is. */
interface Path {
  readonly places: Places;
  readonly row: number;
  readonly logProbability: number;
}

/** The slates of the beam; partial ones where the task's limit ends it early. */
async function decode(
  { rules, limit }: GenerationTask,
  { encoded, width, config, run }: DecodeContext,
): Promise<readonly Places[]> {
  const { vectorsBND, glimpseReferencesBND, pointerReferencesBND, firstBD } = encoded;
  const vectorsND = vectorsBND.data as Float32Array;
  const [, N, D] = vectorsBND.dims;
  const K = rules.start.length;
  let paths: readonly Path[] = [{ places: rules.start.slice(), row: 0, logProbability: 0 }];
  let state = startOfState(config, 1);
  for (let t = 0; t < K && !limit?.isOver(); t++) {
    const S = paths.length;
    const lefts = paths.map(({ places }) => (places[t] === EMPTY ? rules.choices(places) : [places[t]]));
    const last = new Float32Array(S * D);
    const left = new Float32Array(S * N);
    for (let s = 0; s < S; s++) {
      const before = t === 0 ? EMPTY : paths[s].places[t - 1];
      const source = t === 0 ? (firstBD.data as Float32Array) : vectorsND.subarray(before * D, (before + 1) * D);
      last.set(source, s * D);
      // A pinned place is not chosen: the decoder looks at what is left and is told what stands there.
      if (paths[s].places[t] === EMPTY) for (const n of lefts[s]) left[s * N + n] = 1;
      else for (let n = 0; n < N; n++) left[s * N + n] = paths[s].places.includes(n) ? 0 : 1;
    }
    state = rowsOfState(
      state,
      paths.map(({ row }) => row),
    );
    const values = await run({
      glimpseReferencesBND,
      pointerReferencesBND,
      lastBSD: { data: last, dims: [1, S, D] },
      leftBSN: { data: left, dims: [1, S, N] },
      ...state,
    });
    state = nextState(state, { hiddenRD: values.nextHiddenRD as Feed, memoryRD: values.nextMemoryRD as Feed });
    const logits = values.logitsBSN.data as Float32Array;
    paths = extended(paths, { t, lefts, logits, N, width });
  }
  return paths.map(({ places }) => places);
}

/** The likeliest `width` slates with place t filled; ties to the earlier slate and candidate. */
function extended(
  paths: readonly Path[],
  {
    t,
    lefts,
    logits,
    N,
    width,
  }: {
    readonly t: number;
    readonly lefts: readonly (readonly number[])[];
    readonly logits: Float32Array;
    readonly N: number;
    readonly width: number;
  },
): readonly Path[] {
  const grown: { readonly s: number; readonly n: number; readonly logProbability: number }[] = [];
  for (const [s, { logProbability }] of paths.entries()) {
    const logitsN = logits.subarray(s * N, (s + 1) * N);
    const most = lefts[s].reduce((highest, n) => Math.max(highest, logitsN[n]), Number.NEGATIVE_INFINITY);
    const mass = lefts[s].reduce((sum, n) => sum + Math.exp(logitsN[n] - most), 0);
    for (const n of lefts[s]) grown.push({ s, n, logProbability: logProbability + logitsN[n] - most - Math.log(mass) });
  }
  grown.sort((a, b) => b.logProbability - a.logProbability || a.s - b.s || a.n - b.n);
  return grown
    .slice(0, width)
    .map(({ s, n, logProbability }) => ({ places: paths[s].places.with(t, n), row: s, logProbability }));
}
