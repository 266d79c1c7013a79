import type { JournalEntry } from './entry.ts';
import type { Segment } from './segments.ts';

/** What is asked of a journal in files. */
export interface WrittenUpTo {
  readonly segments: readonly Segment[];
  readonly sequence: number;
  readonly arrivedAt: number;
  entriesAfter(sequence: number): AsyncIterable<readonly JournalEntry[]>;
}

/** The sequence before the first entry of a file, after which all entries of so many milliseconds before the last one are. */
export async function startInFiles(
  { segments, sequence, arrivedAt, entriesAfter }: WrittenUpTo,
  milliseconds: number,
): Promise<number> {
  for (const { first } of segments.toReversed()) {
    if (first > sequence) continue;
    for await (const [{ arrivedAt: began }] of entriesAfter(first - 1)) {
      if (began < arrivedAt - milliseconds) return first - 1;
      break;
    }
  }
  return segments.length > 0 ? segments[0].first - 1 : 0;
}
