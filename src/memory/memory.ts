/**
 * What is known: a fold over events in the order of their arrival. Everything that changes what is known goes through `apply`; asking (`asOf`) changes nothing.
 *
 * An event enters at its own time, or at the clock where it comes late, a list then after all that is there. Within one millisecond metadata comes first, then lists in the order they came, each with its
 * clicks. What happened at a time is known strictly after it, metadata from it on.
 */
import { checkEvent } from '../slate/check-event.ts';
import type { InteractionEvent, ItemEvent, LogEvent, RankingEvent, UserEvent } from '../slate/events.ts';
import { type Fields, mergeFields, noFields } from '../slate/fields.ts';
import { listPrint } from '../slate/list-print.ts';
import { RejectedEvent } from '../slate/rejected-event.ts';
import type { Applied } from './applied.ts';
import { captureOf, type MemoryCapture } from './capture.ts';
import { capturedParts } from './captured-parts.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';
import { checkMoment } from './check-options.ts';
import { checkedUsers } from './checked-users.ts';
import { type ClickMemory, createClickMemory } from './click-memory.ts';
import { createCounters, type MemoryCounters } from './counters.ts';
import { createEvictor } from './evictor.ts';
import { heldTime } from './held-time.ts';
import type { DescribeItem } from './item-version.ts';
import type { Known } from './known.ts';
import { knownUsers } from './known-users.ts';
import type { MemoryLimits } from './limits.ts';
import type { OpenList } from './open-list.ts';
import { openListOf } from './open-list-of.ts';
import { createOpenLists, type FoundList, type ListClick } from './open-lists.ts';
import { createOverlay } from './overlay.ts';
import { createPending } from './pending.ts';
import { atOnce } from './pieces.ts';
import { emptySnapshot, type Held, type MemoryParts, type MemorySnapshot, partsOf, snapshotOf } from './snapshot.ts';
import { createState, type FeatureState, type LastingState } from './state.ts';
import type { UserStorage } from './users.ts';
import { withoutExpired } from './without-expired.ts';

/** What decides how events enter; stored with a model. */
export interface MemorySettings {
  /** Milliseconds after a list in which a click on it counts. */
  readonly joinWindow: number;
  /** Interaction types that count as a click. */
  readonly labelTypes: readonly string[];
  readonly limits?: MemoryLimits | undefined;
  /** An event later than its arrival by more than this is held at its arrival; milliseconds, five minutes unless told otherwise. */
  readonly futureLimit?: number | undefined;
}

/** What a memory is made from. */
export interface MemoryOptions extends MemorySettings {
  readonly describe: DescribeItem;
  /** How many dense columns an item version has. */
  readonly denseColumns: number;
  /** What its users lie in: of the program that asks, and nothing that a model knows. */
  readonly storage?: UserStorage | undefined;
}

/** What is known: events enter one by one, questions leave no trace. */
export interface Memory {
  /** Epoch milliseconds of the latest that was applied; -Infinity before the first. */
  readonly clock: number;
  readonly counters: Readonly<MemoryCounters>;
  readonly settings: MemorySettings;
  readonly items: Pick<Catalogue, 'indexOf' | 'fieldsOf' | 'versionOf' | 'entries' | 'size'>;
  /** How many users did something, and how many lists wait for clicks. */
  sizes(): { readonly users: number; readonly openLists: number };
  /** All of whom anything is known: those of whom `forgetUser` is true. */
  knownUsers(): ReadonlySet<string>;
  /** The fields of a user; undefined for one that was never met. */
  userFields(id: string): Fields | undefined;
  /** Everyone who did something, in the order in which they were met, then those of whom only fields are known. */
  userIds(): IterableIterator<string>;
  /**
   * Lets an event enter. `arrivedAt` is the wall clock where events arrive live. Throws `RejectedEvent` for what is no event, and for a click that belongs to no
   * list that is open; then nothing has changed but the counter of its reason.
   */
  apply(event: LogEvent | ListClick, arrivedAt?: number): Applied;
  /** The list that an interaction counts on if it enters now, as `apply` judges it, and when that entered. Throws `RejectedEvent` where there is none. */
  listOf(interaction: InteractionEvent, arrivedAt?: number): Pick<OpenList, 'id' | 'time'>;
  /** What is known strictly before `time`, or as of a later clock; who would be forgotten by then is not known. Holds until the next `apply`. */
  asOf(time: number): Known;
  /** Lets everything enter, closes all lists and sets the clock back: what comes next may be of any time. */
  restart(): void;
  /** Puts metadata in the place of what is known: for a walk that begins anew. */
  replaceFields(kind: 'item' | 'user', id: string, fields: Fields): void;
  /** After a restart: `Known.clicks` begin anew, so that no edge of a click graph is younger than the list that sees it; `recallClick` and `apply` tell them in time order. */
  rewindClicks(): void;
  /** Tells the rewound clicks of one that the rest of the memory has met already. */
  recallClick(click: Pick<InteractionEvent, 'time' | 'user' | 'item'>): void;
  /** A memory of nothing, whose items have the numbers that they have in this one: for walking a log anew that this one has met. */
  emptied(): Memory;
  /**
   * Forgets a person everywhere: counts, fields, who clicked an item; lists that are still open are nobody's. What all others are told stays. True where anything was
   * known. Not an event of the log: whoever keeps one tells it there.
   */
  forgetUser(id: string): boolean;
  /** Everything, at any moment, as plain data: `createMemory` goes on from it as if nothing had been. */
  snapshot(): MemorySnapshot;
  /** The same as bytes, made chunk by chunk while events go on entering: `restoreMemory` goes on from it. */
  capture(): MemoryCapture;
}

