import type { Rng } from '../../random/rng.ts';
import type { GenerationTask, Generator, ValuedSlate } from '../generator.ts';
import { valued } from '../generators/valued.ts';
import type { SearchLimit } from '../search-limit.ts';
import { type ExplorePrice, explorePrice } from './explore-price.ts';
import type { ReadExplore } from './policies.ts';
import { drawBy } from './policy.ts';

/** A slate that a policy drew. */
export interface ExploredSlate {
  readonly slate: ValuedSlate;
  /** The policy, as logs name it. */
  readonly policy: string;
  /** [K]: probability of each item at its place, given those above it. */
  readonly propensityK: Float64Array;
  /** [K]: the same whatever stands above; undefined where that has no closed form. */
  readonly placePropensityK: readonly number[] | undefined;
  /** Of the slate as a whole. */
  readonly propensity: number;
  readonly price: ExplorePrice | undefined;
}

export interface ExploreOptions {
  readonly explore: ReadExplore;
  readonly generator: Generator;
  /** Decides the draw, and nothing else does: not the generator's search. */
  readonly rng: Rng;
  /** What telling the price may cost. */
  readonly priceLimit: SearchLimit;
}

/** Draws one slate instead of taking the best. Throws `InputError` where rules are too intricate to say which candidates may stand where: then no chances are known. */
export async function exploredSlate(
  task: GenerationTask,
  { explore, generator, rng, priceLimit }: ExploreOptions,
): Promise<ExploredSlate> {
  const policy = explore.policy(generator.name);
  let made: Promise<ValuedSlate> | undefined;
  const best = (): Promise<ValuedSlate> => {
    made ??= generator.generate({ ...task, count: 1 }).then(([slate]) => slate);
    return made;
  };
  const open = await policy.open({ ...task, best });
  const { places, propensityK, logPropensity } = await drawBy(open.begin, rng.split('draw'));
  const [slate] = await valued(task.value, [places]);
  const { placeChance } = open;
  return {
    slate,
    policy: policy.text,
    propensityK,
    placePropensityK: placeChance && Array.from(places, (candidate, place) => placeChance(place, candidate)),
    propensity: Math.exp(logPropensity),
    price: explore.hasPrice
      ? await explorePrice({ ...task, best, limit: priceLimit }, open, rng.split('price'))
      : undefined,
  };
}
