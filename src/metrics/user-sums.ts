/** Legend: B impressions, K slots of a list, S slots, U users. */
import { threw, wrongAnswer } from '../slate/own-function.ts';
import { independentLogit } from './list-figures.ts';
import { type FormOf, functionOf, type Metric, type RankedSlate, type ScoredItem, type UserItems } from './metric.ts';
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
  const begin = <T>(metric: MeanMetric, value: (given: T) => number | undefined): Adding<T> => {
    const column = 2 * columnOf.size;
    columnOf.set(metric.name, column);
    return (user, given) => {
      const found = called(metric, value, given);
      if (found === undefined) return;
      valuesUC[user * columns + column] += found;
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

/** The value of a metric; throws an `InputError` that names it and its function where that throws, or gives something else than a finite number or undefined. */
export function called<T>(metric: Metric, value: (given: T) => number | undefined, given: T): number | undefined {
  let found: number | undefined;
  try {
    found = value.call(metric, given);
  } catch (error) {
    throw threw(functionOf(metric), error);
  }
  if (found === undefined || Number.isFinite(found)) return found;
  throw wrongAnswer(functionOf(metric), 'a finite number, or undefined where there is nothing to measure', found);
}

type Adding<T> = (user: number, given: T) => void;

interface Pass {
  readonly part: ScoredPart;
  readonly probabilityS: Float64Array;
  readonly begin: <T>(metric: MeanMetric, value: (given: T) => number | undefined) => Adding<T>;
}

function addSlates(metrics: readonly FormOf<'ofSlate'>[], { part, probabilityS, begin }: Pass): void {
  const { offsetsB, labelS, userB, valueS } = part;
  const orderS = part.orderS ?? valueS;
  const adding = metrics.map((metric) => begin(metric, metric.ofSlate));
  for (let b = 0; b < userB.length; b++) {
    const [start, end] = [offsetsB[b], offsetsB[b + 1]];
    const slate: RankedSlate = {
      probabilitiesK: probabilityS.subarray(start, end),
      labelsK: labelS.subarray(start, end),
      scoresK: orderS.subarray(start, end),
      ranking: rankSlate(orderS, labelS, [start, end]),
      anyClickLogit: part.listLogitB?.[b] ?? independentLogit(probabilityS.subarray(start, end)),
    };
    for (const add of adding) add(userB[b], slate);
  }
}

function addItems(metrics: readonly FormOf<'ofItem'>[], { part, probabilityS, begin }: Pass): void {
  const { labelS, valueS, scale } = part;
  const userS = usersOfSlots(part);
  const adding = metrics.map((metric) => begin(metric, metric.ofItem));
  for (let slot = 0; slot < labelS.length; slot++) {
    const item: ScoredItem = {
      probability: probabilityS[slot],
      logit: scale === 'logit' ? valueS[slot] : undefined,
      label: labelS[slot],
    };
    for (const add of adding) add(userS[slot], item);
  }
}

function addUsers(metrics: readonly FormOf<'ofUser'>[], { part, probabilityS, begin }: Pass): void {
  const adding = metrics.map((metric) => begin(metric, metric.ofUser));
  slotsOfUsers(part).forEach((slots, user) => {
    const items: UserItems = {
      valueS: Float64Array.from(slots, (slot) => part.valueS[slot]),
      probabilityS: Float64Array.from(slots, (slot) => probabilityS[slot]),
      labelS: Uint8Array.from(slots, (slot) => part.labelS[slot]),
    };
    for (const add of adding) add(user, items);
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
