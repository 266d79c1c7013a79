import type { Memory } from '../../memory/memory.ts';
import type { ListClick } from '../../memory/open-lists.ts';
import type { LogEvent, RankingEvent } from '../../slate/events.ts';
import type { Impression } from '../../slate/impression.ts';
import { RejectedEvent } from '../../slate/rejected-event.ts';
import { createTimeQueue } from '../../slate/time-queue.ts';
import type { JoinedLog } from '../folder/dataset.ts';
import { type PartRow, rowsByPart } from './rows-by-part.ts';
import type { SplitOptions } from './split.ts';

/** A list of a data set at the moment it was shown. */
export interface WalkedList {
  /** In the data set. */
  readonly index: number;
  readonly part: number;
  readonly impression: Impression;
}

export interface WalkOptions {
  /** Part of each list, as `assignSplit` gives them; absent: all are one part. */
  readonly parts?: Uint8Array;
  readonly by?: SplitOptions['by'];
  /** Each meets everything in the order in which it happened. */
  readonly memories: readonly Memory[];
  /** Called with every item, user and list, once the memories have met it. */
  readonly onEvent?: (event: LogEvent) => void;
}

/**
 * The one walk over a data set: every event enters the memories at its time, a list and later each of its clicks. At each list the walk stops with the clock at the
 * list's time, so that whoever asks then (`memory.asOf(list time)`) learns what was known before it, and nothing else.
 */
export async function* walk(dataset: JoinedLog, options: WalkOptions): AsyncGenerator<WalkedList> {
  const { memories, by = 'time', parts = new Uint8Array(dataset.summary.lists) } = options;
  const clicks = createTimeQueue<WalkedClick>();
  const cameInTime = dataset.summary.journal !== undefined;

  for await (const row of rowsByPart(dataset, { parts, by })) {
    if (row.kind === 'rewind') {
      tellClicks(Number.POSITIVE_INFINITY);
      for (const memory of memories) rewind(memory, row);
      continue;
    }
    // A click of this very millisecond belongs to an earlier list.
    tellClicks(timeOf(row));
    if (row.kind === 'again') queueClicks(row.impression, true);
    else if (row.kind === 'impression') {
      const { impression, index, part } = row;
      tell(impression.ranking);
      options.onEvent?.(impression.ranking);
      queueClicks(impression, false);
      yield { index, part, impression };
    } else {
      tell(row.event);
      options.onEvent?.(row.event);
    }
  }
  tellClicks(Number.POSITIVE_INFINITY);

  function tellClicks(until: number): void {
    for (let click = clicks.popUntil(until); click; click = clicks.popUntil(until)) {
      if (click.isAgain) for (const memory of memories) memory.recallClick(click.event);
      else tell(click.event);
    }
  }

  function queueClicks(impression: Impression, isAgain: boolean): void {
    for (const event of clicksOf(impression)) clicks.push(event.time, { event: { ...event, cameInTime }, isAgain });
  }

  function tell(event: LogEvent | ListClick): void {
    for (const memory of memories) {
      try {
        memory.apply(event.event === 'interaction' ? { ...event, type: memory.settings.labelTypes[0] } : event);
      } catch (error) {
        // A click later than this memory's window; it has counted it.
        if (!(error instanceof RejectedEvent)) throw error;
      }
    }
  }
}

interface WalkedClick {
  readonly event: ListClick;
  /** On a list of an earlier pass. */
  readonly isAgain: boolean;
}

function rewind(memory: Memory, { described }: Extract<PartRow, { kind: 'rewind' }>): void {
  memory.restart();
  memory.rewindClicks();
  for (const { kind, id, fields } of described) memory.replaceFields(kind, id, fields);
}

const timeOf = (row: Exclude<PartRow, { kind: 'rewind' }>): number =>
  row.kind === 'item' || row.kind === 'user' ? row.event.time : row.impression.ranking.time;

/** A click logged at its list's own millisecond, or before, still comes after the list. */
function clicksOf({ ranking, clickTimesK }: Impression): readonly ListClick[] {
  const clicks: ListClick[] = [];
  for (let k = 0; k < clickTimesK.length; k++)
    if (clickTimesK[k] >= 0) clicks.push(clickOn(ranking, ranking.items[k].id, clickTimesK[k]));
  return clicks;
}

const clickOn = ({ id, time, user }: RankingEvent, item: string, clickTime: number): ListClick => ({
  event: 'interaction',
  ranking: id,
  time: Math.max(time, clickTime),
  user,
  item,
  type: '',
  shownAt: time,
});
