import type { ReadableJournal } from '../serve/journal/contract.ts';
import { isJournalFolder, readableJournal } from '../serve/journal/read-journal.ts';
import { isRedisAddress } from '../serve/replicas/redis-address.ts';

/** Whether a server's journal is there: in a folder, or in Redis. */
export const isJournal = async (place: string): Promise<boolean> =>
  isRedisAddress(place) || (await isJournalFolder(place));

/** A journal to be read, while its server may be writing; `name` is for people, without a password. */
export async function openReadableJournal(
  place: string,
): Promise<{ readonly journal: ReadableJournal; readonly name: string; readonly close: () => void }> {
  if (!isRedisAddress(place)) return { journal: readableJournal(place), name: place, close: () => undefined };
  const { readSharedJournal } = await import('../serve/replicas/read-shared-journal.ts');
  const journal = await readSharedJournal(place);
  return { journal, name: journal.name, close: journal.close };
}
