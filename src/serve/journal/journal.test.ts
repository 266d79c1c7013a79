import { Buffer } from 'node:buffer';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Journal } from './contract.ts';
import type { EntryContent, JournalEntry } from './entry.ts';
import { openFileStore } from './file-store.ts';
import { type JournalOptions, openJournal } from './journal.ts';
import { readJournal } from './read-journal.ts';
import type { JournalStore } from './store.ts';

const newFolder = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'journal-')), 'journal');
const item = (name: string): EntryContent => ({
  kind: 'event',
  id: name,
  event: { event: 'item', item: name, time: 5, fields: {} },
});

/** Opens a journal, works with it, and closes it. */
async function within<T>(
  folder: string,
  act: (journal: Journal, told: readonly string[]) => Promise<T>,
  options: Partial<JournalOptions> = {},
): Promise<T> {
  const told: string[] = [];
  await using store = await openFileStore(folder);
  const journal = await openJournal({ store, now: () => 7, warn: (message) => void told.push(message), ...options });
  const result = await act(journal, told);
  await journal.close();
  return result;
}

async function entriesOf(journal: Journal, after = 0): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for await (const piece of journal.entriesAfter(after)) entries.push(...piece);
  return entries;
}

/** A journal of some entries, each written by itself, in files of a few. */
async function written(count: number, segmentBytes = 400): Promise<string> {
  const folder = await newFolder();
  const append = async (journal: Journal): Promise<void> => {
    for (let n = 1; n <= count; n++) await journal.append([item(`i${n}`)], () => undefined);
  };
  await within(folder, append, { segmentBytes });
  return folder;
}

const filesOf = async (folder: string): Promise<readonly string[]> => (await readdir(folder)).sort();

describe('a journal', () => {
  it('numbers entries from 1 and tells them in their order, each before its promise', async () => {
    const told: number[] = [];
    await within(await newFolder(), async (journal) => {
      const calls = [[item('a'), item('b')], [item('c')], [item('d')]];
      await Promise.all(calls.map((contents) => journal.append(contents, ({ sequence }) => void told.push(sequence))));
      expect(told).toEqual([1, 2, 3, 4]);
      expect((await entriesOf(journal)).map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
      expect((await entriesOf(journal, 3)).map(({ sequence }) => sequence)).toEqual([4]);
    });
  });

  it('goes on in the next process, over many files', async () => {
    const folder = await written(20);
    expect((await filesOf(folder)).length).toBeGreaterThan(3);
    await within(folder, async (journal, told) => {
      expect(journal.sequence).toBe(20);
      expect(told).toEqual([]);
      expect((await entriesOf(journal)).map((entry) => entry.kind === 'event' && entry.id)).toEqual(
        Array.from({ length: 20 }, (_, n) => `i${n + 1}`),
      );
    });
  });

  it('lets no entry arrive before the one before it', async () => {
    const times = [9, 4, 12];
    const folder = await newFolder();
    const append = (journal: Journal): Promise<void> => journal.append([item('a')], () => undefined);
    for (const time of times) await within(folder, append, { now: () => time });
    await within(folder, async (journal) =>
      expect((await entriesOf(journal)).map(({ arrivedAt }) => arrivedAt)).toEqual([9, 9, 12]),
    );
  });

  it.each([1, 13, 60])('cuts an end of which %i bytes are missing, and says so', async (missing) => {
    const folder = await written(3, 1 << 20);
    const [file] = await filesOf(folder);
    const bytes = await readFile(join(folder, file));
    await writeFile(join(folder, file), bytes.subarray(0, bytes.length - missing));
    await within(folder, async (journal, told) => {
      expect(told).toEqual([
        expect.stringMatching(
          /found \d+ bytes after entry 2, from byte \d+, .* nothing that was acknowledged as on disk is lost$/,
        ),
      ]);
      await journal.append([item('again')], () => undefined);
      expect((await entriesOf(journal)).map((entry) => entry.kind === 'event' && entry.id)).toEqual([
        'i1',
        'i2',
        'again',
      ]);
    });
  });

  it('does not cut what was on disk: it names the entry that is missing', async () => {
    const folder = await written(5, 1 << 20);
    const [file] = await filesOf(folder);
    const bytes = await readFile(join(folder, file));
    bytes[bytes.indexOf('"i2"')] ^= 1;
    await writeFile(join(folder, file), bytes);
    await expect(within(folder, async () => undefined)).rejects.toMatchObject({
      code: 'journal-damaged',
      message: expect.stringMatching(
        /0000000000000001\.journal: expected entry 2 after entry 1, found damage and then entry 3/,
      ),
    });
    expect(await readFile(join(folder, file))).toEqual(bytes);
  });

  it('names a damaged entry of an earlier file when it is read, and a file that is gone', async () => {
    const folder = await written(20);
    const [first, second] = await filesOf(folder);
    const bytes = await readFile(join(folder, second));
    await writeFile(join(folder, second), Buffer.concat([bytes.subarray(0, 40), Buffer.alloc(bytes.length - 40)]));
    await within(folder, async (journal) => {
      await expect(entriesOf(journal)).rejects.toMatchObject({ code: 'journal-damaged' });
    });
    await expect(async () => {
      for await (const _ of readJournal(folder));
    }).rejects.toMatchObject({ code: 'journal-damaged', message: expect.stringContaining(second) });
    await writeFile(join(folder, first), '');
    await within(folder, async (journal) => {
      await expect(entriesOf(journal)).rejects.toMatchObject({ code: 'journal-damaged' });
    });
  });

  it('is read while its server writes', async () => {
    const folder = await written(20);
    await within(folder, async () => {
      const read: JournalEntry[] = [];
      for await (const piece of readJournal(folder)) read.push(...piece);
      expect(read).toHaveLength(20);
    });
    await expect(async () => {
      for await (const _ of readJournal(join(folder, 'none')));
    }).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('writes what comes in one turn of the loop together', async () => {
    await using store = await openFileStore(await newFolder());
    let writes = 0;
    const counting: JournalStore = {
      ...store,
      async append(name) {
        const file = await store.append(name);
        return {
          get length() {
            return file.length;
          },
          append: file.append,
          appendSynced(bytes) {
            writes++;
            return file.appendSynced(bytes);
          },
          sync: file.sync,
          close: file.close,
        };
      },
    };
    const journal = await openJournal({ store: counting, now: () => 1, warn: () => undefined });
    await Promise.all(['a', 'b', 'c'].map((name) => journal.append([item(name)], () => undefined)));
    expect([journal.sequence, writes]).toEqual([3, 1]);
    await journal.close();
  });

  it('refuses what is too much to wait', async () => {
    const append = async (journal: Journal): Promise<void> => {
      const first = journal.append([item('a')], () => undefined);
      const second = journal.append([item('b'), item('c')], () => undefined);
      await expect(journal.append([item('d')], () => undefined)).rejects.toThrow(/3 events wait already/);
      await Promise.all([first, second]);
    };
    await within(await newFolder(), append, { waiting: 3 });
  });

  it('replaces entries in files that are complete, and in the last one', async () => {
    const folder = await written(10);
    await within(folder, async (journal) => {
      await journal.rewrite((entry) => (entry.sequence % 4 === 0 ? { kind: 'gone' } : entry), journal.sequence);
      await journal.append([item('later')], () => undefined);
    });
    await within(folder, async (journal, told) => {
      expect(told).toEqual([]);
      const kinds = (await entriesOf(journal)).map(({ kind }) => kind);
      expect(kinds).toEqual(Array.from({ length: 11 }, (_, n) => ((n + 1) % 4 === 0 ? 'gone' : 'event')));
    });
  });
});
