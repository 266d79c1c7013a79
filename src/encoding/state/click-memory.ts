/** Who clicked what, latest first and as bounded as in the replay's state, and nothing else: clicks told in time order, known strictly after they happened. */
import type { Impression } from '../../slate/impression.ts';
import { createEventQueue } from './event-queue.ts';
import { CLICKERS_LIMIT, RECENT_LIMIT, remember } from './observe.ts';

/** What the click graph is sampled from; a replay's state is one. */
export interface KnownClicks {
  readonly items: ReadonlyMap<number, { readonly clickers: readonly string[] }>;
  readonly users: ReadonlyMap<string, Clicker>;
}

export interface Clicker {
  /** Of all time: it tells a user before a click from the same user after it. */
  readonly clicks: number;
  /** Item indices, latest first, each once. */
  readonly clicked: readonly number[];
}

export interface ClickMemory extends KnownClicks {
  /** Lets every click strictly before `time` be known. */
  advanceTo(time: number): void;
  /** Takes note of an impression's clicks, each to be known after its time. */
  observe(impression: Impression): void;
}

interface PendingClick {
  readonly time: number;
  readonly user: string;
  readonly item: number;
}

export function createClickMemory(indexOf: (id: string) => number): ClickMemory {
  const items = new Map<number, { readonly clickers: string[] }>();
  const users = new Map<string, { clicks: number; readonly clicked: number[] }>();
  const pending = createEventQueue<PendingClick>();

  return {
    items,
    users,
    advanceTo(time) {
      for (let click = pending.popBefore(time); click; click = pending.popBefore(time)) enter(click);
    },
    observe({ ranking: { time, user, items: shown }, clickTimesK }) {
      if (user === '') return;
      for (const [k, { id }] of shown.entries()) {
        if (clickTimesK[k] >= 0) pending.push({ time: Math.max(time, clickTimesK[k]), user, item: indexOf(id) });
      }
    },
  };

  function enter({ user: id, item }: PendingClick): void {
    const { clickers } = items.get(item) ?? { clickers: [] };
    const user = users.get(id) ?? { clicks: 0, clicked: [] };
    items.set(item, { clickers });
    users.set(id, user);
    user.clicks++;
    remember(clickers, id, CLICKERS_LIMIT);
    remember(user.clicked, item, RECENT_LIMIT);
  }
}
