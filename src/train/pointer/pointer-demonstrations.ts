import type { ValuedSlate } from '../../generate/generator.ts';
import { searchBeams } from '../../generate/generators/beam-search.ts';
import { EMPTY, type Places } from '../../slate/places.ts';
import type { PointerConfig } from './pointer-config.ts';
import { candidateCount, type PointerData } from './pointer-data.ts';

export interface Demonstrations {
  /** Of every training request. */
  readonly demonstrations: readonly ValuedSlate[];
  /** Mean value of the held-out requests' beams. */
  readonly reference: number;
}

/** Requests searched in step: enough to keep every thread busy, few enough to hold their slates. */
const TOGETHER = 32;

/** What every training request starts from, and what the held-out ones are measured against; undefined when aborted. */
export async function demonstrate(
  data: PointerData,
  {
    config,
    signal,
    onProgress,
  }: {
    readonly config: PointerConfig;
    readonly signal: AbortSignal | undefined;
    readonly onProgress: (done: number, total: number) => void;
  },
): Promise<Demonstrations | undefined> {
  const total = data.heldOut.length + data.train.length;
  let done = 0;
  const heldOut = await inParts(data.heldOut, (requests) => search(requests, config.beamWidth));
  const { demonstrations } = config;
  const train = await inParts(data.train, (requests) =>
    demonstrations === 'beam' ? search(requests, config.demonstrationWidth) : logged(requests, LOGGED[demonstrations]),
  );
  if (signal?.aborted) return undefined;
  const reference = heldOut.reduce((sum, { value }) => sum + value, 0) / Math.max(1, heldOut.length);
  return { demonstrations: train, reference };

  async function inParts(
    requests: Int32Array,
    find: (requests: Int32Array) => Promise<readonly ValuedSlate[]>,
  ): Promise<ValuedSlate[]> {
    const found: ValuedSlate[] = [];
    for (let start = 0; start < requests.length && !signal?.aborted; start += TOGETHER) {
      const part = requests.subarray(start, start + TOGETHER);
      found.push(...(await find(part)));
      done += part.length;
      onProgress(done, total);
    }
    return found;
  }

  /** The best slate of a beam for each request, without rules; of fewer candidates than places, the places left over stay empty. */
  async function search(requests: Int32Array, width: number): Promise<readonly ValuedSlate[]> {
    const start: Places = new Int32Array(config.size).fill(EMPTY);
    const searches = Array.from(requests, (request) => {
      const candidates = Array.from({ length: candidateCount(data, request) }, (_, candidate) => candidate);
      return { start, width, choices: (places: Places) => candidates.filter((each) => !places.includes(each)) };
    });
    const beams = await searchBeams(searches, (grown) =>
      data.value(grown.map((slates, at) => ({ request: requests[at], slates }))),
    );
    return beams.map(([best]) => best);
  }

  async function logged(requests: Int32Array, slateOf: LoggedSlate): Promise<readonly ValuedSlate[]> {
    const slates = Array.from(requests, (request) => slateOf(data, request, config.size));
    const values = await data.value(slates.map((places, at) => ({ request: requests[at], slates: [places] })));
    return slates.map((places, at) => ({ places, value: values[at][0] }));
  }
}

/** A slate of the log to imitate, in logged order from the top; empty places teach nothing. */
type LoggedSlate = (data: PointerData, request: number, size: number) => Places;

const LOGGED: Readonly<Record<'clicks' | 'card', LoggedSlate>> = { clicks: clickedSlate, card: satisfyingCard };

/** What was shown, where anything of it was clicked: the demonstrations of Gong et al. 2019 are cards that users were satisfied with. */
function satisfyingCard({ slates, shownB }: PointerData, request: number, size: number): Places {
  const shown = Math.min(size, shownB[request]);
  const labels = slates.outcomes(Int32Array.of(request)).labelS.subarray(0, shown);
  return Int32Array.from({ length: size }, (_, t) => (labels.includes(1) && t < shown ? t : EMPTY));
}

/** What was clicked. */
function clickedSlate({ slates }: PointerData, request: number, size: number): Places {
  const places = new Int32Array(size).fill(EMPTY);
  const labels = slates.outcomes(Int32Array.of(request)).labelS;
  let t = 0;
  for (let n = 0; n < labels.length && t < size; n++) if (labels[n] === 1) places[t++] = n;
  return places;
}
