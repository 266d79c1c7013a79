/** Legend: N candidates, T places, W width of the beam. */
import { EMPTY, type Places } from '../slate/places.ts';
import type { SlateValues } from './pointer-data.ts';

export interface BeamOptions {
  readonly requests: ArrayLike<number>;
  /** N of each request. */
  readonly candidates: readonly number[];
  /** T. */
  readonly size: number;
  /** W; 1 is a greedy search. */
  readonly width: number;
  readonly value: SlateValues;
}

export interface FoundSlate {
  readonly places: Places;
  readonly value: number;
}

/**
 * The best slate that a beam search finds for each request, without rules, all requests in step: each place is one question about all of them, so that every thread
 * has its share. Ties go to what was found first. Of fewer candidates than places, the places left over stay empty.
 */
export async function beamTogether(options: BeamOptions): Promise<readonly FoundSlate[]> {
  const { requests, candidates, size: T, width, value } = options;
  let beams: FoundSlate[][] = candidates.map(() => [
    { places: new Int32Array(T).fill(EMPTY), value: Number.NEGATIVE_INFINITY },
  ]);
  for (let t = 0; t < T; t++) {
    const grown = beams.map((beam, at) => beam.flatMap(({ places }) => extensions(places, t, candidates[at])));
    const values = await value(grown.map((slates, at) => ({ request: requests[at], slates })));
    beams = grown.map((slates, at) =>
      slates.length === 0 ? (beams[at] as FoundSlate[]) : bestOf(slates, values[at], width),
    );
  }
  return beams.map(([best]) => best);
}

/** The slate with every candidate that is not on it at place t. */
function extensions(places: Places, t: number, candidates: number): readonly Places[] {
  const grown: Places[] = [];
  for (let n = 0; n < candidates; n++) if (!places.includes(n)) grown.push(places.with(t, n));
  return grown;
}

function bestOf(slates: readonly Places[], values: Float64Array, width: number): FoundSlate[] {
  const order = Array.from(slates.keys()).sort((a, b) => values[b] - values[a] || a - b);
  return order.slice(0, width).map((at) => ({ places: slates[at], value: values[at] }));
}
