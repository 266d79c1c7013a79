/** What exploring costs, told before anything is shown. Legend: C choices of a place. */
import type { Rng } from '../../random/rng.ts';
import type { Places } from '../../slate/places.ts';
import { countSlates } from '../generators/exhaustive-generator.ts';
import { freePlaces, valued } from '../generators/valued.ts';
import { costOf } from '../search-limit.ts';
import { drawBy, everyDraw, type OpenPolicy, type PolicyTask, type Step } from './policy.ts';

/** The worth of the best list against what the policy gives on average, both by the scorer, in units of the objective. */
export interface ExplorePrice {
  /** Of the slate that would be shown if nothing were explored. */
  readonly best: number;
  /** Of the policy's slates on average. */
  readonly expected: number;
  /** What exploring costs a list: `best` less `expected`; negative where the policy finds better slates than the generator. */
  readonly cost: number;
  /** Of the cost, 95 %; both the cost itself where every slate was reckoned with, null of fewer than two draws. */
  readonly low: number | null;
  readonly high: number | null;
  /** Every slate with its probability, or draws. */
  readonly by: 'exhaustive' | 'sample';
}

/** Slates up to which all are reckoned with. */
const EXHAUSTIVE = 2000;
const DRAWS = 200;
/** Of a normal distribution: half of what a 95 % interval is wide, in standard errors. */
const HALF_WIDTH = 1.959964;

/** Ends after 200 draws, or where the task's limit does. */
export async function explorePrice(task: PolicyTask, policy: OpenPolicy, rng: Rng): Promise<ExplorePrice> {
  const { value: best } = await task.best();
  // What is certain needs no draws.
  const { share = 0, slate, others = policy.begin } = policy.mixture ?? {};
  const sure = slate === undefined ? 0 : share * slate.value;
  const free = freePlaces(task.rules.start).length;
  const told = (mean: number, error: number | undefined, by: ExplorePrice['by']): ExplorePrice => {
    const expected = sure + (1 - share) * mean;
    const cost = best - expected;
    const half = error === undefined ? undefined : HALF_WIDTH * (1 - share) * error;
    return {
      ...{ best, expected, cost, by },
      low: half === undefined ? null : cost - half,
      high: half === undefined ? null : cost + half,
    };
  };
  if (free === 0 || countSlates(others.choices.length, free) <= EXHAUSTIVE)
    return told(await exactMean(task, others), 0, 'exhaustive');
  const values = await drawnValues(task, others, rng);
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const squares = values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  return told(mean, values.length < 2 ? undefined : Math.sqrt(squares / (values.length - 1) / values.length), 'sample');
}

async function exactMean({ value }: PolicyTask, begin: Step): Promise<number> {
  const slates: Places[] = [];
  const chances: number[] = [];
  for await (const { places, logPropensity } of everyDraw(begin)) {
    slates.push(places);
    chances.push(Math.exp(logPropensity));
  }
  const worth = await valued(value, slates);
  return worth.reduce((sum, slate, at) => sum + chances[at] * slate.value, 0);
}

async function drawnValues({ value, limit }: PolicyTask, begin: Step, rng: Rng): Promise<readonly number[]> {
  const slates: Places[] = [];
  while (slates.length < DRAWS && (slates.length === 0 || !limit?.isOver())) {
    const { places } = await drawBy(begin, rng);
    limit?.spend(costOf(places));
    slates.push(places);
  }
  return (await valued(value, slates)).map((slate) => slate.value);
}
