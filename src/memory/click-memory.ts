/** Who clicked what, latest first and as bounded as in the memory's state, and nothing else: clicks told in time order, known strictly after they happened. */

import { createTimeQueue } from '../slate/time-queue.ts';
import { CLICKERS_LIMIT, RECENT_LIMIT, remember } from './enter.ts';
import type { Lookup } from './state.ts';

/** What the click graph is sampled from; a memory's state is one. */
export interface KnownClicks {
  readonly items: Lookup<number, { readonly clickers: readonly string[] }>;
  readonly users: Lookup<string, Clicker>;
}

export interface Clicker {
  /** The same of one user for as long as it is known, whoever tells of it; without one this object stands for the user. */
  readonly life?: number | undefined;
  /** Of all time: it tells a user before a click from the same user after it. */
  readonly clicks: number;
  /** Item indices, latest first, each once. */
  readonly clicked: readonly number[];
}

export interface ClickMemory extends KnownClicks {
  /** Lets every click strictly before `time` be known. */
  advanceTo(time: number): void;
  /** Takes a user away, with the clicks that are not known yet. */
  forgetUser(id: string): void;
  /** Takes note of a click, to be known after its time. */
  observe(click: UserClick): void;
}

/** A click of a user on an item, by its index. */
export interface UserClick {
  readonly time: number;
  readonly user: string;
  readonly item: number;
}

export function createClickMemory(): ClickMemory {
  const items = new Map<number, { readonly clickers: string[] }>();
  const users = new Map<string, { clicks: number; readonly clicked: number[] }>();
  const pending = createTimeQueue<UserClick>();

  return {
    items,
    users,
    advanceTo(time) {
      for (let click = pending.popBefore(time); click; click = pending.popBefore(time)) enter(click);
    },
    forgetUser(id) {
      users.delete(id);
      for (const { clickers } of items.values()) if (clickers.includes(id)) clickers.splice(clickers.indexOf(id), 1);
      const waiting: UserClick[] = [];
      for (let click = pending.pop(); click; click = pending.pop()) if (click.user !== id) waiting.push(click);
      for (const click of waiting) pending.push(click.time, click);
    },
    observe: (click) => pending.push(click.time, click),
  };

  function enter({ user: id, item }: UserClick): void {
    const { clickers } = items.get(item) ?? { clickers: [] };
    const user = users.get(id) ?? { clicks: 0, clicked: [] };
    items.set(item, { clickers });
    users.set(id, user);
    user.clicks++;
    remember(clickers, id, CLICKERS_LIMIT);
    remember(user.clicked, item, RECENT_LIMIT);
  }
}
