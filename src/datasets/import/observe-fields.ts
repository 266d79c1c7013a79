import type { FieldScope, FieldStatisticsCollector } from '../../encoding/field-values/field-statistics.ts';
import type { FieldValue } from '../../slate/fields.ts';
import { CELL_KINDS, type FieldCells, type ListBlock } from '../../sources/blocks/list-block.ts';

/** Lists of a block from `from` to `to`, without some. */
export interface ObservedRows {
  readonly block: ListBlock;
  readonly from: number;
  readonly to: number;
  readonly without: ReadonlySet<number>;
}

interface SeenColumn {
  readonly scope: FieldScope;
  readonly cells: FieldCells;
  /** The first list that has it, and the place of its first cell there. */
  readonly row: number;
  readonly slot: number;
}

/** Counts the fields of lists, column by column; fields are met in the order in which the lists tell them. */
export function observeFields(statistics: FieldStatisticsCollector, rows: ObservedRows): void {
  const { block, from, to, without } = rows;
  statistics.addEvents('ranking', to - from - without.size);
  let items = block.starts[to] - block.starts[from];
  for (const row of without) items -= block.starts[row + 1] - block.starts[row];
  statistics.addEvents('rankedItem', items);
  const columns = [
    ...block.request.flatMap((cells) => firstOf('ranking', cells, rows)),
    ...block.ranked.flatMap((cells) => firstOf('rankedItem', cells, rows)),
  ];
  // The sort is stable: of one place the column that came first is first. A list's own fields are before its items'.
  columns.sort((a, b) => a.row - b.row || order(a) - order(b) || a.slot - b.slot);
  for (const column of columns) observeColumn(statistics, column, rows);
}

const order = ({ scope }: SeenColumn): number => (scope === 'ranking' ? 0 : 1);

function firstOf(scope: FieldScope, cells: FieldCells, rows: ObservedRows): readonly SeenColumn[] {
  const { block, from, to, without } = rows;
  for (let row = from; row < to; row++) {
    if (without.has(row)) continue;
    const [start, end] = placesOf(scope, block, row);
    for (let slot = start; slot < end; slot++)
      if (cells.kinds[slot] !== CELL_KINDS.none) return [{ scope, cells, row, slot }];
  }
  return [];
}

const placesOf = (scope: FieldScope, { starts }: ListBlock, row: number): readonly [number, number] =>
  scope === 'ranking' ? [row, row + 1] : [starts[row], starts[row + 1]];

function observeColumn(
  statistics: FieldStatisticsCollector,
  { scope, cells: { name, kinds, values }, row: first }: SeenColumn,
  { block, to, without }: ObservedRows,
): void {
  const add = statistics.field(scope, name);
  const lists = new Map<number, FieldValue>();
  for (let row = first; row < to; row++) {
    if (without.has(row)) continue;
    const [start, end] = placesOf(scope, block, row);
    for (let slot = start; slot < end; slot++) {
      const kind = kinds[slot];
      if (kind === CELL_KINDS.none) continue;
      if (kind === CELL_KINDS.number) add(values[slot]);
      else if (kind === CELL_KINDS.boolean) add(values[slot] === 1);
      else if (kind === CELL_KINDS.text) add(block.dictionary[values[slot]]);
      else add(listOf(values[slot]));
    }
  }

  function listOf(code: number): FieldValue {
    const known = lists.get(code);
    if (known !== undefined) return known;
    const list = JSON.parse(block.dictionary[code]) as FieldValue;
    lists.set(code, list);
    return list;
  }
}
