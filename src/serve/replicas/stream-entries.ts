import { InputError } from '../../slate/input-error.ts';
import type { EntryContent, JournalEntry } from '../journal/entry.ts';
import { contentFrom, contentOf } from '../journal/record.ts';
import type { RedisConnection } from './redis-connection.ts';

/** An entry as it stands in the stream. */
export interface StreamEntry {
  readonly sequence: number;
  readonly arrivedAt: number;
  /** JSON. */
  readonly content: string;
  /** Who wrote it: replica, call, place in the call. */
  readonly mark: string;
}

/** `[id, [field, value, ...]]`. */
export type StreamReply = readonly [id: string, fields: readonly string[]];

export const encodeContent = (content: EntryContent): string => JSON.stringify(contentOf(content));

export function decodeEntry({ sequence, arrivedAt, content }: StreamEntry): JournalEntry {
  const [kind, ...rest] = JSON.parse(content) as readonly unknown[];
  return { sequence, arrivedAt, ...contentFrom(kind, rest) };
}

export function streamEntry([id, fields]: StreamReply): StreamEntry {
  const of = (name: string): string => {
    const at = fields.indexOf(name);
    if (at < 0 || at % 2 === 1) throw new InputError(`entry ${id}: expected the field ${name}`, 'journal-damaged');
    return fields[at + 1];
  };
  return { sequence: Number.parseInt(id, 10), arrivedAt: Number(of('a')), content: of('e'), mark: of('b') };
}

/** Entries after a sequence, oldest first, at most so many. */
export async function readStream(
  connection: RedisConnection,
  stream: string,
  { after, upTo, count }: { readonly after: number; readonly upTo?: number; readonly count: number },
): Promise<readonly StreamEntry[]> {
  const end = upTo === undefined ? '+' : `${upTo}-0`;
  const found = await connection.send<readonly StreamReply[]>([
    ...['XRANGE', stream, `(${after}-0`, end, 'COUNT', String(count)],
  ]);
  return found.map(streamEntry);
}

/** Throws `InputError` (`journal-trimmed`, `journal-damaged`) where entries do not follow each other. */
export function refuseHole(shown: string, after: number, entries: readonly { readonly sequence: number }[]): void {
  const at = entries.findIndex(({ sequence }, k) => sequence !== after + 1 + k);
  if (at < 0) return;
  const expected = `${shown}: expected entry ${after + 1 + at}, found entry ${entries[at].sequence}`;
  if (at > 0)
    throw new InputError(`${expected}; put a copy of Redis's append-only file in its place`, 'journal-damaged');
  throw new InputError(
    `${expected}: the entries before were removed, as all replicas had snapshots; copy the snapshots of another replica, but not its replica.json, and start again`,
    'journal-trimmed',
  );
}
