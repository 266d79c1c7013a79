/** What a model's memory begins with on a journal: no event may count twice, neither one that its training knew nor one that the journal has. */
import { featuresKey } from '../../live/snapshot.ts';
import type { Memory } from '../../memory/memory.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import type { ReadableJournal } from '../journal/contract.ts';
import { beginning, compareJournal } from '../journal/known-position.ts';

export interface MemoryStart {
  readonly memory: Memory;
  /** Of the last entry that it knows. */
  readonly sequence: number;
  /** The same for models that encode alike, whose memories began alike. */
  readonly key: string;
  /** What may be wrong, one sentence each. */
  readonly doubts: readonly string[];
}

/**
 * A model that was trained from this journal knows its entries up to one. Where the journal has others since, nobody knows which of them the model has met: then it begins with
 * nothing, and meets all. A model of another log keeps what it knows, and meets all.
 */
export async function memoryStart(stored: StoredModel, journal: ReadableJournal): Promise<MemoryStart> {
  const { memory, card } = stored;
  const keyOf = (start: number | 'empty'): string => `${featuresKey(stored)} ${card.knownUntil} ${start}`;
  const relation = card.journal ? await compareJournal(card.journal, journal) : 'other';
  if (card.journal && relation === 'same')
    return { memory, sequence: card.journal.sequence, key: keyOf(card.journal.sequence), doubts: [] };
  if (card.journal && relation === 'changed') {
    const doubt = `expected the journal that it was trained from, up to entry ${card.journal.sequence}, found that one with other entries or fewer, as an old copy has; its memory begins anew with entry 1, so that nothing counts twice`;
    return { memory: memory.emptied(), sequence: 0, key: keyOf('empty'), doubts: [doubt] };
  }
  return { memory, sequence: 0, key: keyOf(0), doubts: await overlap(card.knownUntil, journal) };
}

async function overlap(knownUntil: number, journal: ReadableJournal): Promise<readonly string[]> {
  const began = await beginning(journal);
  if (began === undefined || knownUntil < began) return [];
  const [known, first] = [knownUntil, began].map((time) => new Date(time).toISOString());
  return [
    `expected a log from before ${first}, when the journal began, or the journal itself, found lists until ${known}; what is in both counts twice: train from slatewise import of the journal`,
  ];
}
