/** A model that is loaded, or could be. */
import { memoryItems } from '../../encoding/columns/slate-encoder.ts';
import { kindsOf, type OwnKind } from '../../jobs/kinds.ts';
import { createValueCheck } from '../../live/defined-values.ts';
import type { ListModel } from '../../live/list-model.ts';
import { createLiveModel } from '../../live/live-model.ts';
import { storedReport } from '../../live/open.ts';
import { featuresKey } from '../../live/snapshot.ts';
import type { Memory } from '../../memory/memory.ts';
import { restoreMemory } from '../../memory/restore-memory.ts';
import { loadModel, type StoredModel } from '../../scoring/model-folder.ts';
import type { OnAsked } from '../../scoring/on-asked.ts';
import type { LogEvent } from '../../slate/events.ts';
import type { StoredMemory } from './event-order.ts';

export interface LoadedModel {
  readonly name: string;
  readonly stored: StoredModel;
  readonly live: ListModel;
  /** Throws `InputError` for a value that a field of this model does not read. */
  readonly checkValues: (event: LogEvent) => void;
  /** Tells it from another whose memory began otherwise, or follows otherwise. */
  readonly key: string;
  /** Of the last entry of the journal that its memory knew when it was loaded. */
  readonly sequence: number;
}

export interface LoadedModelOptions {
  readonly name: string;
  readonly folder: string;
  readonly workers: number | undefined;
  readonly unknownFields: 'refuse' | 'warn';
  readonly kinds: readonly OwnKind[] | undefined;
  readonly now: () => number;
  /** What its memory knew later than its folder tells. */
  readonly stored: (name: string, key: string) => StoredMemory | undefined;
  /** Is told of the lists that it is asked for. */
  readonly heed?: ((key: string) => OnAsked | undefined) | undefined;
}

/** Throws `InputError` where there is no model, or a damaged one. */
export async function loadHostedModel(options: LoadedModelOptions): Promise<LoadedModel> {
  const { name, folder, workers, unknownFields, kinds, now } = options;
  const inFolder = await loadModel(folder, kindsOf(kinds, 'kinds: '));
  const ownSequence = journalSequence(inFolder);
  const key = memoryKey(inFolder);
  const later = options.stored(name, key);
  const isLater = later !== undefined && later.sequence > ownSequence;
  const stored = isLater ? { ...inFolder, memory: await restoredMemory(inFolder, later.chunks) } : inFolder;
  const live = await createLiveModel(stored, storedReport(stored), {
    ...{ workers, unknownFields, kinds, now },
    onAsked: options.heed?.(key),
  });
  const checkValues = createValueCheck(undefined, stored.features.schema);
  return { name, key, stored, live, checkValues, sequence: isLater ? later.sequence : ownSequence };
}

/** The same for models that encode alike, whose memories began alike. */
export const memoryKey = (stored: StoredModel): string =>
  `${featuresKey(stored)} ${stored.card.knownUntil} ${journalSequence(stored)}`;

export const restoredMemory = ({ encoder, memory }: StoredModel, chunks: AsyncIterable<Uint8Array>): Promise<Memory> =>
  restoreMemory({ ...memoryItems(encoder), ...memory.settings }, chunks);

/** Of the last entry that the memory in a model's folder knows. */
export function journalSequence({ card }: StoredModel): number {
  const { journalSequence: sequence = 0 } = card as { readonly journalSequence?: number };
  return sequence;
}
