/** What was served, computed again from the journal: the lists that a server kept with hashes of what its scorers read, compared with what the entries before them give. */
import { createInMemorySlates } from '../../datasets/slate-source/in-memory-slates.ts';
import { createCandidateSet } from '../../encoding/batches/candidate-set.ts';
import type { SlateBatch } from '../../encoding/columns/encoded-slates.ts';
import { normaliseSlates } from '../../encoding/columns/fitted-features.ts';
import { kindsOf, type OwnKind } from '../../jobs/kinds.ts';
import type { Memory } from '../../memory/memory.ts';
import { loadModel, type StoredModel } from '../../scoring/model-folder.ts';
import { columnPrints, differingColumns } from '../asked/column-prints.ts';
import type { KeptList } from '../asked/kept-list.ts';
import { readAsked } from '../asked/read-asked.ts';
import { createFollower, type Follower } from '../host/follower.ts';
import { memoryStart } from '../host/memory-start.ts';
import { SNAPSHOTS } from '../host/open-host-journal.ts';
import type { ReadableJournal } from '../journal/contract.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { openFileStore } from '../journal/file-store.ts';
import { readableJournal } from '../journal/read-journal.ts';
import { isRedisAddress } from '../replicas/redis-address.ts';
import { memoryAfterErasing } from './memory-after-erasing.ts';

export interface AuditOptions {
  /** The folder of the model that served. */
  readonly model: string;
  /** Kinds of your own that it was trained with. */
  readonly kinds?: readonly OwnKind[] | undefined;
  /** Of a journal in Redis: the folder of a replica's snapshots, with what that one was asked. */
  readonly snapshots?: string | undefined;
  /** Differences that are told one by one; 10 unless told otherwise. */
  readonly told?: number | undefined;
  readonly onProgress?: ((entries: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Audit {
  /** Of the journal's last entry. */
  readonly entries: number;
  readonly checked: number;
  readonly different: number;
  /** The first of them, in the order of the journal. */
  readonly differences: readonly AuditDifference[];
  /** Lists that were kept and cannot be computed from this journal and this model. */
  readonly passedOver: {
    readonly ofOtherModels: number;
    /** From before the entries that a replay begins with. */
    readonly before: number;
    /** Of entries that the journal has not. */
    readonly after: number;
  };
}

export interface AuditDifference {
  readonly request: string;
  /** Of the last entry that was known. */
  readonly sequence: number;
  readonly columns: readonly string[];
}

/** `journal` is its folder, or its address in Redis. Reads beside a server that is writing. Throws `InputError` where there is no journal or no model, or a damaged one. */
export async function auditJournal(journal: string, options: AuditOptions): Promise<Audit> {
  if (!isRedisAddress(journal)) return auditKept(readableJournal(journal), { ...options, kept: journal });
  const { readSharedJournal } = await import('../replicas/read-shared-journal.ts');
  const reader = await readSharedJournal(journal);
  try {
    return await auditKept(reader, { ...options, kept: options.snapshots ?? SNAPSHOTS });
  } finally {
    reader.close();
  }
}

/** `kept`: the folder of snapshots and asked lists. */
async function auditKept(journal: ReadableJournal, options: AuditOptions & { readonly kept: string }): Promise<Audit> {
  const { told = 10, onProgress, signal } = options;
  const stored = await loadModel(options.model, kindsOf(options.kinds, 'kinds: '));
  const store = await openFileStore(options.kept, { isRead: true });
  const start = await journal.startOf(Number.POSITIVE_INFINITY);
  const { key, memory, sequence } = await memoryStart(stored, journal);
  const all = await readAsked(store);
  const asked = all.filter((list) => list.key === key).sort((a, b) => a.sequence - b.sequence);
  let follower: Follower = createFollower(memory, { name: '', key, sequence });
  // Of a journal in Redis the oldest entries go once they are in snapshots.
  if (start > sequence) await goOnFrom(start);
  const differences: AuditDifference[] = [];
  let [at, before, checked, different, last] = [0, 0, 0, 0, 0];

  for await (const entries of journal.entriesAfter(start)) {
    for (const entry of entries) await enter(entry);
    signal?.throwIfAborted();
    onProgress?.(last);
  }
  check();
  return {
    ...{ entries: last, checked, different, differences },
    passedOver: { ofOtherModels: all.length - asked.length, before, after: asked.length - at },
  };

  /** Goes on from a snapshot of this entry or a later one; false where none has this memory. */
  async function goOnFrom(since: number): Promise<boolean> {
    const later = await memoryAfterErasing(store, stored, { key, sequence: since });
    if (later) follower = createFollower(later.memory, { name: '', key, sequence: later.sequence });
    return later !== undefined;
  }

  async function enter(entry: JournalEntry): Promise<void> {
    last = entry.sequence;
    if (entry.sequence <= follower.sequence) return;
    check();
    if ((entry.kind === 'erase' || entry.kind === 'erased') && (await goOnFrom(entry.sequence))) return;
    follower.apply(entry);
  }

  /** Those that were asked for when just this was known. */
  function check(): void {
    for (; at < asked.length && asked[at].sequence < follower.sequence; at++) before++;
    for (; at < asked.length && asked[at].sequence === follower.sequence; at++) {
      const { request, sequence, columns: served } = asked[at];
      const columns = differingColumns(served, columnPrints(batchAgain(asked[at], stored, follower.memory)));
      checked++;
      if (columns.length === 0) continue;
      different++;
      if (differences.length < told) differences.push({ request: request.id, sequence, columns });
    }
  }
}

function batchAgain({ as, request }: KeptList, { encoder, features }: StoredModel, memory: Memory): SlateBatch {
  if (as === 'list')
    return createInMemorySlates(normaliseSlates(encoder.encode([request], memory), features)).batch(Int32Array.of(0));
  return createCandidateSet(encoder.candidates(request, memory), features).collate([
    Int32Array.from(request.items.keys()),
  ]);
}
