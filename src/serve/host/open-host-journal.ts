import type { Journal } from '../journal/contract.ts';
import { openFileStore } from '../journal/file-store.ts';
import { openJournal } from '../journal/journal.ts';
import type { JournalStore } from '../journal/store.ts';
import { isRedisAddress } from '../replicas/redis-address.ts';
import type { HostOptions } from './host-options.ts';

/** The folder of a replica's snapshots, where none is named. */
export const SNAPSHOTS = 'snapshots';

/** The journal of a host, and where its snapshots lie. */
export async function openHostJournal(
  options: HostOptions,
  warn: (message: string) => void,
): Promise<{ readonly journal: Journal; readonly store: JournalStore }> {
  const { journal: given, snapshots = SNAPSHOTS, durability, segmentBytes, keptFor, now } = options;
  const isShared = typeof given === 'string' && isRedisAddress(given);
  const store = typeof given === 'string' ? await openFileStore(isShared ? snapshots : given) : given;
  try {
    if (!isShared) {
      const journal = await openJournal({ store, durability, now: now ?? Date.now, segmentBytes, warn });
      return { journal, store };
    }
    const { openRedisJournal } = await import('../replicas/redis-journal.ts');
    const { replicaName } = await import('../replicas/replica-name.ts');
    const replica = await replicaName(store);
    return { journal: await openRedisJournal({ address: given, replica, durability, keptFor, now, warn }), store };
  } catch (error) {
    await store.close();
    throw error;
  }
}
