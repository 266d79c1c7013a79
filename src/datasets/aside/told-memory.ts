import { REMEMBERED } from '../../memory/closed-rows.ts';
import { createCounters } from '../../memory/counters.ts';
import { type Memory, memoryOf } from '../../memory/memory.ts';
import type { ClosedList, OpenList } from '../../memory/open-list.ts';
import { createOpenLists } from '../../memory/open-lists.ts';
import type { MemoryUsers } from '../../memory/users.ts';
import { listPrint } from '../../slate/list-print.ts';
import type { OpenedDataset } from '../folder/dataset.ts';
import type { ReadyToWalk } from '../walk/encode-dataset.ts';
import type { FinishedWalk } from './told-walk.ts';

export interface ToldMemory extends Pick<ReadyToWalk, 'facts' | 'memoryOptions'> {
  readonly openFor: number;
  readonly told: FinishedWalk;
  readonly users: MemoryUsers;
}

/** The memory of the whole log, of users that were walked apart: to the bit what one that met every event has become. */
export async function toldMemory(
  dataset: OpenedDataset,
  { facts, memoryOptions, openFor, told, users }: ToldMemory,
): Promise<Memory> {
  const { clock, catalogue } = told;
  const sequence = dataset.summary.lists;
  const late = await latestLists(
    dataset,
    facts.times.findIndex((time) => clock - time <= Math.max(REMEMBERED, openFor)),
  );
  const closed = late.filter(({ time }) => clock - time > openFor && clock - time <= REMEMBERED);
  const named = new Map(late.map((list) => [list.sequence, list]));
  const open = told.open.map((list): OpenList => {
    const { id, print } = named.get(list.sequence) ?? list;
    return { ...list, id, print };
  });
  const events = told.described + sequence + told.clicked;
  const snapshot = {
    clock: Number.isFinite(clock) ? clock : null,
    sequence,
    counters: { ...createCounters(), events, lists: sequence, clicks: told.clicked },
    exposures: told.exposures,
    clicks: told.clicks,
    positionExposures: told.positionExposures,
    positionClicks: told.positionClicks,
    next: catalogue.next,
    items: [...catalogue.entries()],
    userFields: [...told.userFields],
    itemStates: told.itemStates,
    users: [],
    open,
    closed: closed.map(({ sequence: _, ...list }): ClosedList => list),
    pendingLists: told.pendingLists.map((list) => list.sequence),
    pendingClicks: told.pendingClicks.map(({ list, k, time }) => [list.sequence, k, time] as const),
    lastMet: { items: [], users: [] },
  };
  return memoryOf(memoryOptions, snapshot, { users, lists: createOpenLists(memoryOptions) });
}

interface LateList extends ClosedList {
  readonly sequence: number;
}

/** The lists from one on. */
async function latestLists(dataset: OpenedDataset, from: number): Promise<readonly LateList[]> {
  const { items, users } = dataset.ids;
  const late: LateList[] = [];
  if (from < 0) return late;
  for await (const { first, count, timeB, userB, offsets, itemS, idOf } of dataset.listBatches()) {
    for (let row = Math.max(0, from - first); row < count; row++) {
      const shown = Array.from(itemS.subarray(offsets[row], offsets[row + 1]), (item) => ({ id: items[item] }));
      const print = listPrint({ user: users[userB[row]], items: shown });
      late.push({ sequence: first + row, id: idOf(row), print, time: timeB[row], shownAt: timeB[row] });
    }
  }
  return late;
}
