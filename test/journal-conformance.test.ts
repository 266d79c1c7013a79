/** What every journal promises, held by each: the files of one process, and the stream of several. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Journal } from '../src/serve/journal/contract.ts';
import type { EntryContent, JournalEntry } from '../src/serve/journal/entry.ts';
import { openFileStore } from '../src/serve/journal/file-store.ts';
import { openJournal } from '../src/serve/journal/journal.ts';
import { JournalUnavailable } from '../src/serve/journal/journal-unavailable.ts';
import { openRedisJournal } from '../src/serve/replicas/redis-journal.ts';
import type { AnsweredList } from '../src/slate/answered-list.ts';
import { hasRedis, startRedis } from './redis-server.ts';

interface Place {
  /** Opens it anew, as the next process does. */
  open(now: () => number): Promise<Journal>;
}

const redis = hasRedis() ? await startRedis() : undefined;
afterAll(() => redis?.kill());
let names = 0;

const places: readonly (readonly [name: string, begin: () => Promise<Place>])[] = [
  [
    'files',
    async () => {
      const folder = join(await mkdtemp(join(tmpdir(), 'conformance-')), 'journal');
      return {
        async open(now) {
          const store = await openFileStore(folder);
          const journal = await openJournal({ store, now, segmentBytes: 600, warn: () => undefined });
          // Its store ends with it.
          const close = async (): Promise<void> => {
            await journal.close();
            await store.close();
          };
          return Object.create(journal, { close: { value: close } }) as Journal;
        },
      };
    },
  ],
  ...(redis
    ? [
        [
          'redis',
          async () => {
            const address = `${redis.url}?journal=conformance-${names++}`;
            return {
              open: (now: () => number) => openRedisJournal({ address, replica: 'a', now, warn: () => undefined }),
            };
          },
        ] as const,
      ]
    : []),
];

const START = 1_800_000_000_000;
const answer: AnsweredList = {
  ...{ id: 'l1', time: START, user: 'u', fields: {}, asked: 'generate', model: 'a', policy: 'epsilon=1', took: 3 },
  candidates: [{ id: 'i1', fields: { relevancy: 2 } }],
  items: [{ id: 'i1', probability: 0.25, propensity: 1 }],
};
const item = (name: string): EntryContent => ({
  kind: 'event',
  id: name,
  event: { event: 'item', item: name, time: START, fields: { price: 3.25, title: 'crème "brûlée"\n' } },
});
const nobody = (): void => undefined;

async function all(journal: Journal, after = 0): Promise<readonly JournalEntry[]> {
  const found: JournalEntry[] = [];
  for await (const entries of journal.entriesAfter(after)) found.push(...entries);
  return found;
}

