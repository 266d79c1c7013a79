import { Buffer } from 'node:buffer';
import type { EntryContent, JournalEntry } from './entry.ts';
import { encodeRecord, entryOf, SEGMENT_HEAD } from './record.ts';
import { readSegment } from './segment-reader.ts';
import { refuseDamage, type Segment, UNFINISHED } from './segments.ts';
import type { JournalStore } from './store.ts';

/** The same object where an entry stays as it is. */
export type ChangeEntry = (entry: JournalEntry) => EntryContent;

/** Puts a file with other entries in the place of one that is complete; nothing is touched where all of them stay. True where it was replaced. */
export async function rewriteSegment(store: JournalStore, segment: Segment, change: ChangeEntry): Promise<boolean> {
  if (!(await changesAny(store, segment, change))) return false;
  const name = `${segment.name}${UNFINISHED}`;
  await store.remove(name);
  const written = await store.append(name);
  try {
    await written.append(SEGMENT_HEAD);
    for await (const entries of entriesOf(store, segment)) {
      let at = written.length;
      const records = entries.map((entry) => {
        const { sequence, arrivedAt } = entry;
        const record = encodeRecord({ ...change(entry), sequence, arrivedAt }, at);
        at += record.length;
        return record;
      });
      await written.append(Buffer.concat(records));
    }
    await written.sync();
  } finally {
    await written.close();
  }
  await store.rename(name, segment.name);
  await store.syncNames();
  return true;
}

async function changesAny(store: JournalStore, segment: Segment, change: ChangeEntry): Promise<boolean> {
  for await (const entries of entriesOf(store, segment))
    if (entries.some((entry) => change(entry) !== entry)) return true;
  return false;
}

async function* entriesOf(store: JournalStore, segment: Segment): AsyncGenerator<readonly JournalEntry[]> {
  const file = await store.read(segment.name);
  let last = segment.first - 1;
  try {
    const reading = readSegment(file);
    for (;;) {
      const { done, value } = await reading.next();
      if (done) {
        if (value.rest !== 'nothing') refuseDamage(store, segment, last, value.rest);
        return;
      }
      last = value[value.length - 1].sequence;
      yield value.map(entryOf);
    }
  } finally {
    await file.close();
  }
}
