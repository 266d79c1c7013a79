/** When snapshots of the memories are written, and how fast: now and then by themselves, when somebody asks for one, and in the place of all others when a person is forgotten. */
import type { Journal } from '../journal/contract.ts';
import { createRestingPace, type Pace, withoutRest } from '../snapshots/pace.ts';
import type { Snapshots } from '../snapshots/snapshots.ts';
import type { Followers } from './followers.ts';
import type { RecentEvents } from './recent-events.ts';

export interface SnapshotWriter {
  /** The memories know an entry: after so many a snapshot is begun that nobody waits for. */
  entered(sequence: number): void;
  /** One that is being written is soon done, and counts; otherwise one of now is written. */
  write(): Promise<void>;
  /** One of now takes the place of all others: those that are there may know somebody still. */
  replaceAll(): Promise<void>;
  /** Returns once none is being written. */
  settled(): Promise<void>;
}

export interface SnapshotWriterOptions {
  readonly journal: Pick<Journal, 'sync' | 'sequence' | 'needsOnlyAfter'>;
  readonly snapshots: Snapshots;
  readonly followers: Pick<Followers, 'all'>;
  readonly recent: RecentEvents;
  /** Entries after which one is begun. */
  readonly every?: number | undefined;
  /** The entry that the newest one knows. */
  readonly last: number;
  readonly warn: (message: string) => void;
  /** Of one that nobody waits for. */
  readonly restingPace?: (() => Pace) | undefined;
}

interface Writing {
  readonly pace: Pace;
  readonly done: Promise<void>;
}

const EVERY = 50_000;

export function createSnapshotWriter(options: SnapshotWriterOptions): SnapshotWriter {
  const { journal, snapshots, followers, recent, every = EVERY, warn, restingPace = createRestingPace } = options;
  let begun = options.last;
  let writing: Writing | undefined;

  function begin(pace: Pace, kept?: number): Promise<void> {
    const own: Writing = {
      pace,
      done: writeNow(pace, kept).finally(() => {
        if (writing === own) writing = undefined;
      }),
    };
    writing = own;
    return own.done;
  }

  async function writeNow(pace: Pace, kept: number | undefined): Promise<void> {
    // A snapshot never knows of what the journal may lose.
    await journal.sync();
    const { sequence } = journal;
    if (sequence === 0) return;
    const memories = followers.all().map(({ name, key, memory }) => ({ name, key, capture: memory.capture() }));
    await snapshots.write(sequence, { memories, recent: recent.pieces(sequence) }, { pace, kept });
    if (snapshots.oldest !== undefined) await journal.needsOnlyAfter(snapshots.oldest);
  }

  async function settled(): Promise<void> {
    writing?.pace.hurry();
    await writing?.done.catch(() => undefined);
  }

  return {
    entered(sequence) {
      if (sequence - begun < every) return;
      begun = sequence;
      // Once everyone has been told of this group.
      setImmediate(() => {
        if (!writing) void begin(restingPace()).catch((error: Error) => warn(`the snapshot: ${error.message}`));
      });
    },
    write() {
      writing?.pace.hurry();
      return writing?.done ?? begin(withoutRest);
    },
    async replaceAll() {
      // One that is being written may know the person still.
      await settled();
      await begin(withoutRest, 1);
    },
    settled,
  };
}
