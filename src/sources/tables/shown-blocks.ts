/** Rows of shown items as blocks, without an object for any row: a list whose cells are not plain goes the way of rows, which says what is wrong with it. */
import { type BlockWriter, createBlockWriter } from '../blocks/block-writer.ts';
import type { EventBlock, IdCodes } from '../blocks/event-block.ts';
import { writeRecord } from '../blocks/record-blocks.ts';
import { createListFiller } from './list-filler.ts';
import { chunkOpener, type OpenChunk, type RowRange } from './open-chunk.ts';
import { createRecentIds } from './recent-ids.ts';
import { apart, type Reading, rawOf, recordsOf } from './rows-of-list.ts';
import type { OpenTable, TableReading, TableRow } from './table.ts';

/** Lists of a block. */
const TOGETHER = 4096;

/** Letters that a cell is taken to have. */
const LETTERS = 8;

/** Undefined where the table cannot be read so, or what is asked of it needs its rows. */
export function shownBlocks(
  open: OpenTable,
  asked: TableReading,
  reading: Reading & { readonly codes: IdCodes },
): AsyncIterable<EventBlock> | undefined {
  const opener = chunkOpener(open, reading);
  const chunks = opener && open.chunks?.read(asked, opener.asked);
  if (!opener || !chunks) return undefined;
  return (async function* () {
    const writer = createBlockWriter(TOGETHER, reading.codes);
    const take = listTaker(writer, { ...reading, width: open.columns.length });
    let held: RowRange[] = [];
    for await (const each of chunks) {
      const chunk = opener.open(each);
      for (let row = 0; row < each.count; row++) {
        const last = held.at(-1);
        if (last && isSameList(last, chunk, row)) {
          if (last.chunk === chunk) last.to++;
          else held.push({ chunk, from: row, to: row + 1 });
          continue;
        }
        if (held.length > 0) take(held);
        held = [{ chunk, from: row, to: row + 1 }];
        if (writer.lists === TOGETHER) yield writer.finish();
      }
    }
    if (held.length > 0) take(held);
    yield writer.finish();
  })();
}

/** Rows without a list belong to none. */
function isSameList({ chunk, to }: RowRange, next: OpenChunk, row: number): boolean {
  const [a, b] = [4 * (to - 1), 4 * row];
  const [before, now] = [chunk.list.words, next.list.words];
  return (
    now[b] === before[a] &&
    now[b + 1] === before[a + 1] &&
    now[b + 2] === before[a + 2] &&
    now[b + 3] === before[a + 3] &&
    !next.list.isEmpty(row)
  );
}

/** Writes the rows of one list into a block. */
function listTaker(
  writer: BlockWriter,
  reading: Reading & { readonly codes: IdCodes; readonly width: number },
): (ranges: readonly RowRange[]) => void {
  const ended = createRecentIds();
  const filler = createListFiller(reading);
  return (ranges) => {
    const [{ chunk, from }] = ranges;
    const id = chunk.list.isEmpty(from) ? '' : chunk.list.textOf(from);
    if (id !== '') {
      if (ended.has(id)) throw apart(id, chunk.table.row(from), reading);
      ended.add(id);
    }
    if (id === '' || !filler.fill(id, ranges)) {
      for (const record of recordsOf(rowsOf(ranges), reading)) writeRecord(writer, record);
      return;
    }
    const { draft, clicks } = filler;
    writer.putList(draft, LETTERS * reading.width * draft.length, {
      raw: () => rawOf(rowsOf(ranges).map(({ cells }) => cells)),
      place: () => chunk.table.row(from).place,
      isWhole: filler.isWhole,
      lastLine: clicks.reduce((line, click) => Math.max(line, click.chunk.table.line + click.row), draft.line),
    });
    if (filler.isWhole) return;
    for (const { chunk, row, time, item } of clicks) {
      const line = chunk.table.line + row;
      writer.putInteraction(
        { time, line, ranking: id, user: filler.isNobody ? -1 : draft.user, item, type: 'click' },
        { raw: () => rawOf(chunk.table.row(row).cells), place: () => chunk.table.row(row).place },
      );
    }
  };
}

const rowsOf = (ranges: readonly RowRange[]): readonly TableRow[] =>
  ranges.flatMap(({ chunk, from, to }) => Array.from({ length: to - from }, (_, n) => chunk.table.row(from + n)));
