import type { Memory } from '../../memory/memory.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import { restoredMemory } from '../host/loaded-model.ts';
import type { JournalStore } from '../journal/store.ts';
import { openSnapshots, snapshotFiles } from '../snapshots/snapshots.ts';

/**
 * What a model's memory knew once somebody was erased, whose entries are not what they were: of the oldest snapshot after it that has this memory. Undefined where there is none:
 * then the model was first loaded later, and its memory began with the entries as they are now.
 */
export async function memoryAfterErasing(
  store: JournalStore,
  stored: StoredModel,
  { key, sequence }: { readonly key: string; readonly sequence: number },
): Promise<{ readonly memory: Memory; readonly sequence: number } | undefined> {
  for (const file of await snapshotFiles(store)) {
    const one: JournalStore = { ...store, list: async () => [file] };
    const { newest, memoryOfKey } = await openSnapshots(one, Number.POSITIVE_INFINITY, () => undefined);
    if (!newest || newest.sequence < sequence) continue;
    const chunks = memoryOfKey(key);
    if (chunks) return { memory: await restoredMemory(stored, chunks), sequence: newest.sequence };
  }
  return undefined;
}
