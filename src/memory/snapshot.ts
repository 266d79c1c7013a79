/** A memory as plain data, complete at any moment: what is pending and what is open included. */
import type { Fields } from '../slate/fields.ts';
import type { Catalogue, CatalogueEntry } from './catalogue.ts';
import { createCounters, type MemoryCounters } from './counters.ts';
import type { PendingClick } from './enter.ts';
import type { Evictor, LastMetSnapshot } from './evictor.ts';
import type { ClosedList, OpenList } from './open-list.ts';
import type { OpenLists } from './open-lists.ts';
import type { Pending } from './pending.ts';
import { type UserJson, userToJson } from './snapshot-users.ts';
import { copyOfItem, createState, type ItemState, type LastingState } from './state.ts';
import type { MemoryUsers } from './users.ts';

/** All that a memory holds, as plain data. */
export interface MemorySnapshot {
  /** Null before the first event. */
  readonly clock: number | null;
  readonly sequence: number;
  readonly counters: MemoryCounters;
  readonly exposures: number;
  readonly clicks: number;
  readonly positionExposures: readonly number[];
  readonly positionClicks: readonly number[];
  /** Index that the next new item gets. */
  readonly next: number;
  readonly items: readonly CatalogueEntry[];
  readonly userFields: readonly (readonly [string, Fields])[];
  readonly itemStates: readonly (readonly [number, ItemState])[];
  readonly users: readonly (readonly [string, UserJson])[];
  readonly open: readonly OpenList[];
  readonly closed: readonly ClosedList[];
  /** Sequences of open lists that have not entered yet. */
  readonly pendingLists: readonly number[];
  /** [sequence of the list, its item, time]. */
  readonly pendingClicks: readonly (readonly [number, number, number])[];
  readonly lastMet: LastMetSnapshot;
}

/** What grows with the log, as rows. */
export const LONG_PARTS = ['items', 'userFields', 'itemStates', 'users', 'open', 'closed'] as const;
export type LongPart = (typeof LONG_PARTS)[number];

export interface MemoryParts {
  readonly clock: number;
  readonly sequence: number;
  readonly counters: MemoryCounters;
  readonly items: Catalogue;
  readonly userFields: ReadonlyMap<string, Fields>;
  readonly state: LastingState;
  readonly lists: OpenLists;
  readonly pending: Pending;
  readonly evictor: Evictor;
}

/** What is small. */
export type MemoryCounts = Omit<
  MemorySnapshot,
  'items' | 'userFields' | 'itemStates' | 'users' | 'open' | 'closed' | 'lastMet'
>;

export function snapshotOf(parts: MemoryParts): MemorySnapshot {
  const { items, userFields, state, lists, evictor } = parts;
  return {
    ...countsOf(parts),
    items: [...items.entries()],
    userFields: [...userFields],
    itemStates: Array.from(state.items, ([index, item]) => [index, copyOfItem(item)] as const),
    users: Array.from(state.users.entries(), ([id, user]) => [id, userToJson(user)] as const),
    open: lists.open(),
    closed: [...lists.closed()],
    lastMet: evictor.snapshot(),
  };
}

export function countsOf(parts: MemoryParts): MemoryCounts {
  const { clock, sequence, counters, items, state, pending } = parts;
  return {
    clock: Number.isFinite(clock) ? clock : null,
    sequence,
    counters: { ...counters, rejected: { ...counters.rejected } },
    exposures: state.exposures,
    clicks: state.clicks,
    positionExposures: [...state.positionExposures],
    positionClicks: [...state.positionClicks],
    next: items.next,
    pendingLists: pending.lists.map((list) => list.sequence),
    pendingClicks: pending.clicks.map(({ list, k, time }) => [list.sequence, k, time] as const),
  };
}

/** Of a memory that has met nothing; its items have their indices already. */
export const emptySnapshot = (items: Pick<Catalogue, 'entries' | 'next'>): MemorySnapshot => ({
  clock: null,
  sequence: 0,
  counters: createCounters(),
  exposures: 0,
  clicks: 0,
  positionExposures: [],
  positionClicks: [],
  next: items.next,
  items: Array.from(items.entries(), ([index, id]) => [index, id, {}] as const),
  userFields: [],
  itemStates: [],
  users: [],
  open: [],
  closed: [],
  pendingLists: [],
  pendingClicks: [],
  lastMet: { items: [], users: [] },
});

export interface RestoredParts {
  readonly clock: number;
  readonly state: LastingState;
  readonly userFields: Map<string, Fields>;
  readonly pending: Pick<Pending, 'lists' | 'clicks'>;
}

/** What a memory is made of beside a snapshot. */
export interface Held {
  /** All of them: those of the snapshot are there already. */
  readonly users: MemoryUsers;
  /** Those of the snapshot come behind what is there already. */
  readonly lists: OpenLists;
}

export function partsOf(snapshot: MemorySnapshot, held: Held): RestoredParts {
  const { users, lists } = held;
  for (const list of snapshot.open) lists.add(list);
  for (const list of snapshot.closed) lists.restoreClosed(list);
  const state = createState(users);
  state.exposures = snapshot.exposures;
  state.clicks = snapshot.clicks;
  state.positionExposures.push(...snapshot.positionExposures);
  state.positionClicks.push(...snapshot.positionClicks);
  for (const [index, item] of snapshot.itemStates) state.items.set(index, copyOfItem(item));
  const wanted = new Set([...snapshot.pendingLists, ...snapshot.pendingClicks.map(([sequence]) => sequence)]);
  const bySequence = lists.withSequences(wanted);
  const listOf = (sequence: number): OpenList => {
    const list = bySequence.get(sequence);
    if (!list) throw new TypeError(`the memory's snapshot: expected the open list ${sequence}, found none`);
    return list;
  };
  return {
    clock: snapshot.clock ?? Number.NEGATIVE_INFINITY,
    state,
    userFields: new Map(snapshot.userFields),
    pending: {
      lists: snapshot.pendingLists.map(listOf),
      clicks: snapshot.pendingClicks.map(([sequence, k, time]): PendingClick => ({ list: listOf(sequence), k, time })),
    },
  };
}
