import type { SlateLogits } from '../scoring/candidate-scorer.ts';
import { sigmoid } from '../scoring/sigmoid.ts';
import type { Places } from '../slate/places.ts';
import { EMPTY } from '../slate/places.ts';
import type { SlateValue } from './generator.ts';
import type { Objective, ScoredPlaces } from './objective.ts';

/** Logits of many slates of one request: a scorer's (`scoring/candidate-scorer.ts`), or the simulator's truth. */
export interface PlacesScorer {
  score(slates: readonly Places[]): Promise<SlateLogits>;
}

/** The same scorer asked about the top of a longer page: what is missing to `length` places counts as not known yet. */
export function onPage<S extends PlacesScorer>(scorer: S, length: number): S {
  const longer = (places: Places): Places => {
    if (places.length >= length) return places;
    const page = new Int32Array(length).fill(EMPTY);
    page.set(places);
    return page;
  };
  return { ...scorer, score: (slates) => scorer.score(slates.map(longer)) };
}

/** The same scorer, which need not score again what was part of its last answer: what a generator makes is mostly among what it asked about last. */
export function rememberingLast<S extends PlacesScorer>(scorer: S): S {
  let asked: readonly Places[] = [];
  let answer: Promise<SlateLogits> | undefined;
  return {
    ...scorer,
    async score(slates) {
      const known = indicesIn(asked, slates);
      if (known && answer) return pick(await answer, known);
      asked = slates;
      answer = scorer.score(slates);
      return answer;
    },
  };
}

/** Where each slate stands among others, by identity; undefined where one does not. */
function indicesIn(others: readonly Places[], slates: readonly Places[]): readonly number[] | undefined {
  const indices: number[] = [];
  for (const places of slates) {
    const at = others.indexOf(places);
    if (at < 0) return undefined;
    indices.push(at);
  }
  return indices;
}

function pick({ offsets, logits, slateLogits }: SlateLogits, slates: readonly number[]): SlateLogits {
  const starts = new Int32Array(slates.length + 1);
  for (const [at, slate] of slates.entries()) starts[at + 1] = starts[at] + offsets[slate + 1] - offsets[slate];
  const picked = new Float32Array(starts[slates.length]);
  for (const [at, slate] of slates.entries())
    picked.set(logits.subarray(offsets[slate], offsets[slate + 1]), starts[at]);
  return { offsets: starts, logits: picked, slateLogits: Float32Array.from(slates, (slate) => slateLogits[slate]) };
}

/** [N]: what the objective gives each candidate by itself where the scorer sees all of them on one page, in the order of the request. */
export async function worthTogether(scorer: PlacesScorer, objective: Objective, N: number): Promise<Float64Array> {
  const [{ candidatesK, probabilitiesK }] = await scorePlaces(scorer, [Int32Array.from({ length: N }, (_, n) => n)]);
  return Float64Array.from({ length: N }, (_, n) =>
    objective.value({
      candidatesK: [candidatesK[n]],
      probabilitiesK: [probabilitiesK[n]],
      anyClick: probabilitiesK[n],
    }),
  );
}

/** The value of a slate by a scorer and an objective. */
export const slateValueOf =
  (scorer: PlacesScorer, objective: Objective): SlateValue =>
  async (slates) => {
    const scored = await scorePlaces(scorer, slates);
    const values = new Float64Array(slates.length);
    for (let at = 0; at < values.length; at++) values[at] = objective.value(scored[at]);
    return values;
  };

/** What a scorer says of each slate, as an objective reads it. */
export async function scorePlaces(scorer: PlacesScorer, slates: readonly Places[]): Promise<readonly ScoredPlaces[]> {
  const { offsets, logits, slateLogits } = await scorer.score(slates);
  // A generator asks for thousands of slates: two arrays for all of them, and views of these.
  const probabilities = new Float64Array(logits.length);
  for (let at = 0; at < logits.length; at++) probabilities[at] = sigmoid(logits[at]);
  const candidates = new Int32Array(logits.length);
  let next = 0;
  for (const places of slates) {
    for (let place = 0; place < places.length; place++) if (places[place] !== EMPTY) candidates[next++] = places[place];
  }
  return slates.map((_, at) => ({
    candidatesK: candidates.subarray(offsets[at], offsets[at + 1]),
    probabilitiesK: probabilities.subarray(offsets[at], offsets[at + 1]),
    anyClick: sigmoid(slateLogits[at]),
  }));
}
