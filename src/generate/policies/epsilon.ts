/** Legend: C choices of a place. */
import { z } from 'zod';
import { firstEmpty, isWhole, type Places } from '../../slate/places.ts';
import { withNext } from '../generators/valued.ts';
import { definePolicy, type PolicyKind } from './define-policy.ts';
import type { PolicyTask, Step } from './policy.ts';
import { fairStep } from './soft-step.ts';

/** How often it explores. */
export interface EpsilonOptions {
  readonly epsilon: number;
}

/**
 * Epsilon on the slate: with 1 - epsilon the generator's own slate, else one drawn place by place with equal chances among all that may stand there. Without counting rules that
 * is every slate alike; with them, slates whose top leaves little choice below come more often.
 *
 * The probability of a slate is that of both ways together: the draw may give the generator's own, too.
 */
export const epsilon: PolicyKind<EpsilonOptions> = definePolicy({
  name: 'epsilon',
  shape: { epsilon: z.number().gt(0).max(1) },
  text: ({ epsilon: share }, generator) => `epsilon=${share} generator=${generator}`,
  async open(task, { epsilon: share }) {
    const slate = await task.best();
    const { rules } = task;
    const free = rules.choices(rules.start).length;
    return {
      begin: mixedStep(task, { best: slate.places, share }, { places: rules.start, isBest: true, logFair: 0 }),
      mixture: { share: 1 - share, slate, others: await fairStep(rules, rules.start) },
      ...(rules.isFree
        ? {
            placeChance: (place: number, candidate: number): number =>
              rules.start[place] === candidate ? 1 : (1 - share) * +(slate.places[place] === candidate) + share / free,
          }
        : {}),
    };
  },
});

interface Mixed {
  readonly places: Places;
  /** So far it is the generator's slate. */
  readonly isBest: boolean;
  /** Log-probability of what stands so far where each place is drawn fairly. */
  readonly logFair: number;
}

/** A place's chances are those of the slate with it, over those of the slate without: the share of the generator's slate shrinks with every fair draw that would not give it. */
function mixedStep(
  task: Pick<PolicyTask, 'rules'>,
  policy: { readonly best: Places; readonly share: number },
  { places, isBest, logFair }: Mixed,
): Step {
  const choices = isWhole(places) ? [] : task.rules.choices(places);
  const wanted = policy.best[firstEmpty(places)];
  const logBest = isBest ? Math.log1p(-policy.share) : -Infinity;
  const logOthers = Math.log(policy.share) + logFair;
  const logAbove = logSum(logBest, logOthers);
  const fair = logOthers - Math.log(choices.length);
  return {
    places,
    choices,
    logChances: Float64Array.from(
      choices,
      (candidate) => logSum(candidate === wanted ? logBest : -Infinity, fair) - logAbove,
    ),
    take: async (choice) =>
      mixedStep(task, policy, {
        places: withNext(places, choices[choice]),
        isBest: isBest && choices[choice] === wanted,
        logFair: logFair - Math.log(choices.length),
      }),
  };
}

/** log(exp(a) + exp(b)) of two that are not both -Infinity. */
function logSum(a: number, b: number): number {
  const most = Math.max(a, b);
  return most + Math.log1p(Math.exp(Math.min(a, b) - most));
}
