/**
 * A disk for a journal that fails as disks do: what was not synced is lost at a crash, any part of it; a sync that fails loses what it should have kept, and the next one does
 * not tell; a full disk takes half of a write; files that were made or renamed are so only once their names are synced.
 */
import { Buffer } from 'node:buffer';
import type { Rng } from '../src/random/rng.ts';
import type { AppendedFile, JournalStore } from '../src/serve/journal/store.ts';

export interface FaultyDisk {
  /** The store of a process that has just begun. */
  open(): JournalStore;
  /** The process ends in the middle of its so many-th next call; all later calls of its store reject. */
  crashAfter(calls: number): void;
  readonly isCrashed: boolean;
  /** What is on disk after the crash is all there is. `lost`: what was not synced may be; otherwise only the process ends. */
  restart(options: { readonly lost: boolean }): void;
  /** So many of the next syncs fail. */
  failSyncs(count: number): void;
  /** Writes beyond so many bytes fail; undefined: there is room. */
  fill(bytes: number | undefined): void;
  /** Every file as a process would read it. */
  files(): ReadonlyMap<string, Buffer>;
  readonly calls: number;
}

interface Change {
  readonly at: number;
  readonly bytes: Buffer;
}

interface Inode {
  /** As a process reads it. */
  seen: Buffer;
  /** As it is on disk. */
  kept: Buffer;
  /** Not synced yet. */
  changes: Change[];
}

/** Bytes that reach the disk together. */
const SECTOR = 64;

export function createFaultyDisk(rng: Rng): FaultyDisk {
  let names = new Map<string, Inode>();
  let keptNames = new Map<string, Inode>();
  let nameChanges: (() => void)[] = [];
  let process = 0;
  let crashAt = Number.POSITIVE_INFINITY;
  let calls = 0;
  let syncFailures = 0;
  let room: number | undefined;
  let isCrashed = false;

  /** Some of the changes reach the disk, sector by sector. */
  function keepSome(inode: Inode): void {
    for (const { at, bytes } of inode.changes) {
      for (let from = 0; from < bytes.length; from += SECTOR)
        if (rng.next() < 0.5) inode.kept = withBytes(inode.kept, at + from, bytes.subarray(from, from + SECTOR));
    }
    inode.changes = [];
  }

  function keepAll(inode: Inode): void {
    for (const { at, bytes } of inode.changes) inode.kept = withBytes(inode.kept, at, bytes);
    inode.changes = [];
  }

  function append(inode: Inode, bytes: Buffer): void {
    inode.changes.push({ at: inode.seen.length, bytes });
    inode.seen = Buffer.concat([inode.seen, bytes]);
  }

  const inodeOf = (name: string): Inode => {
    const inode = names.get(name);
    if (inode) return inode;
    throw Object.assign(new Error(`ENOENT: no such file, '${name}'`), { code: 'ENOENT' });
  };

  function rename(change: (names: Map<string, Inode>) => void): void {
    change(names);
    nameChanges.push(() => change(keptNames));
  }

  function open(): JournalStore {
    const own = process;
    /** Every call may be the last: then half of it is done. */
    async function call<T>(act: () => T, half?: () => void): Promise<T> {
      await undefined;
      if (own !== process || isCrashed) throw new Error('the process has ended');
      calls++;
      if (calls < crashAt) return act();
      if (rng.next() < 0.5) act();
      else half?.();
      isCrashed = true;
      throw new Error('the process ends here');
    }

    function appended(inode: Inode): AppendedFile {
      let { length } = inode.seen;
      const file: AppendedFile = {
        get length() {
          return length;
        },
        append(given) {
          const bytes = Buffer.from(given);
          const some = (): void => append(inode, bytes.subarray(0, Math.floor(rng.next() * bytes.length)));
          return call(() => {
            if (room !== undefined && bytes.length > room) {
              append(inode, bytes.subarray(0, room));
              room = 0;
              throw new Error('ENOSPC: no space left on device');
            }
            if (room !== undefined) room -= bytes.length;
            append(inode, bytes);
            length += bytes.length;
          }, some);
        },
        async appendSynced(bytes) {
          await file.append(bytes);
          await file.sync();
        },
        sync: () =>
          call(
            () => {
              if (syncFailures > 0) {
                syncFailures--;
                // What it should have kept is lost, and counts as kept from now on.
                keepSome(inode);
                throw new Error('EIO: i/o error, fsync');
              }
              keepAll(inode);
            },
            () => keepSome(inode),
          ),
        close: () => call(() => undefined),
      };
      return file;
    }

    return {
      name: 'disk',
      list: () => call(() => [...names.keys()]),
      append: (name) =>
        call(() => {
          const known = names.get(name);
          if (known) return appended(known);
          const fresh: Inode = { seen: Buffer.alloc(0), kept: Buffer.alloc(0), changes: [] };
          rename((map) => map.set(name, fresh));
          return appended(fresh);
        }),
      read: (name) =>
        call(() => {
          const inode = inodeOf(name);
          const { length } = inode.seen;
          return {
            length,
            read: (from, wanted) => call(() => inode.seen.subarray(from, Math.min(length, from + wanted))),
            close: () => call(() => undefined),
          };
        }),
      settle: (name, { length, synced }) => {
        const cut = (): Inode => {
          const inode = inodeOf(name);
          inode.seen = resized(inode.seen, length);
          keepSome(inode);
          inode.kept = resized(inode.kept, length);
          inode.changes.push({ at: synced, bytes: inode.seen.subarray(synced) });
          return inode;
        };
        return call(
          () => {
            const inode = cut();
            if (syncFailures > 0) {
              syncFailures--;
              keepSome(inode);
              throw new Error('EIO: i/o error, fsync');
            }
            keepAll(inode);
          },
          () => keepSome(cut()),
        );
      },
      rename: (from, to) =>
        call(() => {
          const inode = inodeOf(from);
          rename((map) => {
            map.delete(from);
            map.set(to, inode);
          });
        }),
      remove: (name) => call(() => rename((map) => map.delete(name))),
      syncNames: () =>
        call(() => {
          if (syncFailures > 0) {
            syncFailures--;
            throw new Error('EIO: i/o error, fsync of the folder');
          }
          for (const change of nameChanges) change();
          nameChanges = [];
        }),
      close: async () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    };
  }

  return {
    open,
    crashAfter(count) {
      crashAt = calls + count;
    },
    get isCrashed() {
      return isCrashed;
    },
    restart({ lost }) {
      process++;
      isCrashed = false;
      crashAt = Number.POSITIVE_INFINITY;
      syncFailures = 0;
      room = undefined;
      if (!lost) return;
      // Names change in the order of the calls: those up to some call are kept.
      for (const change of nameChanges.slice(0, Math.floor(rng.next() * (nameChanges.length + 1)))) change();
      nameChanges = [];
      names = new Map(keptNames);
      keptNames = new Map(names);
      for (const inode of names.values()) {
        keepSome(inode);
        inode.seen = inode.kept;
      }
    },
    failSyncs(count) {
      syncFailures = count;
    },
    fill(bytes) {
      room = bytes;
    },
    files: () => new Map([...names].map(([name, { seen }]) => [name, seen])),
    get calls() {
      return calls;
    },
  };
}

/** What lies between is zeros. */
function withBytes(into: Buffer, at: number, bytes: Buffer): Buffer {
  const longer = resized(into, Math.max(into.length, at + bytes.length));
  bytes.copy(longer, at);
  return longer;
}

function resized(bytes: Buffer, length: number): Buffer {
  const other = Buffer.alloc(length);
  bytes.copy(other);
  return other;
}
