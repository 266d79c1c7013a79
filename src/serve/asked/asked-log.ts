/** One asked list in so many, kept beside the journal with a hash of what the scorer read: so that anybody can compute it again. */
import { Buffer } from 'node:buffer';
import type { OnAsked } from '../../scoring/on-asked.ts';
import type { AppendedFile, JournalStore } from '../journal/store.ts';
import { columnPrints } from './column-prints.ts';
import { askedFile, askedFiles, type KeptList } from './kept-list.ts';

export interface AskedLog {
  /** For the scorers of a model; undefined where nothing is kept. */
  heed(key: string): OnAsked | undefined;
  /** Removes all that is kept. */
  forget(): Promise<void>;
  /** Returns once what waits is written. */
  close(): Promise<void>;
}

export interface AskedLogOptions {
  readonly store: JournalStore;
  /** One list in so many; 0: none. */
  readonly every: number;
  /** Of the last entry that every memory knows. */
  readonly sequence: () => number;
  readonly warn: (message: string) => void;
}

/** Bytes after which a new file is begun. */
const FILE_BYTES = 4 * 2 ** 20;
/** Bytes of the files before it that stay, the newest. */
const KEPT_BYTES = 28 * 2 ** 20;
/** Lists that may wait to be written; those beyond are not kept. */
const WAITING = 64;

/** Answers never wait for it, and never fail with it. */
export function createAskedLog({ store, every, sequence, warn }: AskedLogOptions): AskedLog {
  let before: Promise<void> = Promise.resolve();
  let file: AppendedFile | undefined;
  let count = 0;
  let waiting = 0;
  let isTold = false;

  function then(act: () => Promise<void>): Promise<void> {
    const running = before.then(act);
    before = running.catch(() => undefined);
    return running;
  }

  async function end(): Promise<void> {
    const ended = file;
    file = undefined;
    await ended?.close();
  }

  /** After a start or a fault too: nobody knows how the file before ends. */
  async function begin(): Promise<AppendedFile> {
    const files = askedFiles(await store.list());
    const next = Number.parseInt(files.at(-1) ?? '0', 10) + 1;
    const begun = await store.append(askedFile(next));
    let bytes = 0;
    for (const old of files.toReversed()) {
      bytes += await lengthOf(store, old);
      if (bytes > KEPT_BYTES) await store.remove(old);
    }
    return begun;
  }

  async function write(line: string): Promise<void> {
    try {
      if (file && file.length >= FILE_BYTES) await end();
      file ??= await begin();
      await file.append(Buffer.from(line));
      isTold = false;
    } catch (error) {
      await end().catch(() => undefined);
      if (!isTold) warn(`${store.name}: asked lists cannot be kept: ${(error as Error).message}`);
      isTold = true;
    } finally {
      waiting--;
    }
  }

  return {
    heed(key) {
      if (every === 0) return undefined;
      return (request, as, batch) => {
        if (++count < every || waiting >= WAITING) return;
        const asked: KeptList = { key, sequence: sequence(), as, request, columns: columnPrints(batch()) };
        const line = exactJson(asked);
        // The next one is kept instead.
        if (line === undefined) return;
        count = 0;
        waiting++;
        void then(() => write(`${line}\n`));
      };
    },
    forget: () =>
      then(async () => {
        await end();
        const files = askedFiles(await store.list());
        for (const name of files) await store.remove(name);
        if (files.length > 0) await store.syncNames();
      }),
    close: () => then(end),
  };
}

async function lengthOf(store: JournalStore, name: string): Promise<number> {
  const file = await store.read(name);
  await file.close();
  return file.length;
}

/** Undefined for what JSON does not keep, such as a minus before 0. */
function exactJson(value: unknown): string | undefined {
  let isExact = true;
  const text = JSON.stringify(value, (_, part) => {
    if (typeof part === 'number' && (Object.is(part, -0) || !Number.isFinite(part))) isExact = false;
    return part;
  });
  return isExact ? text : undefined;
}
