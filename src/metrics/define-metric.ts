import { checkDefinition, type DefinitionForm, type KeysOf } from '../slate/check-definition.ts';
import { InputError } from '../slate/input-error.ts';
import { unlike } from '../slate/nearest-name.ts';
import { show } from '../slate/rejected-event.ts';
import { type Metric, type MetricForm, type MetricWords, metricForms } from './metric.ts';

/** A metric of one's own: what people read of it, and one of the forms of `MetricForm`. */
export type OwnMetric = Pick<
  MetricWords,
  'name' | 'title' | 'meaning' | 'higherIsBetter' | 'head' | 'digits' | 'leavesOut'
> & {
  /** Lowest and highest value that it can have: an interval ends there. Any number where left out. */
  readonly range?: readonly [number, number];
} & MetricForm;

const keys: KeysOf<OwnMetric> = {
  name: true,
  title: true,
  meaning: true,
  higherIsBetter: true,
  head: true,
  digits: true,
  leavesOut: true,
  range: true,
  ...metricForms,
};
/** What is asked of a definition, and of what is made of one. */
export const metricForm: DefinitionForm = {
  call: 'defineMetric',
  word: 'metric',
  keys,
  finished: ['group', 'family', 'toldIn'],
  oneOf: Object.keys(metricForms),
  booleans: ['higherIsBetter'],
};
const left = ['lists without a click', 'users with one class'];

/**
 * A metric for the tables, intervals and reports of `compare` and `evaluate`, brought by `kinds` of the settings: it has a table and plots of its own, and may choose a recipe's epoch unless
 * it needs a threshold (`ofConfusion`). `metricConformance` of `slatewise/testing` checks it. Throws `InputError` for a definition that says too little or too much.
 */
export function defineMetric(own: OwnMetric): Metric {
  checkDefinition(own, metricForm);
  const wrong = (what: string): InputError => new InputError(`metric "${own.name}": ${what}`, 'invalid-definition');
  for (const words of ['title', 'meaning', 'head'] as const) {
    if (words === 'head' && own.head === undefined) continue;
    if (typeof own[words] !== 'string' || own[words].trim() === '')
      throw wrong(`${words}: expected some words, found ${show(own[words])}; reports print them`);
  }
  if (own.higherIsBetter === undefined)
    throw wrong('higherIsBetter: expected true or false, found nothing; say which values are better');
  if (own.leavesOut !== undefined && !left.includes(own.leavesOut))
    throw wrong(`leavesOut: ${unlike(own.leavesOut, left, 'leave it out where all have a value')}`);
  const { range = [-Infinity, Infinity], digits = 4 } = own;
  if (
    !Array.isArray(range) ||
    range.length !== 2 ||
    !range.every((end) => typeof end === 'number') ||
    !(range[0] < range[1])
  )
    throw wrong(
      `range: expected [lowest, highest], two numbers with the lower one first, found ${Array.isArray(range) ? `[${range.map(show).join(', ')}]` : show(range)}; mend it`,
    );
  if (!(Number.isInteger(digits) && digits >= 0 && digits <= 12))
    throw wrong(`digits: expected a whole number from 0 to 12, found ${show(digits)}; they are decimals in print`);
  return { ...own, kind: 'metric', range, group: 'own', toldIn: ['plots', 'headline'] };
}
