import type { JournalEntry } from './entry.ts';
import { entryOf } from './record.ts';
import { readSegment } from './segment-reader.ts';
import { refuseDamage, refuseGap, type Segment } from './segments.ts';
import type { JournalStore } from './store.ts';

/** A journal as far as it is written: it may grow, and files of it may be replaced, while it is read. */
export interface WrittenJournal {
  sequence(): number;
  readonly segments: readonly Segment[];
  /** Up to which byte a segment may be read; undefined: all of it. */
  wholeOf(segment: Segment): number | undefined;
  /** How often a file was replaced. */
  rewrites(): number;
}

/** The entries after a sequence, in pieces. */
export async function* readEntries(
  store: JournalStore,
  after: number,
  journal: WrittenJournal,
): AsyncGenerator<readonly JournalEntry[], void> {
  let reached = after;
  let place: { readonly segment: Segment; readonly at: number; readonly rewrites: number } | undefined;
  while (reached < journal.sequence()) {
    const segment = journal.segments.findLast(({ first }) => first <= reached + 1);
    if (!segment) refuseDamage(store, journal.segments[0], reached, { damaged: true, next: journal.segments[0].first });
    const rewrites = journal.rewrites();
    const isSame = place?.segment === segment && place.rewrites === rewrites;
    const from = isSame && place ? place.at : 0;
    let last = isSame ? reached : segment.first - 1;
    const file = await store.read(segment.name);
    const began = reached;
    try {
      const reading = readSegment(file, { from, upTo: journal.wholeOf(segment) });
      for (;;) {
        const { done, value } = await reading.next();
        if (done) {
          if (value.rest !== 'nothing') refuseDamage(store, segment, last, value.rest);
          place = { segment, at: value.whole, rewrites };
          break;
        }
        refuseGap(store, segment, last, value);
        last = value[value.length - 1].sequence;
        const end = journal.sequence();
        const wanted = value.filter(({ sequence }) => sequence > reached && sequence <= end).map(entryOf);
        if (wanted.length > 0) {
          reached = wanted[wanted.length - 1].sequence;
          yield wanted;
        }
        // Those beyond the end are being told to others now.
        if (last > end) {
          place = undefined;
          break;
        }
      }
    } finally {
      await file.close();
    }
    if (reached === began) refuseDamage(store, segment, reached, 'torn');
  }
}
