/** A decoder's state between two steps, as numbers. Legend: R decodings, T earlier outputs, D width, E = D + 1: an output, and 1 where there is one. */
import type { PointerModelConfig } from './pointer.ts';
import type { Feed, Feeds } from './tables/scorer-feeds.ts';

/** Before the first place of so many decodings. */
export function startOfState({ width, intra }: PointerModelConfig, rows: number): Feeds {
  const zeros = (dims: readonly number[]): Feed => ({
    data: new Float32Array(dims.reduce((product, extent) => product * extent, 1)),
    dims,
  });
  return {
    hiddenRD: zeros([rows, width]),
    memoryRD: zeros([rows, width]),
    ...(intra ? { earlierRTE: zeros([rows, 1, width + 1]) } : {}),
  };
}

/** After a step that read `state` and said `hiddenRD` and `memoryRD`. */
export function nextState({ earlierRTE }: Feeds, next: Pick<Feeds, 'hiddenRD' | 'memoryRD'>): Feeds {
  return { ...next, ...(earlierRTE ? { earlierRTE: withOutput(earlierRTE, next.hiddenRD) } : {}) };
}

/** The rows of some decodings, in this order. */
export const rowsOfState = (state: Feeds, rows: readonly number[]): Feeds =>
  Object.fromEntries(Object.entries(state).map(([name, part]) => [name, rowsOf(part, rows)]));

/** One more row for each decoding. */
function withOutput({ data, dims: [R, T, E] }: Feed, hidden: Feed): Feed {
  const [before, output] = [data as Float32Array, hidden.data as Float32Array];
  const after = new Float32Array(R * (T + 1) * E);
  for (let r = 0; r < R; r++) {
    const start = r * (T + 1) * E;
    after.set(before.subarray(r * T * E, (r + 1) * T * E), start);
    after.set(output.subarray(r * (E - 1), (r + 1) * (E - 1)), start + T * E);
    after[start + (T + 1) * E - 1] = 1;
  }
  return { data: after, dims: [R, T + 1, E] };
}

function rowsOf({ data, dims: [count, ...dims] }: Feed, rows: readonly number[]): Feed {
  const values = data as Float32Array;
  const width = values.length / count;
  const kept = new Float32Array(rows.length * width);
  for (const [to, from] of rows.entries()) kept.set(values.subarray(from * width, (from + 1) * width), to * width);
  return { data: kept, dims: [rows.length, ...dims] };
}
