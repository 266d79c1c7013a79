/** Legend: N candidates, K slate, C choices of a place. */
import type { Rng } from '../../random/rng.ts';
import { firstEmpty, type Places } from '../../slate/places.ts';
import type { GenerationTask, ValuedSlate } from '../generator.ts';

/** Where a draw stands: what is on the slate so far, and what may come next. */
export interface Step {
  readonly places: Places;
  /** C candidates, ascending, that may take the first empty place such that the slate can still keep the rules; none on a whole slate. */
  readonly choices: readonly number[];
  /** [C]: log-probability of each, given what stands above; -Infinity where it is never drawn. */
  readonly logChances: Float64Array;
  /** Where the draw stands once a choice is taken, by its index. */
  take(choice: number): Promise<Step>;
}

/** One request to a policy. */
export interface PolicyTask extends GenerationTask {
  /** The slate that would be shown if nothing were explored: made once, when it is first asked for. */
  readonly best: () => Promise<ValuedSlate>;
}

/** A policy at one request. */
export interface OpenPolicy {
  /** The slate before anything is drawn: the pinned items are there. */
  readonly begin: Step;
  /** Where a share of the answers is one slate for certain: that slate, and the draws of the others. */
  readonly mixture?: { readonly share: number; readonly slate: ValuedSlate; readonly others: Step };
  /** Probability of a candidate at a place whatever stands above; undefined where that has no closed form. */
  readonly placeChance?: ((place: number, candidate: number) => number) | undefined;
}

/**
 * How slates are explored: drawn at random, with the probability of each known exactly. A candidate is drawn only where the rules can still be kept, and the chances are
 * those among such candidates: so they sum to 1 over all slates that keep the rules.
 */
export interface Policy {
  /** As logs name it: `plackett-luce temperature=0.1 values=above`. */
  readonly text: string;
  open(task: PolicyTask): Promise<OpenPolicy>;
}

/** A slate that was drawn. */
export interface Drawn {
  readonly places: Places;
  /** [K]: probability of each item at its place, given those above it; 1 where it is pinned. Their product is the probability of the slate. */
  readonly propensityK: Float64Array;
  readonly logPropensity: number;
}

/** Draws place after place from the top. */
export async function drawBy(begin: Step, rng: Rng): Promise<Drawn> {
  const propensityK = new Float64Array(begin.places.length).fill(1);
  let step = begin;
  let logPropensity = 0;
  while (step.choices.length > 0) {
    const place = firstEmpty(step.places);
    const choice = drawn(step.logChances, rng);
    propensityK[place] = Math.exp(step.logChances[choice]);
    logPropensity += step.logChances[choice];
    step = await step.take(choice);
  }
  return { places: step.places, propensityK, logPropensity };
}

/** 64 bits of chance: with the 32 of one number, what is rarer than that could never be drawn as often as it says. */
function drawn(logChances: Float64Array, rng: Rng): number {
  let left = rng.next() + rng.next() / 2 ** 32;
  let last = -1;
  for (let choice = 0; choice < logChances.length; choice++) {
    const chance = Math.exp(logChances[choice]);
    if (chance === 0) continue;
    last = choice;
    left -= chance;
    if (left < 0) return choice;
  }
  // Sums of chances are 1 but for rounding.
  return last;
}

/** Every slate that a policy may draw, with its log-probability. */
export async function* everyDraw(
  begin: Step,
  above = 0,
): AsyncGenerator<{ readonly places: Places; readonly logPropensity: number }, void> {
  if (begin.choices.length === 0) yield { places: begin.places, logPropensity: above };
  for (const choice of begin.choices.keys()) {
    const chance = begin.logChances[choice];
    if (chance > -Infinity) yield* everyDraw(await begin.take(choice), above + chance);
  }
}
