import { stat } from 'node:fs/promises';
import { InputError } from '../slate/input-error.ts';

/** What is looked at: a file that is written, cut, or replaced by another has changed one of these. */
interface Facts {
  readonly size: number;
  readonly ino: number;
  readonly mtimeMs: number;
}

/** Remembers files before they are read. */
export interface WatchedFiles {
  /** Throws `InputError` where one of them is no more what it was: what was read may be half of each. */
  check(): Promise<void>;
}

/** `-`, which is standard input, pipes and devices are not looked at. */
export async function watchFiles(paths: readonly string[]): Promise<WatchedFiles> {
  const before = new Map<string, Facts>();
  for (const path of paths) {
    const facts = path === '-' ? undefined : await factsOf(path);
    if (facts) before.set(path, facts);
  }
  return {
    async check() {
      for (const [path, was] of before) {
        const is = await factsOf(path);
        const found = is === undefined ? 'it gone' : differenceOf(was, is);
        if (found === undefined) continue;
        throw new InputError(
          `${path}: expected a file that stays as it is while it is read, found ${found}; read it again when it is complete`,
          'file-changed',
        );
      }
    },
  };
}

async function factsOf(path: string): Promise<Facts | undefined> {
  const facts = await stat(path).catch(() => undefined);
  return facts?.isFile() ? facts : undefined;
}

function differenceOf(was: Facts, is: Facts): string | undefined {
  if (is.size !== was.size) return `${is.size} bytes instead of ${was.size}`;
  if (is.ino !== was.ino) return 'another file in its place';
  return is.mtimeMs === was.mtimeMs ? undefined : 'it written meanwhile';
}
