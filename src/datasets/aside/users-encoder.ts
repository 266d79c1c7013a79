/** The lists of some users, walked in time order and encoded with what is known of these users, and of the items what is told of them. */

import type { EncodedItems } from '../../encoding/columns/encoded-slates.ts';
import { createSlateEncoder, memoryItems } from '../../encoding/columns/slate-encoder.ts';
import { encodersFromJson } from '../../encoding/encoders/encoders.ts';
import { createCatalogue } from '../../memory/catalogue.ts';
import { clickOfUser, enterImpression, exposeToUser, type PendingClick } from '../../memory/enter.ts';
import type { ItemVersion } from '../../memory/item-version.ts';
import type { OpenList } from '../../memory/open-list.ts';
import { openListOf } from '../../memory/open-list-of.ts';
import { createTimeline } from '../../memory/timeline.ts';
import { createToldState } from '../../memory/told-lists.ts';
import { createUsers, type MemoryUsers } from '../../memory/users.ts';
import { type Fields, mergeFields, noFields } from '../../slate/fields.ts';
import type { OpenedDataset, ToldRow } from '../folder/dataset.ts';
import type { ListBatch } from '../folder/list-batch.ts';
import { createRowReader } from '../folder/row-reader.ts';
import { type AsideOrder, type EncodedChunk, type ToldChunk, threadOfList } from './messages.ts';

export interface UsersEncoder {
  /** The next lists. */
  encode(chunk: ToldChunk): Promise<EncodedChunk>;
  /** After the last: everything before the clock enters. The item rows of all chunks. */
  end(clock: number, met: Int32Array): Promise<EncodedItems>;
  /** As they are then. */
  readonly users: MemoryUsers;
}

export function createUsersEncoder(dataset: OpenedDataset, order: Omit<AsideOrder, 'folder'>): UsersEncoder {
  const encoders = encodersFromJson(order.encoders, order.schema);
  const encoder = createSlateEncoder({ encoders, historyLength: order.historyLength });
  const { describe, denseColumns } = memoryItems(encoder);
  const users = createUsers(denseColumns);
  const items = createCatalogue(describe);
  /** How often each item's metadata were told. */
  const versions = new Map<number, number>();
  const userFields = new Map<string, Fields>();
  const state = createToldState(users);
  const timeline = createTimeline({ enterList, enterClick });
  const builder = encoder.begin({ lists: 512, slots: 5120 });
  const { part, of } = order.share;
  const metadata = createRowReader(dataset.metadata((user) => user % of === part));
  const batches = createRowReader(dataset.listBatches());
  let batch: ListBatch | undefined;

  return {
    users,
    async encode(chunk) {
      const { first, lists, met, userB } = chunk;
      meetAll(met);
      const before = builder.rows.count();
      const told: number[] = [];
      for (let at = 0; at < lists.count; ) {
        const current = await batchOf(first + at);
        for (; at < lists.count && first + at < current.first + current.count; at++) {
          if (threadOfList(first + at, userB[at], of) !== part) continue;
          const row = first + at - current.first;
          const next = metadata.head;
          if (next === undefined ? !metadata.isDone : next.event.time <= current.timeB[row])
            await describeUntil(current.timeB[row]);
          encodeList(current, row, chunk);
          if (builder.rows.count() > before + told.length)
            for (const item of builder.rows.itemsFrom(before + told.length)) told.push(versions.get(item) ?? 0);
        }
      }
      const rows = { items: builder.rows.itemsFrom(before), versions: Int32Array.from(told) };
      return { columns: builder.take(), rows };
    },
    async end(clock, met) {
      meetAll(met);
      await describeUntil(Number.POSITIVE_INFINITY);
      timeline.advanceTo(clock);
      return builder.finish().items;
    },
  };

  function encodeList(current: ListBatch, row: number, { first, lists }: ToldChunk): void {
    const impression = current.impressionOf(row);
    const { ranking } = impression;
    const { time } = ranking;
    timeline.advanceTo(time);
    const sequence = current.first + row;
    const positions = ranking.items.map(({ position }, k) => position ?? k);
    state.tell(lists, sequence - first, positions);
    const list = openListOf(ranking, { print: 0, sequence, time, state, meet: items.meet });
    builder.add(impression, {
      ...{ time, state, clicks: NO_CLICKS, items, versionOf: items.versionOf },
      userFields: (id) => userFields.get(id),
    });
    timeline.add(list, impression.clickTimesK);
  }

  /** Lets what is told of items and users up to a time, that included, be known. */
  async function describeUntil(time: number): Promise<void> {
    for (let row = await metadata.peek(); row && row.event.time <= time; row = await metadata.peek()) {
      timeline.advanceTo(row.event.time);
      tell(row);
      metadata.take();
    }
  }

  function tell(row: ToldRow): void {
    if (row.kind === 'item') {
      items.update(row.event.item, row.event.fields);
      const item = items.meet(row.event.item);
      versions.set(item, 1 + (versions.get(item) ?? 0));
    } else {
      const { user, fields } = row.event;
      userFields.set(user, mergeFields(userFields.get(user) ?? noFields, fields));
    }
  }

  function meetAll(met: Int32Array): void {
    for (const item of met) items.meet(dataset.ids.items[item]);
  }

  async function batchOf(list: number): Promise<ListBatch> {
    while (!batch || list >= batch.first + batch.count) {
      batch = await batches.peek();
      if (!batch) throw new RangeError(`expected list ${list} in the data set, found its end`);
      batches.take();
    }
    return batch;
  }

  function enterList(list: OpenList): void {
    if (list.user === '') return;
    const user = users.toChange(list.user);
    enterImpression(user, list.time);
    for (let k = 0; k < list.items.length; k++) {
      const version = known(list.items[k]);
      exposeToUser(user, { list, k, version });
      if (list.clickedAtOnceK[k] === 1) clickOfUser(user, list.items[k], version);
    }
  }

  function enterClick({ list, k }: PendingClick): void {
    if (list.user !== '') clickOfUser(users.toChange(list.user), list.items[k], known(list.items[k]));
  }

  function known(item: number): ItemVersion {
    const version = items.versionOf(item);
    if (!version) throw new RangeError(`expected item ${item} to be known, found it nowhere`);
    return version;
  }
}

/** Without a click graph nobody asks for them. */
const NO_CLICKS = { items: new Map<number, never>(), users: new Map<string, never>() };
