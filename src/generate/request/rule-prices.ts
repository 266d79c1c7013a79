import type { GenerationTask, Generator } from '../generator.ts';
import type { Candidate } from '../rules/candidate.ts';
import { compileRules } from '../rules/compile-rules.ts';
import type { Rules } from '../rules/rules.ts';
import { joinRules, singleRules } from '../rules/single-rules.ts';
import type { Objective } from './objective.ts';

/** The task that was answered, and its answer. */
export interface PriceTask extends Omit<GenerationTask, 'rules' | 'count'> {
  readonly rules: Rules;
  /** The request's candidates with their metadata, in its order. */
  readonly candidates: readonly Candidate[];
  /** Places asked for. */
  readonly size: number;
  readonly generator: Generator;
  /** What `value` measures. */
  readonly objective: Pick<Objective, 'label'>;
  /** What the slate that was made is worth. */
  readonly made: number;
}

export interface RulePrice {
  /** The rule in words. */
  readonly rule: string;
  /** In units of the objective, never negative. */
  readonly price: number;
  /** Of what the slate is worth without the rule; 0 where that is nothing. */
  readonly share: number;
  /** `pin i7 at rank 1 costs 0.8 % of expected clicks`. */
  readonly sentence: string;
}

/**
 * What each rule costs: the value of the generator's slate without that rule, less its value with all rules. A slate that keeps all rules is still allowed without one, so
 * where a generator finds less without, the rule costs nothing. One run of the generator per rule. Prices do not add up: two rules may cost only together.
 */
export async function priceRules(task: PriceTask): Promise<readonly RulePrice[]> {
  const singles = singleRules(task.rules);
  const prices: RulePrice[] = [];
  for (const rule of singles) {
    const without = await worth(task, joinRules(singles.filter((each) => each !== rule)));
    const price = Math.max(0, without - task.made);
    const share = without === 0 ? 0 : price / Math.abs(without);
    prices.push({
      rule: rule.sentence,
      price,
      share,
      sentence: `${rule.sentence} costs ${percent(share)}${share > 0 ? ` of ${task.objective.label}` : ''}`,
    });
  }
  return prices;
}

/** Every run draws the same random numbers. */
async function worth(task: PriceTask, rules: Rules): Promise<number> {
  const { request, candidates, size, generator, rng } = task;
  const compiled = compileRules(rules, { candidates, size, where: `request ${request.id}` });
  const [best] = await generator.generate({
    ...task,
    size: compiled.start.length,
    rules: compiled,
    count: 1,
    rng: rng.split('rule prices'),
  });
  return best.value;
}

function percent(share: number): string {
  if (share === 0) return 'nothing';
  return share < 0.0005 ? 'less than 0.1 %' : `${(share * 100).toFixed(1)} %`;
}
