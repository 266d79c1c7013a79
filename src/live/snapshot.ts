import { createHash } from 'node:crypto';
import { fittedFeaturesToJson } from '../encoding/columns/fitted-features.ts';
import { memoryItems } from '../encoding/columns/slate-encoder.ts';
import { createMemory, type Memory } from '../memory/memory.ts';
import type { MemorySnapshot } from '../memory/snapshot.ts';
import type { StoredModel } from '../scoring/model-folder.ts';
import { InputError } from '../slate/input-error.ts';
import { foundInstead } from '../slate/rejected-event.ts';
import type { Snapshot } from './list-model.ts';

/** The same for models that encode alike, whatever their weights. */
export const featuresKey = ({ features, memory }: StoredModel): string =>
  createHash('sha256')
    .update(JSON.stringify([fittedFeaturesToJson(features), memory.settings]))
    .digest('hex')
    .slice(0, 16);

export const snapshotOfModel = (memory: Memory, features: string): Snapshot => ({
  format: 1,
  features,
  memory: memory.snapshot(),
});

/** The memory that a snapshot holds. Throws `InputError` where it is none of a model with these features. */
export function memoryOfSnapshot(given: unknown, stored: StoredModel): Memory {
  const { format, features, memory } = (given ?? {}) as Partial<Snapshot>;
  if (format !== 1 || typeof features !== 'string' || typeof memory !== 'object' || memory === null)
    throw new InputError(
      `restore: expected what snapshot() gave, ${foundInstead(given, 'give it unchanged, or as JSON read back')}`,
      'invalid-snapshot',
    );
  if (features !== featuresKey(stored))
    throw new InputError(
      "restore: expected a snapshot of a model with this one's features, found one of another; open the model that it was taken from",
      'other-model',
    );
  try {
    // A copy: whoever restores keeps the snapshot, and may restore it again.
    const known = structuredClone(memory) as MemorySnapshot;
    return createMemory({ ...memoryItems(stored.encoder), ...stored.memory.settings }, known);
  } catch (error) {
    throw new InputError(
      `restore: expected a whole snapshot, found a damaged one (${(error as Error).message}); take another`,
      'invalid-snapshot',
    );
  }
}
