/** Events in one order, and the memories that follow it: all of a server's state but the models that answer from it. */
import type { AnsweredList } from '../../slate/answered-list.ts';
import type { LogEvent } from '../../slate/events.ts';
import type { Experiment, ShadowScores } from '../../slate/experiment.ts';
import type { ArrivingEvent, Observed } from '../host.ts';
import type { Journal } from '../journal/contract.ts';
import type { JournalEntry } from '../journal/entry.ts';
import type { JournalStore } from '../journal/store.ts';
import type { Pace } from '../snapshots/pace.ts';
import { openSnapshots } from '../snapshots/snapshots.ts';
import { createEraser } from './eraser.ts';
import type { Followed, Follower } from './follower.ts';
import { createFollowers } from './followers.ts';
import { createIntake } from './intake.ts';
import { createReached } from './reached.ts';
import { createRecentEvents, recallRecent } from './recent-events.ts';
import { createSnapshotWriter } from './snapshot-writer.ts';
import { createToldByOthers } from './told-by-others.ts';
import { createUnawaitedEntries } from './unawaited-entries.ts';

export interface EventOrderOptions {
  readonly journal: Journal;
  /** Where snapshots lie. */
  readonly store: JournalStore;
  readonly rememberedEvents?: number | undefined;
  /** Entries after which a snapshot is written; 50,000 unless told otherwise. */
  readonly snapshotEvery?: number | undefined;
  /** Of such a snapshot; it rests between its pieces unless told otherwise. */
  readonly restingPace?: (() => Pace) | undefined;
  readonly warn: (message: string) => void;
  /** The event that somebody sent. Throws `InputError` where it is none. */
  readonly read: (event: unknown) => LogEvent;
  /** Erases a person, whom memories and snapshots have forgotten, from the folders of the models. True where any knew the person. */
  readonly eraseFromModels?: ((user: string) => Promise<boolean>) | undefined;
  /** All replicas are to answer from this model: another says so, or this one. */
  readonly activated?: ((model: string) => void) | undefined;
  /** Told of entries as they come, once the memories know them; not of events that no memory took. */
  readonly entered?: ((entry: JournalEntry) => void) | undefined;
  /** Removes the lists that were asked for before somebody is erased: they may hold the person, and nobody can compute them again. */
  readonly forgetAsked?: (() => Promise<void>) | undefined;
}

export interface StoredMemory {
  /** For `restoreMemory`. */
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly sequence: number;
}

export interface EventOrder {
  /** Of the last entry that every memory knows. */
  readonly sequence: number;
  /** Why no events can be taken. */
  readonly fault: string | undefined;
  /** Events that are not in the memories yet. */
  readonly lag: number;
  /** Lets a memory follow, once it is up to now. Of several the first tells what becomes of events. */
  join(follower: Follower): Promise<void>;
  putFirst(follower: Follower): void;
  leave(follower: Follower): void;
  observe(events: readonly ArrivingEvent[]): Promise<Observed>;
  /** Writes lists that were answered, without waiting for it. */
  note(answers: readonly AnsweredList[]): void;
  noteShadow(shadow: ShadowScores): void;
  /** Writes that these are in force. */
  noteExperiments(experiments: readonly Experiment[]): Promise<void>;
  reached(sequence: number, milliseconds: number): Promise<boolean>;
  /** What a memory knew when the newest snapshot was written, and of which entry it is; undefined where none has it. */
  stored(name: string, key: string): StoredMemory | undefined;
  /** Writes a snapshot of all memories that follow; answers and events go on. */
  snapshot(): Promise<void>;
  /**
   * Forgets a person: an entry tells the memories, a snapshot of them takes the place of all others, and then the person's entries lose the person. True where anything was
   * known. What a crash leaves undone is done at the next start.
   */
  erase(user: string): Promise<boolean>;
  /** Tells all replicas which model is to answer. Rejects with `JournalUnavailable`. */
  announce(model: string): Promise<void>;
  /** Erases whom a crash left half erased. */
  finishErasing(): Promise<void>;
  /** Tries to write again after a fault. */
  mend(): Promise<boolean>;
  close(): Promise<void>;
}

/** Goes on from what the journal and the store hold. The journal is closed with it. */
export async function openEventOrder(options: EventOrderOptions): Promise<EventOrder> {
  const { journal, store, rememberedEvents, snapshotEvery, restingPace, warn, read } = options;
  const eraseFromModels = async (user: string): Promise<boolean> => (await options.eraseFromModels?.(user)) ?? false;
  const snapshots = await openSnapshots(store, journal.sequence, warn);
  const { recent: known, sequence: knownUntil = 0 } = snapshots.newest ?? {};
  const followers = createFollowers(journal);
  const recent = createRecentEvents(rememberedEvents, known);
  const reached = createReached();
  const writer = createSnapshotWriter({
    ...{ journal, snapshots, followers, recent, warn, restingPace },
    ...{ every: snapshotEvery, last: knownUntil },
  });
  const intake = createIntake({ journal, recent, read, apply });
  const unawaited = createUnawaitedEntries(journal, apply, warn);
  const eraser = createEraser({
    ...{ store, journal, apply, eraseFromModels },
    async snapshot() {
      await writer.replaceAll();
      await options.forgetAsked?.();
    },
  });
  const others = createToldByOthers({
    ...{ isShared: journal.isShared, eraser, eraseFromModels, warn },
    activated: (model) => options.activated?.(model),
  });

  return {
    get sequence() {
      return journal.sequence;
    },
    get fault() {
      return journal.fault;
    },
    get lag() {
      return intake.waiting + journal.behind;
    },
    join: (follower) => (followers.all().length > 0 ? followers.join(follower) : joinFirst(follower)),
    putFirst: followers.putFirst,
    leave: followers.leave,
    observe: intake.observe,
    note: unawaited.note,
    noteShadow: unawaited.noteShadow,
    noteExperiments: (experiments) => journal.append([{ kind: 'experiments', experiments }], apply),
    reached: (sequence, milliseconds) => reached.wait(sequence, { now: journal.sequence, milliseconds }),
    stored(name, key) {
      const { newest } = snapshots;
      const chunks = snapshots.memory(name, key);
      return chunks && newest && { chunks, sequence: newest.sequence };
    },
    snapshot: writer.write,
    erase: eraser.erase,
    announce: (model) =>
      journal.append([{ kind: 'activate', model }], (entry) => {
        apply(entry);
        options.activated?.(model);
      }),
    finishErasing: eraser.finish,
    mend: journal.mend,
    async close() {
      await writer.settled();
      await journal.close();
    },
  };

  function apply(entry: JournalEntry): Followed {
    const followed = followers.apply(entry);
    reached.tell(entry.sequence);
    if (entry.kind !== 'event' || 'applied' in followed) options.entered?.(entry);
    writer.entered(entry.sequence);
    return followed;
  }

  /** From then on events can be taken. */
  async function joinFirst(follower: Follower): Promise<void> {
    // Of what its memory knew already, nobody remembers what it made of it.
    await recallRecent(recent, journal, { from: knownUntil, to: follower.sequence });
    await followers.join(follower, (entry, followed) => {
      if (entry.sequence > knownUntil) intake.remember(entry, followed);
      others.caughtUp(entry);
    });
    await journal.follow((entry) => {
      intake.enter(entry);
      others.enter(entry);
    });
    await others.begin();
  }
}
