/** The one walk over all lists that tells of each what is known of its items, by numbers: what is known of users beyond that is left to others. */
import { type Catalogue, createCatalogue } from '../../memory/catalogue.ts';
import type { DescribeItem } from '../../memory/item-version.ts';
import { createSharedFold, type FoldedState } from '../../memory/shared-fold.ts';
import { createToldLists } from '../../memory/told-lists.ts';
import { type Fields, mergeFields, noFields } from '../../slate/fields.ts';
import type { ImpressionFacts, OpenedDataset } from '../folder/dataset.ts';
import type { ListBatch } from '../folder/list-batch.ts';
import { createRowReader } from '../folder/row-reader.ts';
import { CHUNK } from '../slate-source/slates-on-disk.ts';
import type { ToldChunk } from './messages.ts';
import { NotSeparable } from './not-separable.ts';

export interface ToldWalk {
  /** The next lists; undefined after the last. */
  next(): Promise<ToldChunk | undefined>;
  /** To be called after the last. */
  finish(): Promise<FinishedWalk>;
  /** Lets the files go. */
  close(): Promise<void>;
}

export interface FinishedWalk extends FoldedState {
  /** Of the latest event. */
  readonly clock: number;
  /** How many events told of items and users. */
  readonly described: number;
  /** How many items were clicked. */
  readonly clicked: number;
  readonly catalogue: Catalogue;
  readonly userFields: ReadonlyMap<string, Fields>;
  /** Items met after the last chunk, by their numbers in the data set. */
  readonly met: Int32Array;
  /** Users by their numbers, in the order in which their first list entered. */
  readonly entered: readonly number[];
}

export interface ToldWalkOptions {
  readonly describe: DescribeItem;
  readonly lengths: ImpressionFacts['lengths'];
  /** How long a list waits for clicks. */
  readonly openFor: number;
}

/** Rejects with `NotSeparable` where a memory would refuse a click of the data set, or take two lists for one. */
export function walkTold(dataset: OpenedDataset, { describe, lengths, openFor }: ToldWalkOptions): ToldWalk {
  const { ids, summary } = dataset;
  const catalogue = createCatalogue(describe);
  const userFields = new Map<string, Fields>();
  const fold = createSharedFold(ids.users, openFor);
  const metadata = createRowReader(dataset.metadata());
  const batches = createRowReader(dataset.listBatches());
  const isAnother = createIdCheck();
  /** By number in the data set: its index in the memory; -1 of one that was not met. */
  const indexOf = new Int32Array(ids.items.length).fill(-1);
  const numberOf = new Map(ids.items.map((id, number) => [id, number]));
  let met: number[] = [];
  let clock = Number.NEGATIVE_INFINITY;
  let described = 0;
  let clicked = 0;
  let list = 0;

  return {
    async next() {
      const first = list;
      const count = Math.min(CHUNK, lengths.length - first);
      if (count === 0) return undefined;
      const lists = createToldLists(lengths.subarray(first, first + count));
      const userB = new Int32Array(count);
      while (list < first + count) {
        const batch = await batches.peek();
        if (!batch) throw new RangeError(`expected ${lengths.length} lists, found ${list}`);
        const end = Math.min(first + count, batch.first + batch.count);
        for (; list < end; list++) {
          const row = list - batch.first;
          const time = batch.timeB[row];
          const head = metadata.head;
          if (head === undefined ? !metadata.isDone : head.event.time <= time) await describeUntil(time);
          if (!isAnother(batch, row)) throw new NotSeparable('two lists of one millisecond have one id');
          userB[list - first] = ids.users[batch.userB[row]] === '' ? -1 : batch.userB[row];
          add(batch, row, { first, lists, userB });
        }
        if (list === batch.first + batch.count) batches.take();
      }
      return { first, lists, userB, met: takeMet() };
    },
    async finish() {
      await describeUntil(Number.POSITIVE_INFINITY);
      clock = Math.max(clock, fold.last);
      const folded = fold.finish(clock);
      return { ...folded, clock, described, clicked, catalogue, userFields, met: takeMet(), entered: fold.entered };
    },
    async close() {
      await Promise.all([metadata.close(), batches.close()]);
    },
  };

  function add(batch: ListBatch, row: number, { first, lists, userB }: Omit<ToldChunk, 'met'>): void {
    const [start, end] = [batch.offsets[row], batch.offsets[row + 1]];
    const K = end - start;
    const items = new Array<number>(K);
    const positions = new Array<number>(K);
    const time = batch.timeB[row];
    for (let k = 0; k < K; k++) {
      const number = batch.itemS[start + k];
      if (indexOf[number] < 0) meet(number);
      items[k] = indexOf[number];
      const position = batch.positionS[start + k];
      positions[k] = position >= 0 ? position : k;
      const after = batch.clickTimeS[start + k];
      if (after < 0) continue;
      clicked++;
      if (after - time > summary.joinWindow) throw new NotSeparable('a click came after the window');
    }
    const at = batch.first + row - first;
    const clickTimesK = batch.clickTimeS.subarray(start, end);
    fold.add({ time, user: userB[at], items, positions, clickTimesK }, lists, at);
  }

  /** Lets what is told of items and users up to a time, that included, be known. */
  async function describeUntil(time: number): Promise<void> {
    for (let row = await metadata.peek(); row && row.event.time <= time; row = await metadata.peek()) {
      fold.advanceTo(row.event.time);
      clock = Math.max(clock, row.event.time);
      described++;
      if (row.kind === 'item') {
        const number = numberOf.get(row.event.item) ?? -1;
        if (indexOf[number] < 0) meet(number);
        catalogue.update(row.event.item, row.event.fields);
      } else {
        const { user, fields } = row.event;
        userFields.set(user, mergeFields(userFields.get(user) ?? noFields, fields));
      }
      metadata.take();
    }
  }

  function meet(number: number): void {
    indexOf[number] = catalogue.meet(ids.items[number]);
    met.push(number);
  }

  function takeMet(): Int32Array {
    const taken = Int32Array.from(met);
    met = [];
    return taken;
  }
}

/** Whether a list has an id that none before it in its millisecond has. */
function createIdCheck(): (batch: ListBatch, row: number) => boolean {
  let moment = Number.NaN;
  let first: { readonly batch: ListBatch; readonly row: number } | undefined;
  let known: Set<string> | undefined;
  return (batch, row) => {
    const time = batch.timeB[row];
    if (time !== moment || !first) {
      moment = time;
      first = { batch, row };
      known = undefined;
      return true;
    }
    known ??= new Set([first.batch.idOf(first.row)]);
    const id = batch.idOf(row);
    if (known.has(id)) return false;
    known.add(id);
    return true;
  };
}
