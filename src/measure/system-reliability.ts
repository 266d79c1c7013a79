/** The reliability tables of one system. Legend: B lists, S slots. */
import { listFigures } from '../metrics/list-figures.ts';
import { type ItemValues, listValues } from '../metrics/list-value.ts';
import { probabilitiesOf } from '../metrics/scored-part.ts';
import { countGroups, oneGroup, predictedGroups } from './gap-groups.ts';
import type { Predictions, ShownLists } from './predictions.ts';
import { type GapGroups, type JudgedNumbers, type ReliabilityTable, reliabilityTable } from './reliability-tables.ts';

/** What the test lists are put into groups by, beside what is predicted of them. */
export interface ListFacts {
  /** 0-based position on the page. */
  readonly positionS: ArrayLike<number>;
  /** Lists of the same user earlier in the log; -1 where the log names no user. */
  readonly seenBeforeB: ArrayLike<number>;
  /** Of the slots, by what their items are. */
  readonly fields: readonly GapGroups[];
  /** A number of each item, whose worth in clicks is judged. */
  readonly values?: ItemValues | undefined;
}

/** Plain JSON. */
export interface SystemReliability {
  readonly name: string;
  /** The form of each seed's calibration. */
  readonly calibrations: readonly string[];
  /** Click probabilities of items, and clicks. First by probability. */
  readonly items: readonly ReliabilityTable[];
  /** Of whole lists: the sum of the probabilities and the number of clicks, the same worth a field, the chance of any click and whether there was one. */
  readonly lists: readonly ReliabilityTable[];
}

/** With several seeds, their predictions together: intervals are over users, with these trainings as they are. */
export function systemReliability(
  lists: ShownLists,
  seeds: readonly (Predictions & { readonly calibration?: string | undefined })[],
  facts: ListFacts,
): SystemReliability {
  const { offsets, labelS, userB } = lists;
  const lengths = Array.from(userB, (_, b) => offsets[b + 1] - offsets[b]);
  const listS = lengths.flatMap((length, b) => new Array<number>(length).fill(b));
  const judged = seeds.map((one) => {
    const probabilityS = probabilitiesOf(one);
    const part = { ...one, offsetsB: offsets, labelS, userB, users: userB.length };
    return { probabilityS, figures: listFigures(part, probabilityS) };
  });
  const several = <T>(of: (seed: (typeof judged)[number]) => ArrayLike<T>): readonly T[] =>
    judged.flatMap((seed) => Array.from(of(seed)));
  const items: JudgedNumbers = {
    of: 'click',
    predictedN: several(({ probabilityS }) => probabilityS),
    foundN: several(() => labelS),
    userN: Int32Array.from(several(() => listS.map((b) => userB[b]))),
  };
  const filled = lengths.flatMap((length, b) => (length > 0 ? [b] : []));
  const userN = Int32Array.from(several(() => filled.map((b) => userB[b])));
  const clicks: JudgedNumbers = {
    of: 'clicks',
    predictedN: several(({ figures }) => figures.expectedClicksB),
    foundN: several(({ figures }) => figures.clicksB),
    userN,
  };
  const anyClick: JudgedNumbers = {
    of: 'any click',
    predictedN: several(({ figures }) => figures.anyClickLogitB.map((z) => 1 / (1 + Math.exp(-z)))),
    foundN: several(({ figures }) => figures.clickedB),
    userN,
  };
  const told = (numbers: JudgedNumbers, slices: GapGroups): ReliabilityTable =>
    tableOfSeeds(numbers, slices, seeds.length);
  const ofSlot = (slices: GapGroups): GapGroups => ({ ...slices, groupsOf: (n) => slices.groupsOf(n % labelS.length) });
  const places = Array.from(facts.positionS, (position) => position + 1);
  const ofList = (valueB: ArrayLike<number>): readonly number[] => listS.map((b) => valueB[b]);
  return {
    name: seeds[0].recipe,
    calibrations: seeds.flatMap(({ calibration }) => calibration ?? []),
    items: [
      told(items, predictedGroups('probability', items.predictedN)),
      told(items, ofSlot(countGroups('place on the page', places))),
      told(items, ofSlot(countGroups('items on the list', ofList(lengths)))),
      told(items, ofSlot(countGroups('lists that the user saw before', ofList(facts.seenBeforeB)))),
      ...facts.fields.map((slices) => told(items, ofSlot(slices))),
    ],
    lists: [
      told(clicks, oneGroup('all lists')),
      told(clicks, predictedGroups('expected clicks', clicks.predictedN)),
      told(anyClick, predictedGroups('chance of any click', anyClick.predictedN)),
      ...(facts.values ? valueTables(lists, judged, facts.values) : []),
    ],
  };
}

/** Counts are of items or lists, not of what each seed says of them. */
function tableOfSeeds(numbers: JudgedNumbers, slices: GapGroups, seeds: number): ReliabilityTable {
  const table = reliabilityTable(numbers, slices);
  return { ...table, rows: table.rows.map((row) => ({ ...row, count: Math.round(row.count / seeds) })) };
}

/** Lists of which an item has no number are left out. */
function valueTables(
  { offsets, labelS, userB }: ShownLists,
  judged: readonly { readonly probabilityS: Float64Array }[],
  values: ItemValues,
): readonly ReliabilityTable[] {
  const told = judged.map(({ probabilityS }) => listValues({ probabilityS, labelS }, values));
  const kept = Array.from(userB.keys()).filter((b) => {
    const ofList = values.valueS.subarray(offsets[b], offsets[b + 1]);
    return ofList.length > 0 && !ofList.some(Number.isNaN);
  });
  const predictedN = told.flatMap(({ expectedB }) => expectedB);
  const foundN = told.flatMap(({ foundB }) => foundB);
  if (predictedN.length === 0) return [];
  const numbers = {
    of: 'worth' as const,
    predictedN,
    foundN,
    userN: Int32Array.from(judged.flatMap(() => kept.map((b) => userB[b]))),
  };
  return [
    tableOfSeeds(numbers, oneGroup(`${values.field} of the clicks`), judged.length),
    tableOfSeeds(numbers, predictedGroups(`expected ${values.field} of the clicks`, predictedN), judged.length),
  ];
}
