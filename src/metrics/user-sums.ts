/** Legend: B impressions, K slots of a list, S slots, U users. */
import { InputError } from '../slate/input-error.ts';
import { independentLogit } from './list-figures.ts';
import type { FormOf, Metric, RankedSlate, ScoredItem, UserItems } from './metric.ts';
import { type ScoredPart, usersOfSlots } from './scored-part.ts';
import { rankSlate } from './tied-ranking.ts';
import { type UserTable, userTable } from './user-table.ts';

/** Of each metric that is a mean, for each user: the sum of what has a value, and in the next column their number. */
export interface UserSums {
  readonly table: UserTable;
  /** The first column of each metric, by its name. */
  readonly columnOf: ReadonlyMap<string, number>;
}

/** The metrics that are means. */
export type MeanMetric = FormOf<'ofSlate'> | FormOf<'ofItem'> | FormOf<'ofUser'>;

/** One pass over the lists, one over the items and one over the users for all of them. */
export function userSums(metrics: readonly Metric[], part: ScoredPart, probabilityS: Float64Array): UserSums {
  const columnOf = new Map<string, number>();
  const means = metrics.filter(isMean);
  const table = userTable(part.users, 2 * means.length);
  const { columns, valuesUC } = table;
  const begin = (metric: MeanMetric): Adding => {
    const column = 2 * columnOf.size;
    columnOf.set(metric.name, column);
    return (user, value) => {
      if (value === undefined) return;
      valuesUC[user * columns + column] += finite(metric, value);
      valuesUC[user * columns + column + 1]++;
    };
  };
  const pass = { part, probabilityS, begin };
  addSlates(ofForm(metrics, 'ofSlate'), pass);
  addItems(ofForm(metrics, 'ofItem'), pass);
  addUsers(ofForm(metrics, 'ofUser'), pass);
  return { table, columnOf };
}

/** Of weighted sums of the columns; undefined where nothing has a value. */
export function meanAt(sumC: Float64Array, column: number): number | undefined {
  const count = sumC[column + 1];
  return count === 0 ? undefined : sumC[column] / count;
}

/** Throws an `InputError` that names the metric where its value is infinite or no number. */
export function finite({ name }: { readonly name: string }, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new InputError(
    `metric ${name}: expected a finite number, or undefined where there is nothing to measure, found ${value}; check the metric with slatewise/testing`,
    'invalid-definition',
  );
}

type Adding = (user: number, value: number | undefined) => void;

interface Pass {
  readonly part: ScoredPart;
  readonly probabilityS: Float64Array;
  readonly begin: (metric: MeanMetric) => Adding;
}

function addSlates(metrics: readonly FormOf<'ofSlate'>[], { part, probabilityS, begin }: Pass): void {
  const { offsetsB, labelS, userB, valueS } = part;
  const orderS = part.orderS ?? valueS;
  const adding = metrics.map(begin);
  for (let b = 0; b < userB.length; b++) {
    const [start, end] = [offsetsB[b], offsetsB[b + 1]];
    const slate: RankedSlate = {
      probabilitiesK: probabilityS.subarray(start, end),
      labelsK: labelS.subarray(start, end),
      scoresK: orderS.subarray(start, end),
      ranking: rankSlate(orderS, labelS, [start, end]),
      anyClickLogit: part.listLogitB?.[b] ?? independentLogit(probabilityS.subarray(start, end)),
    };
    for (let m = 0; m < metrics.length; m++) adding[m](userB[b], metrics[m].ofSlate(slate));
  }
}

function addItems(metrics: readonly FormOf<'ofItem'>[], { part, probabilityS, begin }: Pass): void {
  const { labelS, valueS, scale } = part;
  const userS = usersOfSlots(part);
  const adding = metrics.map(begin);
  for (let slot = 0; slot < labelS.length; slot++) {
    const item: ScoredItem = {
      probability: probabilityS[slot],
      logit: scale === 'logit' ? valueS[slot] : undefined,
      label: labelS[slot],
    };
    for (let m = 0; m < metrics.length; m++) adding[m](userS[slot], metrics[m].ofItem(item));
  }
}

function addUsers(metrics: readonly FormOf<'ofUser'>[], { part, probabilityS, begin }: Pass): void {
  const adding = metrics.map(begin);
  slotsOfUsers(part).forEach((slots, user) => {
    const items: UserItems = {
      valueS: Float64Array.from(slots, (slot) => part.valueS[slot]),
      probabilityS: Float64Array.from(slots, (slot) => probabilityS[slot]),
      labelS: Uint8Array.from(slots, (slot) => part.labelS[slot]),
    };
    for (let m = 0; m < metrics.length; m++) adding[m](user, metrics[m].ofUser(items));
  });
}

/** In the order of the log. */
function slotsOfUsers(part: ScoredPart): readonly (readonly number[])[] {
  const slotsU: number[][] = Array.from({ length: part.users }, () => []);
  usersOfSlots(part).forEach((user, slot) => {
    slotsU[user].push(slot);
  });
  return slotsU;
}

const isMean = (metric: Metric): metric is MeanMetric =>
  'ofSlate' in metric || 'ofItem' in metric || 'ofUser' in metric;

function ofForm<Form extends string>(metrics: readonly Metric[], form: Form): readonly FormOf<Form>[] {
  return metrics.filter((metric): metric is FormOf<Form> => form in metric);
}
