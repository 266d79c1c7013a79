import type { OwnKind } from '../../jobs/kinds.ts';
import type { Durability } from '../journal/durability.ts';
import type { JournalStore } from '../journal/store.ts';

/** What a host is made from. */
export interface HostOptions {
  /** A model folder, or a folder of them: each by the name of its folder. */
  readonly models: string;
  /** The model that answers first; where it is left out, the one that was activated last, or the first by name. */
  readonly active?: string | undefined;
  /** The folder of the journal, which is made where there is none; or `redis://host:port/0?journal=name`, whose events several replicas share. */
  readonly journal: string | JournalStore;
  /** The folder of snapshots of a replica, whose journal is in Redis; `snapshots` unless told otherwise. Otherwise they lie beside the journal. */
  readonly snapshots?: string | undefined;
  /** Milliseconds for which events stay in Redis, even where all replicas have snapshots of what they led to; 7 days unless told otherwise. */
  readonly keptFor?: number | undefined;
  /** When an event counts as taken: once it is on disk, which is the default, or once the system has it. */
  readonly durability?: Durability | undefined;
  /** Threads of each model; 1 unless told otherwise. */
  readonly workers?: number | undefined;
  /** What becomes of a request with a field that the model has never met: `warn` in the answer, which is the default, or `refuse`. */
  readonly unknownFields?: 'refuse' | 'warn' | undefined;
  /** Kinds of your own that models were trained with. */
  readonly kinds?: readonly OwnKind[] | undefined;
  /** What time it is, epoch milliseconds. */
  readonly now?: (() => number) | undefined;
  /** Models that stay loaded, the active one and those before it; 2 unless told otherwise. */
  readonly kept?: number | undefined;
  /** Whether all models are loaded at the start and stay so, until experiments say which are needed. */
  readonly loadAll?: boolean | undefined;
  /** Bytes of a file of the journal; 64 MiB unless told otherwise. */
  readonly segmentBytes?: number | undefined;
  /** Events of the last day that are recognised when they come again; 2,000,000 unless told otherwise. */
  readonly rememberedEvents?: number | undefined;
  /** Entries of the journal after which a snapshot is written; 50,000 unless told otherwise. `close` writes one too. */
  readonly snapshotEvery?: number | undefined;
  /** One asked list in so many is kept with a hash of what the scorer read, for an audit; none unless told otherwise. */
  readonly auditEvery?: number | undefined;
  /** Is told what was found and mended, one sentence each; a warning of the process unless told otherwise. */
  readonly warn?: ((message: string) => void) | undefined;
}
