/** Legend: S samples of a request, T places, N candidates. */
import type { ValuedSlate } from '../../generate/generator.ts';
import type { Rng } from '../../random/rng.ts';
import { EMPTY, type Places } from '../../slate/places.ts';
import { leaveOneOut, scaleAdvantages, signedChance } from './pointer-advantages.ts';
import type { ReinforcementConfig } from './pointer-config.ts';
import type { SlateValues } from './pointer-data.ts';
import type { Lesson } from './pointer-lessons.ts';

export interface ReinforcementOptions {
  readonly requests: ArrayLike<number>;
  /** Of each request: S sampled slates, then the greedy one. */
  readonly rollouts: readonly (readonly Places[])[];
  /** N of each request. */
  readonly candidates: readonly number[];
  /** Of each request; hill climbing replaces what it betters. */
  readonly demonstrations: ValuedSlate[];
  readonly value: SlateValues;
  readonly rngs: readonly Rng[];
  readonly config: ReinforcementConfig;
}

/** Of so many best samples one is drawn. */
const CLIMBED = 3;

/** What a step's rollouts teach: what is reinforced with its advantages, then what is to be imitated. */
export interface Reinforcement {
  readonly lessons: readonly Lesson[];
  /** Of the sampled slates. */
  readonly values: readonly Float64Array[];
}

export async function reinforce(options: ReinforcementOptions): Promise<Reinforcement> {
  const { requests, rollouts, demonstrations, rngs, config } = options;
  const S = config.samples;
  const neighbours = rollouts.map((slates, at) =>
    config.reward === 'neighbours'
      ? slates.slice(0, S).flatMap((places) => swapped(places, options.candidates[at], rngs[at]))
      : [],
  );
  const values = await options.value(
    rollouts.map((slates, at) => ({ request: requests[at], slates: [...slates, ...neighbours[at]] })),
  );
  const credit = config.reward === 'signed' ? signedChance : leaveOneOut;
  const reinforced = values.map((all, at): readonly number[] =>
    config.policy === 'climbed' ? [climbed(all.subarray(0, S), rngs[at])] : [...rollouts[at].keys()].slice(0, S),
  );
  const advantages = values.map((all, at) => {
    const each =
      config.reward === 'neighbours'
        ? againstNeighbours(rollouts[at].slice(0, S), all)
        : perPlace(credit(all.subarray(0, S)), rollouts[at][0].length);
    return reinforced[at].map((s) => each[s]);
  });
  if (config.reward !== 'signed') scaleAdvantages(advantages.flat());
  const lessons = rollouts.map((slates, at): Lesson => {
    const imitated = slateToImitate(slates, values[at], {
      demonstrations,
      at,
      rng: rngs[at],
      how: config.hillClimbing,
    });
    const sampled = reinforced[at].map((s) => slates[s]);
    const path = config.imitationPath === 'own' ? imitated : sampled[0];
    const share = (1 - config.imitationWeight) / sampled.length;
    return {
      slates: [...sampled, stillToChoose(imitated, path)],
      along: [...sampled, path],
      weights: [
        ...advantages[at].map((advantageT) => advantageT.map((advantage) => share * advantage)),
        new Float64Array(imitated.length).fill(config.imitationWeight),
      ],
    };
  });
  return { lessons, values: values.map((all) => all.subarray(0, S)) };
}

/** Every choice of a slate is credited with all of it. */
const perPlace = (advantagesS: Float64Array, T: number): readonly Float64Array[] =>
  Array.from(advantagesS, (advantage) => new Float64Array(T).fill(advantage));

/** A sample of the three best by value, drawn at random: the authors' hill climbing (`train.py`, `top_k_candidate`). */
function climbed(valuesS: ArrayLike<number>, rng: Rng): number {
  const top = byValue(valuesS).slice(0, CLIMBED);
  return top[rng.integer(top.length)];
}

/** Of a slate that is asked for along another: what does not stand higher up there. */
const stillToChoose = (places: Places, path: Places): Places =>
  places.map((candidate, t) => (path.subarray(0, t).includes(candidate) ? EMPTY : candidate));

/** The best first, ties to the earlier. */
const byValue = (valuesS: ArrayLike<number>): readonly number[] =>
  Array.from(valuesS, (_, s) => s).sort((a, b) => valuesS[b] - valuesS[a] || a - b);

/** For every place, the slate with that place given to a candidate left out; the slate itself where none is left out or the place is empty. */
function swapped(places: Places, candidates: number, rng: Rng): readonly Places[] {
  const leftOut = Array.from({ length: candidates }, (_, candidate) => candidate).filter(
    (candidate) => !places.includes(candidate),
  );
  return Array.from(places, (candidate, t) =>
    candidate === EMPTY || leftOut.length === 0 ? places : places.with(t, leftOut[rng.integer(leftOut.length)]),
  );
}

/** V(slate) - V(slate with place t given away), place by place (NLGR: Feng et al. 2021, the counterfactual reward of a generator). */
function againstNeighbours(slates: readonly Places[], values: Float64Array): readonly Float64Array[] {
  const S = slates.length;
  let next = S + 1;
  return slates.map((places, s) => Float64Array.from(places, () => values[s] - values[next++]));
}

/** What is imitated beside the samples (see `ReinforcementConfig.hillClimbing`); as `best`, it becomes the demonstration where it is worth more. */
function slateToImitate(
  slates: readonly Places[],
  values: Float64Array,
  {
    demonstrations,
    at,
    rng,
    how,
  }: {
    readonly demonstrations: ValuedSlate[];
    readonly at: number;
    readonly rng: Rng;
    readonly how: ReinforcementConfig['hillClimbing'];
  },
): Places {
  if (how === 'off') return demonstrations[at].places;
  if (how === 'best') {
    const [best] = byValue(values.subarray(0, slates.length));
    if (values[best] > demonstrations[at].value) demonstrations[at] = { places: slates[best], value: values[best] };
    return demonstrations[at].places;
  }
  const chosen = climbed(values.subarray(0, slates.length - 1), rng);
  return values[chosen] > demonstrations[at].value ? slates[chosen] : demonstrations[at].places;
}
