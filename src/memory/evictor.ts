import type { Fields } from '../slate/fields.ts';
import type { Catalogue } from './catalogue.ts';
import type { MemoryCounters } from './counters.ts';
import { createLastMet, type MemoryLimits } from './limits.ts';
import type { MapCopy } from './map-copy.ts';
import type { LastingState } from './state.ts';
import type { Expired } from './without-expired.ts';

/** When users and items were last met, where that is limited. */
export interface LastMetSnapshot {
  readonly items: readonly (readonly [number, number])[];
  readonly users: readonly (readonly [string, number])[];
}

/** The same at a moment, in the order in which they were met. */
export interface CapturedLastMet {
  readonly items: MapCopy<number, number>;
  readonly users: MapCopy<string, number>;
}

/** Keeps a memory within its limits. */
export interface Evictor {
  touchItem(item: number, time: number): void;
  touchUser(user: string, time: number): void;
  /** Who is beyond the limits at a time; undefined where nobody is. */
  expired(time: number): Expired | undefined;
  evict(clock: number): void;
  forgetUser(user: string): void;
  /** As it is now, whatever comes later. */
  capture(): CapturedLastMet;
  /** The same in an order that does not depend on who was met first within a millisecond. */
  snapshot(): LastMetSnapshot;
}

export interface EvictorOptions {
  readonly limits: MemoryLimits;
  readonly items: Catalogue;
  readonly userFields: Map<string, Fields>;
  readonly state: LastingState;
  readonly counters: MemoryCounters;
  readonly lastMet: LastMetSnapshot | undefined;
}

export function createEvictor({ limits, items, userFields, state, counters, lastMet }: EvictorOptions): Evictor {
  const ofItems = createLastMet<number>(limits.items, limits.itemAge, {
    // By id: an index says who was met first.
    compare: (a, b) => byText(items.idOf(a) ?? '', items.idOf(b) ?? ''),
    stored: lastMet?.items,
  });
  const ofUsers = createLastMet<string>(limits.users, limits.userAge, { compare: byText, stored: lastMet?.users });
  return {
    touchItem: (item, time) => ofItems?.touch(item, time),
    touchUser: (user, time) => ofUsers?.touch(user, time),
    expired(time) {
      const [gone, left] = [ofItems?.expired(time) ?? [], ofUsers?.expired(time) ?? []];
      return gone.length + left.length === 0 ? undefined : { items: new Set(gone), users: new Set(left) };
    },
    evict(clock) {
      for (const item of ofItems?.expired(clock) ?? []) {
        ofItems?.delete(item);
        items.evict(item);
        state.items.delete(item);
        counters.evictedItems++;
      }
      for (const user of ofUsers?.expired(clock) ?? []) {
        ofUsers?.delete(user);
        userFields.delete(user);
        state.users.delete(user);
        counters.evictedUsers++;
      }
    },
    forgetUser: (user) => ofUsers?.delete(user),
    capture: () => ({ items: ofItems?.capture() ?? NOBODY, users: ofUsers?.capture() ?? NOBODY }),
    snapshot: () => ({ items: [...(ofItems?.entries() ?? [])], users: [...(ofUsers?.entries() ?? [])] }),
  };
}

const NOBODY: MapCopy<never, never> = { keys: [], values: [] };

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
