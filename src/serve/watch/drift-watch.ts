import type { LogProfile } from '../../datasets/profile/log-profile.ts';
import type { Memory } from '../../memory/memory.ts';
import { noFields } from '../../slate/fields.ts';
import type { JournalEntry } from '../journal/entry.ts';
import { type DriftFigures, driftOf } from './drift.ts';
import { createLiveHours, type LiveHours } from './live-hours.ts';

export interface DriftWatch {
  enter(entry: JournalEntry): void;
  figures(): DriftFigures;
}

export interface WatchedModel {
  readonly profile: LogProfile | undefined;
  readonly stored: { readonly memory: Pick<Memory, 'items' | 'userFields' | 'settings'> };
}

/** Follows what a server is told since its start, held against the model that answers; with another model it begins anew. */
export function createDriftWatch(model: () => WatchedModel, now: () => number): DriftWatch {
  let hours: LiveHours | undefined;
  let profile: LogProfile | undefined;

  function hoursOf(watched: WatchedModel): LiveHours {
    if (hours && profile === watched.profile) return hours;
    profile = watched.profile;
    const { joinWindow, labelTypes } = watched.stored.memory.settings;
    hours = createLiveHours({
      ...{ fields: profile?.fields ?? [], joinWindow, labelTypes },
      known: {
        item: (id) => model().stored.memory.items.fieldsOf(id) ?? noFields,
        user: (id) => model().stored.memory.userFields(id) ?? noFields,
      },
    });
    return hours;
  }
  return {
    enter: (entry) => hoursOf(model()).enter(entry),
    figures: () => driftOf(hoursOf(model()).settled(now()), profile),
  };
}
