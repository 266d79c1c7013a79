import { InputError } from '../../slate/input-error.ts';
import type { ReadableJournal } from './contract.ts';
import type { JournalEntry } from './entry.ts';
import { openFileStore } from './file-store.ts';
import { entryOf } from './record.ts';
import { readSegment } from './segment-reader.ts';
import { refuseDamage, refuseGap, segmentsOf } from './segments.ts';

/** Whether a folder holds a journal. */
export const isJournalFolder = async (folder: string): Promise<boolean> =>
  (await segmentsOf(await openFileStore(folder, { isRead: true })).catch(() => [])).length > 0;

/**
 * The entries of a journal's folder from the first one there on, in pieces; its server may be writing, then those that it is about to tell are not among them. Throws `InputError`:
 * `file-not-found` where there is no journal, `journal-damaged` where one of its entries is not there.
 */
export async function* readJournal(folder: string): AsyncGenerator<readonly JournalEntry[], void> {
  const store = await openFileStore(folder, { isRead: true });
  const segments = await segmentsOf(store).catch(() => []);
  if (segments.length === 0)
    throw new InputError(
      `${folder}: expected the journal of a server, found none of its files; name the folder that slatewise serve writes`,
      'file-not-found',
    );
  let last = segments[0].first - 1;
  for (const segment of segments) {
    const file = await store.read(segment.name);
    try {
      const reading = readSegment(file);
      for (;;) {
        const { done, value } = await reading.next();
        if (done) {
          const isTorn = value.rest === 'torn' && segment === segments.at(-1);
          if (value.rest !== 'nothing' && !isTorn) refuseDamage(store, segment, last, value.rest);
          break;
        }
        refuseGap(store, segment, last, value);
        last = value[value.length - 1].sequence;
        yield value.map(entryOf);
      }
    } finally {
      await file.close();
    }
  }
}

/** The same, for who asks for the entries after one. */
export const readableJournal = (folder: string): ReadableJournal => ({
  async startOf() {
    for await (const [first] of readJournal(folder)) return first.sequence - 1;
    return 0;
  },
  async *entriesAfter(sequence) {
    for await (const entries of readJournal(folder)) {
      const wanted = entries.filter((entry) => entry.sequence > sequence);
      if (wanted.length > 0) yield wanted;
    }
  },
});
