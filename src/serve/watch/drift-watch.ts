import type { LogProfile } from '../../datasets/profile/log-profile.ts';
import type { Memory } from '../../memory/memory.ts';
import { noFields } from '../../slate/fields.ts';
import type { Journal } from '../journal/contract.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { createRestingPace } from '../snapshots/pace.ts';
import { countedEntries } from './counted-entries.ts';
import { type DriftFigures, driftOf } from './drift.ts';
import { createLiveHours, KEPT, type LiveHours } from './live-hours.ts';

export interface DriftWatch {
  enter(entry: JournalEntry): void;
  figures(): DriftFigures;
  /** Resolves once the end of the journal is read, as far as that is needed. */
  readonly filled: Promise<void>;
  /** Stops reading. */
  close(): Promise<void>;
}

export interface WatchedModel {
  readonly profile: LogProfile | undefined;
  readonly stored: { readonly memory: Pick<Memory, 'items' | 'userFields' | 'settings'> };
}

export interface DriftWatchOptions {
  readonly model: () => WatchedModel;
  readonly now: () => number;
  readonly journal: Pick<Journal, 'sequence' | 'entriesAfter' | 'startOf'>;
  readonly warn: (message: string) => void;
}

/** Entries that are read between two rests: what the answers of a busy server do not feel. */
const BETWEEN_RESTS = 16;

/** The hours of one model, and what came while the journal's end was still being read. */
interface Watching {
  readonly profile: LogProfile | undefined;
  readonly hours: LiveHours;
  held: JournalEntry[] | undefined;
}

/**
 * Follows what a server is told, held against the model that answers. The last day is read from the journal, at the start and when another model answers, beside everything else:
 * until that is done, figures are of what is read so far.
 */
export function createDriftWatch({ model, now, journal, warn }: DriftWatchOptions): DriftWatch {
  let watching: Watching | undefined;
  let filled: Promise<void> = Promise.resolve();
  let isClosed = false;

  function watchingNow(): Watching {
    const { profile, stored } = model();
    if (watching && watching.profile === profile) return watching;
    const { joinWindow, labelTypes, futureLimit = 0 } = stored.memory.settings;
    const hours = createLiveHours({
      ...{ fields: profile?.fields ?? [], joinWindow, labelTypes, futureLimit },
      known: {
        item: (id) => model().stored.memory.items.fieldsOf(id) ?? noFields,
        user: (id) => model().stored.memory.userFields(id) ?? noFields,
      },
    });
    const begun: Watching = { profile, hours, held: [] };
    watching = begun;
    filled = filled.then(() => fill(begun));
    return begun;
  }

  async function fill(begun: Watching): Promise<void> {
    const isOver = (): boolean => isClosed || watching !== begun;
    // Whoever asks and tells meanwhile is not to wait for it.
    const pace = createRestingPace();
    let entered = 0;
    try {
      const upTo = begun.held?.[0]?.sequence ?? journal.sequence + 1;
      const { settings } = model().stored.memory;
      for await (const entry of countedEntries(journal, { settings, milliseconds: KEPT, before: upTo })) {
        if (isOver()) return;
        begun.hours.enter(entry);
        if (++entered % BETWEEN_RESTS === 0) await pace.pause();
      }
    } catch (error) {
      if (!isOver()) warn(`what was shown in the last day: ${(error as Error).message}; drift is watched from now on`);
    }
    for (const entry of begun.held ?? []) begun.hours.enter(entry);
    begun.held = undefined;
  }

  return {
    enter(entry) {
      const { held, hours } = watchingNow();
      if (held) held.push(entry);
      else hours.enter(entry);
    },
    figures() {
      const { hours, profile, held } = watchingNow();
      const figures = driftOf(hours.settled(now()), profile);
      // Lists whose clicks are not read yet would alarm.
      return held ? { ...figures, alarms: [] } : figures;
    },
    get filled() {
      watchingNow();
      return filled;
    },
    close() {
      isClosed = true;
      return filled;
    },
  };
}
