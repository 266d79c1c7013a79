import { constants, type FileHandle, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../files/make-folder.ts';
import { LOCK_FILE, lockFolder } from './folder-lock.ts';
import type { AppendedFile, JournalStore, ReadFile } from './store.ts';

const CHUNK = 1 << 20;

/**
 * A journal's files in a folder of the disk, which is made where there is none. Throws `InputError` (`journal-in-use`) where another process has it; whoever only reads makes
 * nothing, and may read beside it.
 */
export async function openFileStore(
  folder: string,
  { isRead = false }: { readonly isRead?: boolean } = {},
): Promise<JournalStore> {
  if (!isRead) await makeFolder(folder);
  const unlock = isRead ? async (): Promise<void> => undefined : await lockFolder(folder);
  const at = (name: string): string => join(folder, name);
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> => {
    closing ??= unlock();
    return closing;
  };
  return {
    name: folder,
    async list() {
      const entries = await readdir(folder, { withFileTypes: true });
      return entries.filter((entry) => entry.isFile() && !entry.name.startsWith(LOCK_FILE)).map(({ name }) => name);
    },
    append: async (name) => appendedFile(at(name), await open(at(name), 'a')),
    read: async (name) => readFile(await open(at(name), 'r')),
    async settle(name, { length, synced }) {
      const file = await open(at(name), 'r+');
      try {
        await file.truncate(length);
        const bytes = new Uint8Array(CHUNK);
        for (let from = synced; from < length; ) {
          const { bytesRead } = await file.read(bytes, 0, Math.min(CHUNK, length - from), from);
          if (bytesRead === 0) break;
          for (let done = 0; done < bytesRead; )
            done += (await file.write(bytes, done, bytesRead - done, from + done)).bytesWritten;
          from += bytesRead;
        }
        await file.sync();
      } finally {
        await file.close();
      }
    },
    rename: (from, to) => rename(at(from), at(to)),
    remove: (name) => rm(at(name), { force: true }),
    async syncNames() {
      const file = await open(folder, 'r');
      try {
        await file.sync();
      } finally {
        await file.close();
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Writes that return once they are on disk: half the calls of the system, and of its threads. */
const SYNCED = constants.O_APPEND | constants.O_WRONLY | constants.O_DSYNC;

async function appendedFile(path: string, file: FileHandle): Promise<AppendedFile> {
  let { size: length } = await file.stat();
  let syncing: FileHandle | undefined;
  let isSynced = true;

  async function write(to: FileHandle, bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length; ) {
      const { bytesWritten } = await to.write(bytes, at, bytes.length - at);
      at += bytesWritten;
      length += bytesWritten;
    }
  }

  async function sync(): Promise<void> {
    await file.datasync();
    isSynced = true;
  }

  return {
    get length() {
      return length;
    },
    append(bytes) {
      isSynced = false;
      return write(file, bytes);
    },
    async appendSynced(bytes) {
      if (!isSynced) await sync();
      syncing ??= await open(path, SYNCED);
      await write(syncing, bytes);
    },
    sync,
    async close() {
      await Promise.all([file.close(), syncing?.close()]);
    },
  };
}

async function readFile(file: FileHandle): Promise<ReadFile> {
  const { size: length } = await file.stat();
  return {
    length,
    async read(from, wanted) {
      const bytes = new Uint8Array(Math.max(0, Math.min(wanted, length - from)));
      let at = 0;
      while (at < bytes.length) {
        const { bytesRead } = await file.read(bytes, at, bytes.length - at, from + at);
        if (bytesRead === 0) break;
        at += bytesRead;
      }
      return bytes.subarray(0, at);
    },
    close: () => file.close(),
  };
}
