/** What a model begins with that is judged by a journal. */
import type { StoredModel } from '../../scoring/model-folder.ts';
import type { ReadableJournal } from '../journal/contract.ts';
import { type MemoryStart, memoryStart } from './memory-start.ts';

export interface JudgedStart extends Pick<MemoryStart, 'memory' | 'doubts'> {
  /** Of the last entry that the memory knows. */
  readonly knownUntil: number;
  readonly learned: LearnedPart;
  /** The memory knew the held-out lists too, and meets the whole journal anew. */
  readonly isAnew: boolean;
}

/** Lists of answers up to an entry, shown up to a time, were learned from. */
export interface LearnedPart {
  readonly sequence: number;
  /** Epoch milliseconds. */
  readonly time: number;
}

/**
 * Lists that training held out judge a model as those that came later do. Its memory has met their clicks: so it meets the journal from the first entry, as it did in training. Where
 * the first entries are gone it could not, and the held-out lists do not count.
 */
export async function judgedStart(stored: StoredModel, journal: ReadableJournal): Promise<JudgedStart> {
  const { memory, sequence, doubts } = await memoryStart(stored, journal);
  const { learnedUntil = Number.POSITIVE_INFINITY, knownUntil } = stored.card;
  const isAnew = sequence > 0 && learnedUntil < knownUntil && (await journal.startOf(Number.POSITIVE_INFINITY)) === 0;
  const learned = { sequence, time: isAnew ? learnedUntil : Number.POSITIVE_INFINITY };
  return { memory: isAnew ? memory.emptied() : memory, knownUntil: isAnew ? 0 : sequence, learned, doubts, isAnew };
}
