/** Users' bytes in files instead of memory. What the files hold is in the log and in snapshots too: they are emptied by whoever begins, and nothing is synced. */
import { closeSync, openSync, readdirSync, readSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../slate/input-error.ts';
import { show } from '../slate/rejected-event.ts';
import type { UserSegment, UserSegments } from './user-segments.ts';

/** In a folder that is there; files that another left in it by such names go. Throws `InputError` where there is none. */
export function segmentsInFolder(folder: string, size: number = 1 << 20): UserSegments {
  for (const name of namesIn(folder)) if (/^\d+\.users$/.test(name)) rmSync(join(folder, name));
  let made = 0;
  let scratch = new Uint8Array(1 << 14);

  return {
    size,
    make(length) {
      const path = join(folder, `${made++}.users`);
      /** Filled in memory, and written at once when it is full. */
      let filling: Uint8Array | undefined = new Uint8Array(length);
      let file = -1;
      const segment: UserSegment = {
        write: (at, bytes) => filling?.set(bytes, at),
        seal() {
          if (!filling) return;
          file = openSync(path, 'wx+');
          for (let at = 0; at < length; ) at += writeSync(file, filling, at, length - at, at);
          filling = undefined;
        },
        read(at, count) {
          if (filling) return filling.subarray(at, at + count);
          if (scratch.length < count) scratch = new Uint8Array(count);
          for (let got = 0; got < count; ) {
            const more = readSync(file, scratch, got, count - got, at + got);
            if (more === 0) throw new RangeError(`expected ${count} bytes of users at ${at} of ${path}, found its end`);
            got += more;
          }
          return scratch.subarray(0, count);
        },
        release() {
          filling = undefined;
          if (file < 0) return;
          closeSync(file);
          rmSync(path, { force: true });
        },
      };
      return segment;
    },
  };
}

function namesIn(folder: unknown): readonly string[] {
  try {
    return readdirSync(folder as string);
  } catch (cause) {
    throw new InputError(
      `segmentsInFolder: expected a folder that is there, found ${show(folder)}; make it before`,
      'invalid-option',
      { cause },
    );
  }
}
