/** Legend: N candidates, T places, F features. */
import { createInMemorySlates, type InMemorySlates } from '../src/datasets/slate-source/in-memory-slates.ts';
import type { EncodedSlates, InputSpec } from '../src/encoding/columns/encoded-slates.ts';
import { createRng } from '../src/random/rng.ts';
import type { Places } from '../src/slate/places.ts';
import type { PointerConfig } from '../src/train/pointer/pointer-config.ts';
import { exactKPointer } from '../src/train/pointer/pointer-config.ts';
import type { PointerData } from '../src/train/pointer/pointer-data.ts';

/** Requests whose best slate can be found by looking at all: a quality and a kind per candidate, and a page on which two of one kind share what they are worth. */
export interface PointerToy {
  readonly data: PointerData & { readonly slates: InMemorySlates };
  readonly spec: InputSpec;
  readonly size: number;
  /** Of each request, by trying every slate. */
  readonly bestValue: readonly number[];
  worthOf(request: number, places: ArrayLike<number>): number;
}

const KINDS = 3;
const F = 1 + KINDS;

export function createPointerToy({
  train = 384,
  heldOut = 48,
  N = 8,
  T = 3,
  seed = 1,
}: Partial<Record<'train' | 'heldOut' | 'N' | 'T' | 'seed', number>> = {}): PointerToy {
  const rng = createRng(seed).split('toy');
  const count = train + heldOut;
  const slotDenseSF = new Float32Array(count * N * F);
  for (let slot = 0; slot < count * N; slot++) {
    slotDenseSF[slot * F] = rng.normal();
    slotDenseSF[slot * F + 1 + rng.integer(KINDS)] = 1;
  }
  const worthOf = (request: number, places: ArrayLike<number>): number => {
    let value = 0;
    const seen = new Set<number>();
    for (let t = 0; t < places.length; t++) {
      if (places[t] < 0) continue;
      const at = (request * N + places[t]) * F;
      const kind = slotDenseSF.subarray(at + 1, at + F).indexOf(1);
      const probability = 1 / (1 + Math.exp(-slotDenseSF[at]));
      value += (probability * (seen.has(kind) ? 0.3 : 1)) / (1 + 0.2 * t);
      seen.add(kind);
    }
    return value;
  };
  const every = Array.from(slatesOf(N, T));
  const best = Array.from({ length: count }, (_, request) =>
    every.reduce((found, places) => (worthOf(request, places) > worthOf(request, found) ? places : found)),
  );
  const data: PointerToy['data'] = {
    slates: createInMemorySlates(encoded(slotDenseSF, count, N)),
    train: Int32Array.from({ length: train }, (_, at) => at),
    heldOut: Int32Array.from({ length: heldOut }, (_, at) => train + at),
    shownB: new Int32Array(count).fill(T),
    value: async (asked) =>
      asked.map(({ request, slates }) => Float64Array.from(slates, (places) => worthOf(request, places))),
  };
  const bestValue = best.map((places, request) => worthOf(request, places));
  return { data, spec: toySpec, size: T, bestValue, worthOf };
}

const toySpec: InputSpec = {
  itemDense: [],
  itemEmbeddings: [],
  slotDense: ['quality', 'kind 0', 'kind 1', 'kind 2'],
  listRelative: [],
  contextDense: ['always'],
  contextEmbeddings: [],
  ofUser: [],
  items: { shown: [], clicked: [] },
  historyLength: 1,
};

/** Every ordered slate. */
function* slatesOf(N: number, T: number, before: readonly number[] = []): Generator<Places> {
  if (before.length === T) yield Int32Array.from(before);
  else
    for (let n = 0; n < N; n++) {
      if (!before.includes(n)) yield* slatesOf(N, T, [...before, n]);
    }
}

const encoded = (slotDenseSF: Float32Array, count: number, N: number): EncodedSlates => ({
  count,
  items: { count: 1, itemR: new Int32Array(1), denseRF: new Float32Array(0), bags: [] },
  offsets: Int32Array.from({ length: count + 1 }, (_, at) => at * N),
  slotDenseSF,
  itemRowS: new Int32Array(count * N),
  itemRateS: new Float32Array(count * N),
  positionS: new Int32Array(count * N),
  labelS: new Uint8Array(count * N),
  contextDenseBF: new Float32Array(count).fill(1),
  contextBags: [],
  clickedBH: new Int32Array(count).fill(-1),
  skippedBH: new Int32Array(count).fill(-1),
  userRowB: new Int32Array(count),
  userB: Int32Array.from({ length: count }, (_, at) => at),
  timeB: new Float64Array(count),
});

/** A pointer small enough for a test. */
export function toyConfig(changes: Partial<PointerConfig> = {}): PointerConfig {
  const base = exactKPointer();
  return {
    ...base,
    model: { ...base.model, width: 16, heads: 2, feedForward: 32, blocks: 1 },
    size: 3,
    candidates: 8,
    beamWidth: 1,
    imitation: { epochs: 6, learningRate: 5e-3, warmUp: 5 },
    reinforcement: { ...base.reinforcement, epochs: 6, samples: 8, learningRate: 2e-3, warmUp: 2 },
    batch: 16,
    microBatch: 4,
    patience: 12,
    ...changes,
  };
}
