import { expect, it } from 'vitest';
import type { LogEvent } from '../../slate/events.ts';
import type { JournalEntry } from './entry.ts';
import { journalSource } from './journal-source.ts';

const T = Date.UTC(2026, 0, 1);

it('names the list that a click was counted on, where the click names none and entered after the next one', async () => {
  const list = (id: string, time: number): LogEvent => ({
    ...{ event: 'ranking', id, time, user: 'u', items: [{ id: 'x', position: 0, fields: {} }], fields: {} },
  });
  const click: LogEvent = {
    ...{ event: 'interaction', ranking: '', time: T + 1000, user: 'u', item: 'x', type: 'click' },
  };
  const events = [list('first', T), list('second', T + 2000), click, { ...click, time: T - 1 }];
  const entries = events.map(
    (event, at): JournalEntry => ({ kind: 'event', sequence: at + 1, arrivedAt: T + 2100, event }),
  );
  const journal = {
    startOf: async () => 0,
    async *entriesAfter() {
      yield entries;
    },
  };
  const settings = { joinWindow: 60_000, labelTypes: ['click'], futureLimit: 0 };
  const records: unknown[] = [];
  for await (const record of journalSource('journal', settings, journal).records()) records.push(record);
  expect(records).toMatchObject([
    { line: 1, event: { id: 'first', time: T } },
    { line: 2, event: { id: 'second', time: T + 2000 } },
    { line: 3, event: { ranking: 'first', time: T + 2000 } },
    { line: 4, reason: 'no-list-of-user' },
  ]);
});
