import { requestName } from '../../slate/request-name.ts';
import type { GenerationTask, Generator } from '../generator.ts';
import type { Candidate } from '../rules/candidate.ts';
import { compileRules } from '../rules/compile-rules.ts';
import { relevantRules } from '../rules/relevant-rules.ts';
import type { AnyRules, RuleRegistry } from '../rules/rules.ts';
import { joinRules, type SingleRule, singleRules } from '../rules/single-rules.ts';
import type { Objective } from './objective.ts';
import type { RulePrice } from './slate-reply.ts';

/** The task that was answered, and its answer; its limit is for all prices together. */
export interface PriceTask extends Omit<GenerationTask, 'rules' | 'count'> {
  readonly rules: AnyRules;
  /** The kinds of rules there are; those of the program unless a caller has more. */
  readonly kinds?: RuleRegistry | undefined;
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

/** Rules that are told one by one. */
const TOLD = 50;

/**
 * What each rule costs: the value of the generator's slate without that rule, less its value with all rules. A slate that keeps all rules is still allowed without one, so
 * where a generator finds less without, the rule costs nothing. One run of the generator per rule, none for a rule that concerns no candidate; the task's limit bounds all
 * of them together, and what it leaves out has no price. Prices do not add up: two rules may cost only together.
 */
export async function priceRules(task: PriceTask): Promise<readonly RulePrice[]> {
  const told = singleRules(task.rules, { asOne: true, kinds: task.kinds });
  const prices: RulePrice[] = [];
  for (const rule of told.slice(0, TOLD)) prices.push(await priceOf(rule, told, task));
  const untold = told.length - prices.length;
  if (untold > 0) prices.push(notPriced(`${untold.toLocaleString('en')} more rules`));
  return prices;
}

async function priceOf(rule: SingleRule, all: readonly SingleRule[], task: PriceTask): Promise<RulePrice> {
  const { limit, made, objective } = task;
  const isNothing = concernsNobody(rule, task);
  if (!isNothing && limit?.isOver()) return notPriced(rule.sentence);
  const without = isNothing ? made : await worth(task, joinRules(all.filter((each) => each !== rule)));
  // A search that was cut may have found less than there is.
  if (!isNothing && limit?.cut !== undefined && without <= made) return notPriced(rule.sentence);
  const price = Math.max(0, without - made);
  const share = without === 0 ? 0 : price / Math.abs(without);
  return {
    rule: rule.sentence,
    price,
    share,
    sentence: `${rule.sentence} costs ${percent(share)}${share > 0 ? ` of ${objective.label}` : ''}`,
  };
}

const concernsNobody = (rule: SingleRule, { candidates, kinds }: PriceTask): boolean =>
  singleRules(relevantRules(joinRules([rule]), candidates, kinds), { kinds }).length === 0;

const notPriced = (rule: string): RulePrice => ({
  rule,
  price: null,
  share: null,
  sentence: `${rule}: what it costs was not looked for, that would take too long`,
});

/** Every run draws the same random numbers. */
async function worth(task: PriceTask, rules: AnyRules): Promise<number> {
  const { request, candidates, size, generator, rng, kinds } = task;
  const relevant = relevantRules(rules, candidates, kinds);
  const compiled = compileRules(relevant, { candidates, size, where: requestName(request.id), kinds });
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
