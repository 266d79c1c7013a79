import type { SlateLogits } from '../../scoring/candidate-scorer.ts';
import { sigmoid } from '../../scoring/sigmoid.ts';
import type { Places } from '../../slate/places.ts';
import { EMPTY } from '../../slate/places.ts';
import type { SlateValue } from '../generator.ts';
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

function pick({ offsets, logits, slateLogitOf }: SlateLogits, slates: readonly number[]): SlateLogits {
  const starts = new Int32Array(slates.length + 1);
  for (const [at, slate] of slates.entries()) starts[at + 1] = starts[at] + offsets[slate + 1] - offsets[slate];
  const picked = new Float32Array(starts[slates.length]);
  for (const [at, slate] of slates.entries())
    picked.set(logits.subarray(offsets[slate], offsets[slate + 1]), starts[at]);
  return { offsets: starts, logits: picked, slateLogitOf: (at) => slateLogitOf(slates[at]) };
}

/** [N]: what the objective gives each candidate by itself where the scorer sees all of them on one page, in the order of the request. */
export async function worthTogether(scorer: PlacesScorer, objective: Objective, N: number): Promise<Float64Array> {
  const [{ candidatesK, probabilitiesK }] = await scorePlaces(scorer, [Int32Array.from({ length: N }, (_, n) => n)]);
  return Float64Array.from({ length: N }, (_, n) =>
    objective.value({
      candidatesK: [candidatesK[n]],
      probabilitiesK: [probabilitiesK[n]],
      anyClick: () => probabilitiesK[n],
    }),
  );
}

/** The value of a slate by a scorer and an objective. */
export const slateValueOf =
  (scorer: PlacesScorer, objective: Objective): SlateValue =>
  async (slates) => {
    const scored = await scorer.score(slates);
    const values = new Float64Array(slates.length);
    let room = roomFor(0);
    for (let at = 0; at < values.length; at++) {
      const count = scored.offsets[at + 1] - scored.offsets[at];
      if (count !== room.probabilitiesK.length) room = roomFor(count);
      values[at] = objective.value(readScored(scored, at, slates[at], room));
    }
    return values;
  };

/** What a scorer says of each slate, as an objective reads it. */
export async function scorePlaces(scorer: PlacesScorer, slates: readonly Places[]): Promise<readonly ScoredPlaces[]> {
  const scored = await scorer.score(slates);
  return slates.map((places, at) =>
    readScored(scored, at, places, roomFor(scored.offsets[at + 1] - scored.offsets[at])),
  );
}

/** Room for what is said of one slate: a generator asks for thousands, one after the other. */
interface Room {
  readonly candidatesK: Int32Array;
  readonly probabilitiesK: Float64Array;
  anyClick: () => number;
}

const roomFor = (K: number): Room => ({
  candidatesK: new Int32Array(K),
  probabilitiesK: new Float64Array(K),
  anyClick: () => 0,
});

/** Slate `at`, written into the room. */
function readScored(
  { offsets, logits, slateLogitOf }: SlateLogits,
  at: number,
  places: Places,
  room: Room,
): ScoredPlaces {
  let k = 0;
  for (let place = 0; place < places.length; place++) {
    if (places[place] === EMPTY) continue;
    room.candidatesK[k] = places[place];
    room.probabilitiesK[k] = sigmoid(logits[offsets[at] + k]);
    k++;
  }
  room.anyClick = () => sigmoid(slateLogitOf(at));
  return room;
}