/** How far events may be ahead of their arrival. */
const FUTURE_LIMIT = 5 * 60_000;

/** A memory of nothing; or, with a snapshot, of what another held. Throws `InputError` for options that are not valid, or a snapshot that no memory gave. */
export function createMemory(options: MemoryOptions, snapshot?: MemorySnapshot): Memory {
  const users = atOnce(checkedUsers(options, snapshot));
  return memoryOf(options, snapshot, { users, lists: createOpenLists(options) });
}

/** The same of options and a snapshot that are sound, and of what is held beside it. */
export function memoryOf(options: MemoryOptions, snapshot: MemorySnapshot | undefined, held: Held): Memory {
  const { users, lists } = held;
  const { describe, denseColumns, joinWindow, labelTypes, limits = {}, futureLimit = FUTURE_LIMIT } = options;
  const restored = snapshot && partsOf(snapshot, held);
  const state: LastingState = restored?.state ?? createState(users);
  const items = createCatalogue(describe, snapshot && { entries: snapshot.items, next: snapshot.next });
  const userFields: Map<string, Fields> = restored?.userFields ?? new Map();
  const pending = createPending(restored?.pending);
  const counters = createCounters(snapshot?.counters);
  const evictor = createEvictor({ limits, items, userFields, state, counters, lastMet: snapshot?.lastMet });
  let clock = restored?.clock ?? Number.NEGATIVE_INFINITY;
  let sequence = snapshot?.sequence ?? 0;
  let ahead: FeatureState | undefined;
  let rewound: ClickMemory | undefined;
  const parts = (): MemoryParts => ({ clock, sequence, counters, items, userFields, state, lists, pending, evictor });

  return {
    get clock() {
      return clock;
    },
    counters,
    settings: { joinWindow, labelTypes, limits, futureLimit },
    items,
    sizes: () => ({ users: state.users.size, openLists: lists.size }),
    knownUsers: () => knownUsers(state, userFields, lists),
    userFields: (id) => userFields.get(id),
    userIds: () => users.ids(userFields.keys()),
    apply(event, arrivedAt) {
      counted(() => checkEvent(event));
      const time = heldTime(event.time, arrivedAt, futureLimit);
      const applied = applyAt(event, time);
      counters.events++;
      if (applied === 'again' || applied === 'other') return applied;
      if (time < event.time) return count('held');
      return event.time < clock ? count('late') : 'taken';
    },
    listOf(interaction, arrivedAt) {
      return clickedSlot(interaction, heldTime(interaction.time, arrivedAt, futureLimit)).list;
    },
    asOf(time) {
      checkMoment(time);
      const entered = time > clock && pending.size > 0 ? stateAhead() : state;
      const known: Known = {
        time: Math.max(time, clock),
        state: entered,
        clicks: rewound ?? entered,
        items,
        versionOf: items.versionOf,
        userFields: (id) => userFields.get(id),
      };
      const gone = time > clock ? evictor.expired(time) : undefined;
      return gone ? withoutExpired(known, gone) : known;
    },
    restart() {
      pending.enter(state, items.versionOf);
      lists.clear();
      clock = Number.NEGATIVE_INFINITY;
      ahead = undefined;
      rewound = undefined;
    },
    rewindClicks() {
      rewound = createClickMemory();
    },
    recallClick({ time, user, item }) {
      if (user !== '') rewound?.observe({ time, user, item: items.meet(item) });
    },
    replaceFields(kind, id, fields) {
      ahead = undefined;
      if (kind === 'item') items.replace(id, fields);
      else userFields.set(id, fields);
    },
    emptied: () => createMemory(options, emptySnapshot(items)),
    forgetUser(id) {
      ahead = undefined;
      rewound?.forgetUser(id);
      evictor.forgetUser(id);
      pending.forgetUser(id);
      const wasThere = [state.users.delete(id), userFields.delete(id), lists.forgetUser(id), state.forgetClicker(id)];
      return wasThere.includes(true);
    },
    snapshot: () => snapshotOf(parts()),
    capture: () => captureOf(capturedParts(parts(), users)),
  };

  /** It enters at the clock where the time is before it. */
  function applyAt(event: LogEvent | ListClick, time: number): Applied {
    switch (event.event) {
      case 'item':
        return applyItem(event, time);
      case 'user':
        return applyUser(event, time);
      case 'ranking':
        return applyList(event, time);
      default:
        return applyInteraction(event, time);
    }
  }

  function applyItem({ item, fields }: ItemEvent, time: number): Applied {
    advanceTo(time);
    items.update(item, fields);
    evictor.touchItem(items.meet(item), clock);
    return 'taken';
  }

  function applyUser({ user, fields }: UserEvent, time: number): Applied {
    advanceTo(time);
    userFields.set(user, mergeFields(userFields.get(user) ?? noFields, fields));
    evictor.touchUser(user, clock);
    return 'taken';
  }

  function applyList(ranking: RankingEvent, time: number): Applied {
    const print = listPrint(ranking);
    if (lists.has(ranking, print)) return count('again');
    // What comes late would pile up in the clock's millisecond, where nothing knows of anything: it enters after all that is there.
    const isLate = time < clock && pending.size > 0;
    advanceTo(isLate ? clock + 1 : time);
    const list = openListOf(ranking, { print, sequence: sequence++, time: clock, state, meet });
    lists.add(list);
    if (list.user !== '') evictor.touchUser(list.user, clock);
    pending.addList(list);
    counters.lists++;
    return 'taken';
  }

  function applyInteraction(event: ListClick, time: number): Applied {
    const { list, k, mark } = counted(() => clickedSlot(event, time));
    if (!labelTypes.includes(event.type)) return 'other';
    if (list.clickedK[k] === 1) return count('again');
    advanceTo(time);
    mark(k, clock === list.time);
    if (list.user !== '') evictor.touchUser(list.user, clock);
    pending.addClick({ list, k, time: clock });
    if (list.user !== '') rewound?.observe({ time: clock, user: list.user, item: list.items[k] });
    counters.clicks++;
    return 'taken';
  }

  function meet(id: string): number {
    const item = items.meet(id);
    evictor.touchItem(item, clock);
    return item;
  }

  function clickedSlot(event: ListClick, time: number): FoundList & { readonly k: number } {
    const known = items.indexOf(event.item) ?? -1;
    // Whether it comes before or after another event of its millisecond, which lets forgotten items go, decides nothing.
    const isGone = time > clock && evictor.expired(time)?.items.has(known);
    const item = isGone ? -1 : known;
    const found = lists.find(event, item);
    return { ...found, k: found.list.items.indexOf(item) };
  }

  /** Counts the reason where it comes to a rejection. */
  function counted<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (error instanceof RejectedEvent) counters.rejected[error.reason] = (counters.rejected[error.reason] ?? 0) + 1;
      throw error;
    }
  }

  /** Moves the clock: everything strictly before `time` enters, windows that have passed close, who was not met for too long goes. */
  function advanceTo(time: number): void {
    ahead = undefined;
    if (time <= clock) return;
    pending.enter(state, items.versionOf);
    clock = time;
    rewound?.advanceTo(clock);
    lists.expire(clock);
    evictor.evict(clock);
  }

  /** The state with what is pending: computed once between two events. */
  function stateAhead(): FeatureState {
    if (ahead) return ahead;
    const overlay = createOverlay(state, denseColumns);
    pending.replay(overlay, items.versionOf);
    ahead = overlay;
    return overlay;
  }

  function count(outcome: 'again' | 'late' | 'held'): Applied {
    counters[outcome]++;
    return outcome;
  }
}