describe.each(places)('a journal in %s', (_, begin) => {
  async function opened(now: () => number = () => START): Promise<readonly [journal: Journal, place: Place]> {
    const place = await begin();
    const journal = await place.open(now);
    await journal.follow(nobody);
    return [journal, place];
  }

  it('begins empty', async () => {
    const [journal] = await opened();
    expect([journal.sequence, journal.fault, journal.behind]).toEqual([0, undefined, 0]);
    expect(await all(journal)).toEqual([]);
    expect(await journal.startOf(1000)).toBe(0);
    await journal.append([], () => expect.unreachable());
    await journal.close();
  });

  it('tells what is written in one order, without gaps, before it resolves', async () => {
    const [journal] = await opened();
    const told: [number, string | undefined, number][] = [];
    await Promise.all(
      ['a', 'b', 'c'].map((call) =>
        journal.append([item(`${call}1`), item(`${call}2`)], (entry, at) => {
          expect(journal.sequence).toBe(entry.sequence);
          told.push([entry.sequence, entry.kind === 'event' ? entry.id : '', at]);
        }),
      ),
    );
    expect(told).toEqual([
      [1, 'a1', 0],
      [2, 'a2', 1],
      [3, 'b1', 0],
      [4, 'b2', 1],
      [5, 'c1', 0],
      [6, 'c2', 1],
    ]);
    await journal.close();
  });

  it('gives back what was written, also to the next process, from any sequence on', async () => {
    const [journal, place] = await opened();
    const contents: readonly EntryContent[] = [
      ...Array.from({ length: 30 }, (_, k) => item(`i${k}`)),
      { kind: 'erase', user: 'u "1"' },
      { kind: 'erased', print: 'abc' },
      { kind: 'gone' },
      { kind: 'answer', answer },
      { kind: 'shadow', shadow: { id: 'l1', user: 'u', model: 'b', probabilities: [0.25] } },
      { kind: 'experiments', experiments: [{ name: 'e', coverage: 0.5, variants: [{ name: 'old', share: 1 }] }] },
    ];
    await journal.append(contents, nobody);
    const expected = contents.map((content, k) => ({ sequence: k + 1, arrivedAt: START, ...content }));
    expect(await all(journal)).toEqual(expected);
    await journal.close();
    const again = await place.open(() => START);
    expect(again.sequence).toBe(36);
    for (const after of [0, 1, 17, 35, 36]) expect(await all(again, after)).toEqual(expected.slice(after));
    await again.follow(() => expect.unreachable());
    await again.append([item('later')], ({ sequence }) => expect(sequence).toBe(37));
    await again.close();
  });

  it('has arrivals that never go back, and finds what came since', async () => {
    let time = START;
    const [journal, place] = await opened(() => time);
    for (const moment of [5, 3, 10, 4, 20, 20, 30]) {
      time = START + moment;
      await journal.append([item(`at ${moment}`)], nobody);
    }
    const arrivals = (await all(journal)).map(({ arrivedAt }) => arrivedAt - START);
    expect(arrivals).toEqual([5, 5, 10, 10, 20, 20, 30]);
    for (const back of [0, 5, 10, 15, 25, 100]) {
      const start = await journal.startOf(back);
      expect(arrivals.slice(0, start).every((arrival) => arrival < 30 - back)).toBe(true);
    }
    await journal.close();
    time = START;
    const again = await place.open(() => time);
    await again.follow(nobody);
    await again.append([item('back')], ({ arrivedAt }) => expect(arrivedAt).toBe(START + 30));
    await again.close();
  });

  it('replaces entries in their places', async () => {
    const [journal, place] = await opened();
    await journal.append(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => item(name)),
      nobody,
    );
    await journal.needsOnlyAfter(7);
    await journal.rewrite((entry) => entry, 7);
    const gone = { kind: 'gone' } as const;
    await Promise.all([
      journal.rewrite((entry) => (entry.kind === 'event' && ['b', 'f'].includes(entry.id ?? '') ? gone : entry), 7),
      journal.append([item('h')], nobody),
    ]);
    await journal.append([item('i')], nobody);
    const kinds = (entries: readonly JournalEntry[]): readonly string[] =>
      entries.map((entry) => (entry.kind === 'event' ? (entry.id ?? '') : entry.kind));
    const expected = ['a', 'gone', 'c', 'd', 'e', 'gone', 'g', 'h', 'i'];
    const found = await all(journal);
    expect(kinds(found)).toEqual(expected);
    expect(found.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    await journal.close();
    const again = await place.open(() => START);
    expect(kinds(await all(again))).toEqual(expected);
    await again.close();
  });

  it('refuses what comes after it is closed, and writes what came before', async () => {
    const [journal, place] = await opened();
    const told: number[] = [];
    const before = journal.append([item('a')], ({ sequence }) => void told.push(sequence));
    await Promise.all([before, journal.close()]);
    expect(told).toEqual([1]);
    await expect(journal.append([item('b')], nobody)).rejects.toBeInstanceOf(JournalUnavailable);
    const again = await place.open(() => START);
    expect(again.sequence).toBe(1);
    await again.close();
  });
});
