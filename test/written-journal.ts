import { openFileStore } from '../src/serve/journal/file-store.ts';
import { openJournal } from '../src/serve/journal/journal.ts';
import { simulateDrinks } from '../src/simulator/drinks.ts';
import type { LogEvent } from '../src/slate/events.ts';

const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;

/** Adds events to a journal, or makes it: each arrives when it happens. */
export async function writeJournal(folder: string, events: readonly LogEvent[]): Promise<void> {
  let now = 0;
  const store = await openFileStore(folder);
  const journal = await openJournal({ store, durability: 'process', now: () => now, warn: () => undefined });
  for (const event of events) {
    now = event.time;
    await journal.append([{ kind: 'event', event }], () => undefined);
  }
  await journal.close();
  await store.close();
}

/** What a shop of drinks shows and sells, so many lists a day, in the order of time. */
export function drinksOverDays({
  lists,
  perDay,
  seed,
}: {
  lists: number;
  perDay: number;
  seed: number;
}): readonly LogEvent[] {
  const stretch = DAY / perDay / MINUTE;
  const events = [...simulateDrinks({ impressions: lists, seed })].flatMap((step) =>
    'event' in step ? [step.event] : [],
  );
  const start = events[0].time;
  return events
    .map((event) => ({ ...event, time: Math.round(start + (event.time - start) * stretch) }))
    .sort((a, b) => a.time - b.time);
}
