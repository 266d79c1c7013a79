/** A model that is loaded, or could be. */
import type { LogProfile } from '../../datasets/profile/log-profile.ts';
import { loadProfile } from '../../datasets/profile/profile-file.ts';
import { memoryItems } from '../../encoding/columns/slate-encoder.ts';
import { kindsOf, type OwnKind } from '../../jobs/kinds.ts';
import { createValueCheck } from '../../live/defined-values.ts';
import type { ListModel } from '../../live/list-model.ts';
import { createLiveModel } from '../../live/live-model.ts';
import { storedReport } from '../../live/open.ts';
import type { Memory } from '../../memory/memory.ts';
import { restoreMemory } from '../../memory/restore-memory.ts';
import type { UserStorage } from '../../memory/users.ts';
import { loadModel, type StoredModel } from '../../scoring/model-folder.ts';
import type { OnAsked } from '../../scoring/on-asked.ts';
import type { LogEvent } from '../../slate/events.ts';
import type { ReadableJournal } from '../journal/contract.ts';
import type { StoredMemory } from './event-order.ts';
import { memoryStart } from './memory-start.ts';
import { erasedMeanwhile } from './printed-person.ts';

export interface LoadedModel {
  readonly name: string;
  readonly stored: StoredModel;
  readonly live: ListModel;
  /** What its log was like; undefined where its folder does not tell. */
  readonly profile: LogProfile | undefined;
  /** Throws `InputError` for a value that a field of this model does not read. */
  readonly checkValues: (event: LogEvent) => void;
  /** Tells it from another whose memory began otherwise, or follows otherwise. */
  readonly key: string;
  /** Of the last entry of the journal that its memory knew when it was loaded. */
  readonly sequence: number;
  /** Persons whom its folder still has, and who were erased before that. */
  readonly erased: readonly string[];
}

export interface LoadedModelOptions {
  readonly name: string;
  readonly folder: string;
  readonly workers: number | undefined;
  readonly unknownFields: 'refuse' | 'warn';
  readonly kinds: readonly OwnKind[] | undefined;
  readonly now: () => number;
  /** Whose entries its memory is to know. */
  readonly journal: ReadableJournal;
  /** What its memory knew later than its folder tells. */
  readonly stored: (name: string, key: string) => StoredMemory | undefined;
  readonly warn: (message: string) => void;
  /** Is told of the lists that it is asked for. */
  readonly heed?: ((key: string) => OnAsked | undefined) | undefined;
}

/**
 * Of a server's memory few users are held unpacked: each takes far more than packed, and whoever asks is seldom the one who asked a second ago. So few that most go before the young
 * garbage is collected: those who stay a second outlive it, and are copied for nothing.
 */
const storage: UserStorage = { hotUsers: 32 };

/** Throws `InputError` where there is no model, or a damaged one. */
export async function loadHostedModel(options: LoadedModelOptions): Promise<LoadedModel> {
  const { name, folder, workers, unknownFields, kinds, now } = options;
  const inFolder = await loadModel(folder, { ...kindsOf(kinds, 'kinds: '), storage });
  const start = await memoryStart(inFolder, options.journal);
  for (const doubt of start.doubts) options.warn(`${name}: ${doubt}`);
  const { key } = start;
  const later = options.stored(name, key);
  const isLater = later !== undefined && later.sequence > start.sequence;
  const memory = isLater ? await restoredMemory(inFolder, later.chunks) : start.memory;
  const erased = isLater ? await erasedMeanwhile({ before: start.memory, later: memory }, options.journal) : [];
  const stored = { ...inFolder, memory };
  const live = await createLiveModel(stored, storedReport(stored), {
    ...{ workers, unknownFields, kinds, now },
    onAsked: options.heed?.(key),
  });
  const checkValues = createValueCheck(undefined, stored.features.schema);
  const profile = await loadProfile(folder);
  const sequence = isLater ? later.sequence : start.sequence;
  return { name, key, stored, live, profile, checkValues, erased, sequence };
}

export const restoredMemory = ({ encoder, memory }: StoredModel, chunks: AsyncIterable<Uint8Array>): Promise<Memory> =>
  restoreMemory({ ...memoryItems(encoder), ...memory.settings, storage }, chunks);
