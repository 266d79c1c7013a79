/** Adds what is later to a data set, without reading again what it has. */
import { rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../files/make-folder.ts';
import { removeAbandoned } from '../../files/output-folder.ts';
import type { Impression } from '../../slate/impression.ts';
import { InputError } from '../../slate/input-error.ts';
import type { EventSource } from '../../sources/event-source.ts';
import type { JoinedImpression } from '../../sources/join/joined.ts';
import { createRejects, type Rejects } from '../../sources/rejects.ts';
import { readVocabulary } from '../folder/dataset.ts';
import type { ImportSummary } from '../folder/import-summary.ts';
import { openParts, partFolder } from '../folder/parts.ts';
import { readTail } from '../folder/read-tail.ts';
import { buildDataset } from './build-dataset.ts';
import { checkImportOptions } from './check-import-options.ts';
import { sourceOf } from './import-log.ts';
import { type ImportState, readState } from './import-state.ts';
import type { ImportOptions } from './read-log.ts';

/** What became of a data set. */
export interface Appended {
  /** Of the whole data set, as it is now. */
  readonly summary: ImportSummary;
  /** Undefined where the source had nothing later. */
  readonly part?: { readonly folder: string; readonly rejected: Pick<Rejects, 'count' | 'byReason' | 'kept'> };
  /** Lists, clicks and metadata events that came in. */
  readonly added: Readonly<Record<'lists' | 'clicks' | 'itemEvents' | 'userEvents', number>>;
}

/**
 * Adds to a data set the events of a log, or any source, that are later than all that it has; with `since`, those from then on. Of what it has, only the lists of the last join window are read again:
 * their clicks may still come. What is added is there as a whole or not at all; the same again adds nothing. Throws `InputError` where the data set was joined in another way, or `since` lies
 * within it.
 */
export async function appendLog(
  log: string | EventSource,
  folder: string,
  options: ImportOptions = {},
): Promise<Appended> {
  checkImportOptions(options, 'appendLog');
  const source = sourceOf(log, 'appendLog');
  if (source.isInOrder)
    throw new InputError(
      `${source.name}: expected a log or tables to add to ${folder}, found a server's journal; import it whole`,
      'invalid-option',
    );
  const parts = await openParts(folder);
  const { folder: last, summary } = parts[parts.length - 1];
  const settings = settingsFor(summary, options, folder);
  const state = await readState(last);
  const since = firstTime(state, options.since, folder);
  const [items, users] = await Promise.all([readVocabulary(parts, 'items'), readVocabulary(parts, 'users')]);
  const tail = await readTail(parts, since - summary.joinWindow, { items, users });
  const base = { summary, state, items, users, kept: tail.kept, tail: tail.impressions.map(resumed) };
  const place = partFolder(folder, parts.length + 1);
  return inNewPart(place, async (building) => {
    const rejects = await createRejects(join(building, 'rejected.jsonl'));
    try {
      const built = await buildDataset(source, building, { ...settings, since, base, rejects });
      if (built === undefined)
        return { isEmpty: true, summary, added: { lists: 0, clicks: 0, itemEvents: 0, userEvents: 0 } };
      const gained = (key: 'lists' | 'clicks' | 'itemEvents' | 'userEvents'): number => built[key] - summary[key];
      return {
        isEmpty: false,
        summary: built,
        part: { folder: place, rejected: { count: rejects.count, byReason: rejects.byReason, kept: rejects.kept } },
        added: {
          lists: gained('lists'),
          clicks: gained('clicks'),
          itemEvents: gained('itemEvents'),
          userEvents: gained('userEvents'),
        },
      };
    } finally {
      await rejects.close();
    }
  });
}

/** Builds a part beside its place, then puts it there: that is the moment at which the data set has it. */
async function inNewPart<T extends { readonly isEmpty: boolean }>(
  place: string,
  build: (building: string) => Promise<T>,
): Promise<Omit<T, 'isEmpty'>> {
  await makeFolder(dirname(place));
  await removeAbandoned(place);
  const building = `${place}.new-${hostname()}-${process.pid}`;
  await rm(building, { recursive: true, force: true });
  await makeFolder(building);
  try {
    const { isEmpty, ...built } = await build(building);
    if (!isEmpty)
      await rename(building, place).catch(() => {
        throw new InputError(
          `${place}: expected no other import that adds to the same data set, found one that was faster; run this one again`,
          'output-refused',
        );
      });
    return built;
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/** The lists lie before all that comes, in their order. */
const resumed = ({ ranking, clickTimesK }: Impression, at: number, all: readonly Impression[]): JoinedImpression => ({
  time: ranking.time,
  line: at - all.length,
  ranking,
  clickTimes: [...clickTimesK],
});

function firstTime({ until }: ImportState, since: number | undefined, folder: string): number {
  if (since === undefined || since > until) return since ?? until + 1;
  throw new InputError(
    `${folder}: expected since after ${new Date(until).toISOString()}, the latest time that the data set has, found ${new Date(since).toISOString()}; leave it out, or import everything anew`,
    'invalid-option',
  );
}

/** A part is joined as the rest was. */
function settingsFor(
  { joinWindow, labelTypes, firstPosition }: ImportSummary,
  options: ImportOptions,
  folder: string,
): ImportOptions {
  const imported = { joinWindow, labelTypes, firstPosition };
  for (const [name, value] of Object.entries(imported)) {
    const asked = options[name as keyof typeof imported];
    if (asked === undefined || JSON.stringify(asked) === JSON.stringify(value)) continue;
    throw new InputError(
      `${folder}: expected the settings' ${name} ${JSON.stringify(value)}, with which it was imported, found ${JSON.stringify(asked)}; use the config of its import, or import everything anew`,
      'other-dataset',
    );
  }
  return { ...options, ...imported };
}
