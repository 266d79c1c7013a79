import { checkBooleans, checkDefinition, type KeysOf } from '../slate/check-definition.ts';
import { InputError } from '../slate/input-error.ts';
import { checkKindName } from '../slate/kind-name.ts';
import type { Metric, MetricForm, MetricWords } from './metric.ts';

/** A metric of one's own: what people read of it, and one of the forms of `MetricForm`. */
export type OwnMetric = Pick<
  MetricWords,
  'name' | 'title' | 'meaning' | 'higherIsBetter' | 'head' | 'digits' | 'leavesOut'
> & {
  /** Lowest and highest value that it can have: an interval ends there. Any number where left out. */
  readonly range?: readonly [number, number];
} & MetricForm;

type FormName = MetricForm extends infer Form ? (Form extends unknown ? keyof Form : never) : never;

const forms: Readonly<Record<FormName, true>> = {
  ofSlate: true,
  ofItem: true,
  ofUser: true,
  ofConfusion: true,
  ofSteps: true,
  ofWeighted: true,
  ofPart: true,
};

const keys: KeysOf<OwnMetric> = {
  name: true,
  title: true,
  meaning: true,
  higherIsBetter: true,
  head: true,
  digits: true,
  leavesOut: true,
  range: true,
  ...forms,
};
/** What a copy of a built-in metric has too. */
const finished = ['kind', 'group', 'family', 'toldIn'];

/**
 * A metric for the tables, intervals and reports of `compare` and `evaluate`, brought by `kinds` of the settings: it has a table and plots of its own, and may choose a recipe's epoch unless
 * it needs a threshold (`ofConfusion`). `metricConformance` of `slatewise/testing` checks it. Throws `InputError` for a definition that says too little or too much.
 */
export function defineMetric(own: OwnMetric): Metric {
  checkDefinition(own, { call: 'defineMetric', word: 'metric', keys, finished });
  checkKindName('metric', own.name);
  const wrong = (what: string): InputError => new InputError(`metric ${own.name}: ${what}`, 'invalid-definition');
  for (const words of ['title', 'meaning'] as const)
    if (typeof own[words] !== 'string' || own[words].trim() === '')
      throw wrong(`${words}: expected some words, found ${JSON.stringify(own[words]) ?? 'none'}; reports print them`);
  if (own.higherIsBetter === undefined)
    throw wrong('higherIsBetter: expected true or false, found none; say which values are better');
  checkBooleans(own, ['higherIsBetter'], `metric ${own.name}`);
  const given = Object.keys(forms).filter((form) => form in own);
  if (given.length !== 1 || typeof own[given[0] as keyof OwnMetric] !== 'function')
    throw wrong(
      `expected one function of ${Object.keys(forms).join(', ')}, found ${given.join(' and ') || 'none'}; each computes the metric in another way`,
    );
  const { range = [-Infinity, Infinity], digits = 4 } = own;
  if (!(range[0] < range[1]))
    throw wrong(`range: expected the lower end first, found ${range[0]} and ${range[1]}; turn them`);
  if (!(Number.isInteger(digits) && digits >= 0 && digits <= 12))
    throw wrong(`digits: expected a whole number from 0 to 12, found ${digits}; they are decimals in print`);
  return { ...own, kind: 'metric', range, group: 'own', toldIn: ['plots', 'headline'] };
}
