/** What every metric promises. Legend: U users. */
import { metricForm } from '../metrics/define-metric.ts';
import { isResampled, type Metric } from '../metrics/metric.ts';
import { partStatistics, valuesOfPart, weightedValues } from '../metrics/part-statistics.ts';
import type { ScoredPart } from '../metrics/scored-part.ts';
import { createRng } from '../random/rng.ts';
import { checkMade } from '../slate/check-definition.ts';
import type { Check } from './check.ts';
import { drawnLists, type MadeList, partOf } from './metric-data.ts';

/** Checks for a metric of one's own, whatever runs tests: `for (const { name, run } of metricConformance(mine)) test(name, run)`. */
export function metricConformance(metric: Metric): readonly Check[] {
  checkMade(metric, metricForm, 'metricConformance');
  const of = (part: ScoredPart, weightU?: Int32Array): number | undefined => valueIn(metric, part, weightU);
  const lists = drawnLists();
  const check = (name: string, run: () => void): Check => ({ name: `${metric.name}: ${name}`, run });
  return [
    check('has a value where lists have clicked and other items', () => {
      if (of(partOf(lists)) === undefined) throw failed(metric, 'a number', undefined);
    }),
    check('finds the perfect order no worse than the reversed one', () => {
      const [perfect, reversed] = [1, 0].map((top) => of(partOf(judged(lists, top))) ?? Number.NaN);
      const gain = metric.higherIsBetter ? perfect - reversed : reversed - perfect;
      if (!(gain >= 0)) throw failed(metric, `perfect no worse than ${reversed}, the reversed order's`, perfect);
    }),
    check('does not depend on the order of the lists', () => {
      const shuffled = createRng('order of lists').shuffle([...lists]);
      same(metric, of(partOf(lists)), of(partOf(shuffled)));
    }),
    check('does not depend on which of two equal scores came first', () => {
      same(metric, of(partOf(lists)), of(partOf(lists.map(tiesTurned))));
    }),
    check('is the same when every user counts twice', () => {
      const part = partOf(lists);
      same(
        metric,
        of(part),
        of(partOf([...lists, ...lists.map((list) => ({ ...list, user: list.user + part.users }))])),
      );
      if (isResampled(metric)) same(metric, of(part), of(part, new Int32Array(part.users).fill(2)));
    }),
    check('counts a user of weight n as n users', () => {
      if (!isResampled(metric)) return;
      const part = partOf(lists);
      const weightU = Int32Array.from({ length: part.users }, (_, user) => user % 4);
      same(metric, of(partOf(repeated(lists, weightU))), of(part, weightU));
    }),
    check('is undefined where there is nothing to measure', () => {
      const nothing = [of(partOf([])), ...(isResampled(metric) ? [of(partOf(lists), new Int32Array(12))] : [])];
      for (const value of nothing) if (value !== undefined) throw failed(metric, 'undefined of no lists', value);
      for (const part of sparseParts(lists)) of(part);
    }),
    check('is finite on probabilities of 0, 1 and 1e-300, and on far logits', () => {
      for (const part of extremeParts()) of(part);
    }),
    check('stays within its range', () => {
      for (const part of [partOf(lists), ...sparseParts(lists), ...extremeParts()]) {
        const value = of(part);
        if (value !== undefined && (value < metric.range[0] || value > metric.range[1]))
          throw failed(metric, `a value within ${metric.range.join(' to ')}`, value);
      }
    }),
    check('changes nothing of what it is given, and gives the same again', () => {
      const [part, untouched] = [partOf(lists), partOf(lists)];
      const first = of(part);
      if (String([...part.valueS, ...part.labelS]) !== String([...untouched.valueS, ...untouched.labelS]))
        throw new Error(
          `metric "${metric.name}": expected scores and labels as they were given, found others; copy before sorting`,
        );
      if (first !== of(part)) throw failed(metric, `${first} again`, of(part));
    }),
  ];
}

/** Throws the `InputError` of a value that is infinite or no number. */
function valueIn(metric: Metric, part: ScoredPart, weightU: Int32Array | undefined): number | undefined {
  const statistics = partStatistics([metric], part);
  const value = (weightU ? weightedValues(statistics, weightU) : valuesOfPart(statistics))[metric.name];
  return Number.isNaN(value) ? undefined : value;
}

const failed = ({ name }: Metric, expected: string, found: number | undefined): Error =>
  new Error(`metric "${name}": expected ${expected}, found ${found}`);

/** But for rounding. */
function same(metric: Metric, expected: number | undefined, found: number | undefined): void {
  if (expected === found) return;
  const far = Math.abs((found ?? Number.NaN) - (expected ?? Number.NaN)) / Math.max(1, Math.abs(expected ?? 0));
  if (!(far < 1e-9)) throw failed(metric, String(expected), found);
}

/** Clicked items near 1 and others near 0, or the other way round. */
const judged = (lists: readonly MadeList[], top: number): readonly MadeList[] =>
  lists.map(({ user, items }) => ({
    user,
    items: items.map(({ label }) => ({ label, value: label === top ? 0.99 : 0.01 })),
  }));

/** Each group of equal scores the other way round, in the places that it had. */
function tiesTurned({ user, items }: MadeList): MadeList {
  const left = [...items].reverse();
  return {
    user,
    items: items.map(({ value }) => {
      const at = left.findIndex((item) => item.value === value);
      return left.splice(at, 1)[0];
    }),
  };
}

/** Each user's lists as often as the weight says, each time as a user of their own. */
function repeated(lists: readonly MadeList[], weightU: Int32Array): readonly MadeList[] {
  const copies = Math.max(...weightU);
  const all = Array.from({ length: copies }, (_, copy) =>
    lists
      .filter(({ user }) => copy < weightU[user])
      .map(({ user, items }) => ({ user: user + copy * weightU.length, items })),
  ).flat();
  const numbers = new Map([...new Set(all.map(({ user }) => user))].map((user, number) => [user, number]));
  return all.map(({ user, items }) => ({ user: numbers.get(user) ?? 0, items }));
}

/** Without a click, nothing but clicks, lists of one, equal scores, empty lists, no threshold. */
function sparseParts(lists: readonly MadeList[]): readonly ScoredPart[] {
  const all = (change: (item: MadeList['items'][number]) => MadeList['items'][number]): ScoredPart =>
    partOf(lists.map(({ user, items }) => ({ user, items: items.map(change) })));
  return [
    all((item) => ({ ...item, label: 0 })),
    all((item) => ({ ...item, label: 1 })),
    all((item) => ({ ...item, value: 0.5 })),
    partOf(lists.map(({ user, items }) => ({ user, items: items.slice(0, 1) }))),
    partOf(lists.map(({ user }) => ({ user, items: [] }))),
    { ...partOf(lists), threshold: Number.NaN },
    partOf(lists.slice(0, 1)),
  ];
}

function extremeParts(): readonly ScoredPart[] {
  const list = (values: readonly number[]): readonly MadeList[] =>
    ([0, 1] as const).map((odd) => ({
      user: odd,
      items: values.map((value, at) => ({ value, label: at % 2 === odd ? 1 : 0 })),
    }));
  return [
    partOf(list([0, 0, 1, 1, 1e-300, 1e-300, 1 - 2 ** -53, 0.5])),
    partOf(list([0, 0, 0, 0])),
    partOf(list([1, 1, 1, 1])),
    partOf(list([-1e4, 1e4, -745, 37, 0, -0, 800, 1e4]), 'logit'),
  ];
}
