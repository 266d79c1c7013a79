/** The journal of replicas, for who only reads: it becomes none of them, and nothing waits for it. */
import { InputError } from '../../slate/input-error.ts';
import type { ReadableJournal } from '../journal/contract.ts';
import { keysOf } from './journal-keys.ts';
import { FORMAT } from './keeping-scripts.ts';
import { parseRedisAddress } from './redis-address.ts';
import { connectRedis } from './redis-connection.ts';
import { decodeEntry, readStream, refuseHole } from './stream-entries.ts';

export interface SharedJournalReader extends ReadableJournal {
  /** For people: without a password. */
  readonly name: string;
  close(): void;
}

const READ = 512;

/** What is there now; entries that come later are not told. Throws `InputError` where Redis is not there, or has no such journal. */
export async function readSharedJournal(given: string): Promise<SharedJournalReader> {
  const address = parseRedisAddress(given);
  const { shown } = address;
  const keys = keysOf(address.name);
  const connection = await connectRedis(address).catch((error: Error) => {
    throw new InputError(
      `${shown}: expected a Redis that answers, found none (${error.message}); start it, or name another address`,
      'journal-unreachable',
      { cause: error },
    );
  });
  const [sequence, format] = await connection.send<readonly (string | null)[]>([
    'HMGET',
    keys.state,
    'sequence',
    'format',
  ]);
  if (format !== FORMAT) {
    connection.close();
    throw new InputError(
      `${shown}: expected the journal of a server in format ${FORMAT}, found ${format === null ? 'none' : `format ${format}`}; name the address that the servers were given`,
      format === null ? 'file-not-found' : 'other-format',
    );
  }
  const last = Number(sequence);
  return {
    name: shown,
    async startOf() {
      const [first] = await readStream(connection, keys.stream, { after: 0, count: 1 });
      return first ? first.sequence - 1 : last;
    },
    async *entriesAfter(after) {
      for (let known = after; known < last; ) {
        const found = await readStream(connection, keys.stream, { after: known, upTo: last, count: READ });
        if (found.length > 0) refuseHole(shown, known, found);
        else refuseHole(shown, known, [{ sequence: last + 1 }]);
        known += found.length;
        yield found.map(decodeEntry);
      }
    },
    close: connection.close,
  };
}
