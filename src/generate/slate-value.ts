import type { SlateLogits } from '../scoring/candidate-scorer.ts';
import type { Places } from '../slate/places.ts';
import { EMPTY } from '../slate/places.ts';
import type { SlateValue } from './generator.ts';
import type { Objective, ScoredPlaces } from './objective.ts';

/** Logits of many slates of one request: a scorer's (`scoring/candidate-scorer.ts`), or the simulator's truth. */
export interface PlacesScorer {
  score(slates: readonly Places[]): Promise<SlateLogits>;
}

/** The value of a slate by a scorer and an objective. */
export const slateValueOf =
  (scorer: PlacesScorer, objective: Objective): SlateValue =>
  async (slates) =>
    Float64Array.from(await scorePlaces(scorer, slates), (scored) => objective.value(scored));

/** What a scorer says of each slate, as an objective reads it. */
export async function scorePlaces(scorer: PlacesScorer, slates: readonly Places[]): Promise<readonly ScoredPlaces[]> {
  const { offsets, logits, slateLogits } = await scorer.score(slates);
  return slates.map((places, at) => ({
    candidatesK: places.filter((candidate) => candidate !== EMPTY),
    probabilitiesK: Float64Array.from(logits.subarray(offsets[at], offsets[at + 1]), sigmoid),
    anyClick: sigmoid(slateLogits[at]),
  }));
}

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));
