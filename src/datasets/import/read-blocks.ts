/** One pass over a source that comes as blocks of columns: the same as `readLog` makes of its records, without an object for most of them. */
import { RejectedEvent } from '../../slate/rejected-event.ts';
import { type ColumnList, columnForm, columnList } from '../../sources/blocks/column-list.ts';
import { ENTRY, type EventBlock, type IdCodes, type ReadBlocks } from '../../sources/blocks/event-block.ts';
import { loggedInteraction } from '../../sources/blocks/logged-interaction.ts';
import type { SourceRecord } from '../../sources/event-source.ts';
import type { Settled } from '../../sources/join/joined.ts';
import { createPauses, lineSize } from '../folder/paused.ts';
import { observeFields } from './observe-fields.ts';
import {
  beginPass,
  type EarlierPass,
  type ImportOptions,
  joinOptionsOf,
  type LogPass,
  type LogSinks,
} from './read-log.ts';

/** Where a pass leaves what it reads. */
export interface BlockSinks extends Pick<LogSinks, 'rejects' | 'onMetadata'> {
  readonly codes: IdCodes;
  /** As `LogSinks` has it; its lists have these codes. */
  readonly before?: EarlierPass<ColumnList> | undefined;
  /** A list with all its clicks. A promise where it must be waited for. */
  readonly onList: (list: ColumnList) => Promise<void> | undefined;
}

/** Lines between two tellings of the progress. */
const TOLD = 5000;

export async function readBlocks(
  read: ReadBlocks,
  options: ImportOptions,
  { codes, before, rejects, onList, onMetadata }: BlockSinks,
): Promise<LogPass> {
  const { onProgress, firstPosition, signal, since = 0, workers } = options;
  const { joiner, statistics, odd, types, ...begun } = beginPass(options, columnForm(codes), before);
  const pauses = createPauses(signal);
  let [lines, taken, until] = [0, 0, begun.until];
  const { joinWindow, labelTypes } = joinOptionsOf(options);
  const clickWindow = labelTypes.includes('click') ? joinWindow : undefined;
  for await (const block of read(codes, { firstPosition, odd, since: options.since, clickWindow, workers })) {
    signal?.throwIfAborted();
    await takeBlock(block);
    if (Math.floor(block.line / TOLD) > Math.floor(lines / TOLD)) onProgress?.(block.line);
    lines = block.line;
  }
  await settle(joiner.finish());
  return { joiner, statistics, odd, types, lines, taken, until };

  async function takeBlock(block: EventBlock): Promise<void> {
    const { lists, interactions, others, order } = block;
    const next = { list: 0, interaction: 0, other: 0 };
    const without = new Set<number>();
    let observed = 0;
    for (let at = 0; at < order.length; at++) {
      if (order[at] === ENTRY.list) {
        const taking = takeList(block, next.list++, without);
        if (taking) await taking;
      } else if (order[at] === ENTRY.interaction) {
        const index = next.interaction++;
        if (!isTaken(interactions.times[index])) continue;
        types.count(interactions.typeNames[interactions.types[index]]);
        const settling = settle(joiner.addInteraction(loggedInteraction(interactions, index, codes)));
        if (settling) await settling;
      } else {
        observeLists();
        await takeOther(others[next.other++]);
      }
    }
    observeLists();

    /** Of fields the order counts in which lists, items and users tell them. */
    function observeLists(): void {
      if (next.list > observed) observeFields(statistics, { block: lists, from: observed, to: next.list, without });
      observed = next.list;
      without.clear();
    }
  }

  function isTaken(time: number): boolean {
    if (time < since) return false;
    taken++;
    until = Math.max(until, time);
    return true;
  }

  /** `without`: takes up the lists that are left out. */
  function takeList(block: EventBlock, row: number, without: Set<number>): Promise<void> | undefined {
    if (!isTaken(block.lists.times[row])) {
      without.add(row);
      return undefined;
    }
    try {
      if (block.whole[row] === 1) return takeWhole(block, row, without);
      return settle(joiner.addList(columnList(block.lists, row), block.letters[row]));
    } catch (error) {
      return reject(block, row, error, without);
    }
  }

  function reject(block: EventBlock, row: number, error: unknown, without: Set<number>): Promise<void> {
    if (!(error instanceof RejectedEvent)) throw error;
    without.add(row);
    return rejects.add({ line: block.lists.lines[row], raw: block.rawOf(row), place: block.placeOf(row), error });
  }

  /** A list that has its clicks is done with, unless another of its id may have some of them. */
  function takeWhole(block: EventBlock, row: number, without: Set<number>): Promise<void> | undefined {
    const list = columnList(block.lists, row);
    const clicks = clicksOf(list);
    if (joiner.knows(block.lists.ids[row])) return takeApart(block, list, { clicks, without });
    for (const { time } of clicks) isTaken(time);
    if (clicks.length > 0) types.count('click', clicks.length);
    return onList(list);
  }

  async function takeApart(
    block: EventBlock,
    list: ColumnList,
    { clicks, without }: { readonly clicks: readonly OwnClick[]; readonly without: Set<number> },
  ): Promise<void> {
    const { line, row } = list;
    for (const { slot } of clicks) block.lists.clickTimes[slot] = -1;
    try {
      await settle(joiner.addList(list, block.letters[row]));
    } catch (error) {
      await reject(block, row, error, without);
    }
    const [ranking, user] = [block.lists.ids[row], codes.users.ids[block.lists.users[row]]];
    for (const { slot, time } of clicks) {
      if (!isTaken(time)) continue;
      types.count('click');
      const item = codes.items.ids[block.lists.items[slot]];
      const event = { event: 'interaction', ranking, time, user, item, type: 'click' } as const;
      await settle(joiner.addInteraction({ event, line, raw: block.rawOf(row), place: block.placeOf(row) }));
    }
  }

  async function takeOther(entry: SourceRecord): Promise<void> {
    await pauses.after(lineSize(entry));
    if ('reason' in entry) return rejects.add({ ...entry, error: new RejectedEvent(entry.reason, entry.message) });
    const { event, line } = entry;
    if (event.event !== 'item' && event.event !== 'user') throw new TypeError(`expected no ${event.event} here`);
    if (!isTaken(event.time)) return;
    statistics.observe(event.event, event.fields);
    const id = event.event === 'item' ? event.item : event.user;
    await onMetadata(event.event, { time: event.time, line, id, fields: event.fields });
  }

  function settle({ impressions, rejections }: Settled<ColumnList>): Promise<void> | undefined {
    return impressions.length + rejections.length === 0 ? undefined : write({ impressions, rejections });
  }

  async function write({ impressions, rejections }: Settled<ColumnList>): Promise<void> {
    for (const rejection of rejections) {
      await rejects.add(rejection);
      await pauses.after(lineSize(rejection));
    }
    for (const list of impressions) {
      const taking = onList(list);
      if (taking) await taking;
      const pause = pauses.after(1);
      if (pause) await pause;
    }
  }
}

interface OwnClick {
  readonly slot: number;
  readonly time: number;
}

function clicksOf({ block: { clickTimes, starts }, row }: ColumnList): readonly OwnClick[] {
  const clicks: OwnClick[] = [];
  for (let slot = starts[row]; slot < starts[row + 1]; slot++)
    if (clickTimes[slot] >= 0) clicks.push({ slot, time: clickTimes[slot] });
  return clicks;
}
