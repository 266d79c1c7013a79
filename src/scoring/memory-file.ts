/** A memory as gzipped lines of JSON: the first holds what is small, each other is `[part, row]` of a long part; as one text it would meet the longest string there can be (2^29 characters) at some 350,000 users. */
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { LONG_PARTS, type LongPart, type MemorySnapshot } from '../memory/snapshot.ts';

/** Characters that are handed on together. */
const CHUNK = 1 << 16;

export const writeMemory = (path: string, memory: MemorySnapshot): Promise<void> =>
  pipeline(Readable.from(chunksOf(memory)), createGzip(), createWriteStream(path));

/** Throws where the file is damaged or cut off. */
export async function readMemory(path: string): Promise<MemorySnapshot> {
  const long: Record<LongPart, unknown[]> = {
    items: [],
    userFields: [],
    itemStates: [],
    users: [],
    open: [],
    closed: [],
  };
  let counts: object | undefined;
  const read = (line: string): void => {
    if (counts === undefined) {
      counts = JSON.parse(line) as object;
      return;
    }
    const [name, entry] = JSON.parse(line) as [LongPart, unknown];
    long[name].push(entry);
  };
  for await (const lines of memoryLines(path)) for (const line of lines) read(line);
  if (counts === undefined) throw new SyntaxError('the memory is empty');
  return { ...counts, ...long } as unknown as MemorySnapshot;
}

/** The lines of such a file, some at a time. Throws where it is damaged or cut off. */
export async function* memoryLines(path: string): AsyncGenerator<readonly string[]> {
  const text = new TextDecoder();
  let rest = '';
  const file = createReadStream(path);
  const unpacked = createGunzip();
  file.once('error', (error) => unpacked.destroy(error)).pipe(unpacked);
  try {
    for await (const chunk of unpacked) {
      const lines = (rest + text.decode(chunk as Buffer, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield lines;
    }
  } finally {
    file.destroy();
  }
  if (rest !== '') throw new SyntaxError('the memory ends within a line');
}

function* chunksOf({
  items,
  userFields,
  itemStates,
  users,
  open,
  closed,
  ...counts
}: MemorySnapshot): Generator<string> {
  let text = `${JSON.stringify(counts)}\n`;
  const long: Readonly<Record<LongPart, readonly unknown[]>> = { items, userFields, itemStates, users, open, closed };
  for (const name of LONG_PARTS) {
    for (const entry of long[name]) {
      text += `${JSON.stringify([name, entry])}\n`;
      if (text.length < CHUNK) continue;
      yield text;
      text = '';
    }
  }
  yield text;
}
