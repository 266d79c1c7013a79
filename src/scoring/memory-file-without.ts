/** A memory's file without a person, line by line: a memory of many users takes seconds to load and write, and a server has others to answer meanwhile. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { LongPart, MemorySnapshot } from '../memory/snapshot.ts';
import { memoryLines } from './memory-file.ts';

/** Whether it knows anything of a user. */
export async function isInMemoryFile(path: string, user: string): Promise<boolean> {
  for await (const lines of memoryLines(path)) if (lines.some((line) => lineWithout(line, user) !== line)) return true;
  return false;
}

/** Writes what `forgetUser` leaves of the memory in the file `from`. */
export async function writeMemoryWithout(from: string, to: string, user: string): Promise<void> {
  async function* chunks(): AsyncGenerator<string> {
    for await (const lines of memoryLines(from)) {
      const left = lines.flatMap((line) => lineWithout(line, user) ?? []);
      if (left.length > 0) yield `${left.join('\n')}\n`;
    }
  }
  await pipeline(Readable.from(chunks()), createGzip(), createWriteStream(to));
}

type Row = { readonly [P in LongPart]: readonly [part: P, row: MemorySnapshot[P][number]] }[LongPart];

/** The same text where nothing in it is of the user; undefined where all of it is. */
function lineWithout(line: string, user: string): string | undefined {
  if (!line.includes(JSON.stringify(user))) return line;
  const json = JSON.parse(line) as Row | Pick<MemorySnapshot, 'lastMet'>;
  if (isRow(json)) return rowWithout(json, user, line);
  const users = json.lastMet.users.filter(([id]) => id !== user);
  return JSON.stringify({ ...json, lastMet: { ...json.lastMet, users } });
}

const isRow = (json: Row | Pick<MemorySnapshot, 'lastMet'>): json is Row => Array.isArray(json);

function rowWithout([part, row]: Row, user: string, line: string): string | undefined {
  switch (part) {
    case 'users':
    case 'userFields':
      return row[0] === user ? undefined : line;
    case 'itemStates': {
      const [index, item] = row;
      return JSON.stringify([part, [index, { ...item, clickers: item.clickers.filter((id) => id !== user) }]]);
    }
    case 'open':
      return row.user === user ? JSON.stringify([part, { ...row, user: '' }]) : line;
    default:
      // Items and closed lists hold no users, be they called alike.
      return line;
  }
}
