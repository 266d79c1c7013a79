import type { Fields } from '../slate/fields.ts';
import type { Catalogue } from './catalogue.ts';
import type { MemoryCounters } from './counters.ts';
import { createLastMet, type MemoryLimits } from './limits.ts';
import type { LastingState } from './state.ts';

/** When users and items were last met, where that is limited. */
export interface LastMetSnapshot {
  readonly items: readonly (readonly [number, number])[];
  readonly users: readonly (readonly [string, number])[];
}

/** Keeps a memory within its limits. */
export interface Evictor {
  touchItem(item: number, time: number): void;
  touchUser(user: string, time: number): void;
  evict(clock: number): void;
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
  const ofItems = createLastMet(limits.items, limits.itemAge, lastMet?.items);
  const ofUsers = createLastMet(limits.users, limits.userAge, lastMet?.users);
  return {
    touchItem: (item, time) => ofItems?.touch(item, time),
    touchUser: (user, time) => ofUsers?.touch(user, time),
    evict(clock) {
      for (const item of ofItems?.takeExpired(clock) ?? []) {
        items.evict(item);
        state.items.delete(item);
        counters.evictedItems++;
      }
      for (const user of ofUsers?.takeExpired(clock) ?? []) {
        userFields.delete(user);
        state.users.delete(user);
        counters.evictedUsers++;
      }
    },
    snapshot: () => ({ items: [...(ofItems?.entries() ?? [])], users: [...(ofUsers?.entries() ?? [])] }),
  };
}
