import { type LogInMemory, logInMemory } from '../datasets/import/log-in-memory.ts';
import { type EncodedDataset, encodeDataset } from '../datasets/walk/encode-dataset.ts';
import { type Settings, settingsDefaults } from '../jobs/settings.ts';
import type { EventSource } from '../sources/event-source.ts';
import { inMemorySource } from '../sources/in-memory.ts';
import { makeLog } from './made-log.ts';
import type { TruthSettings } from './truth-settings.ts';

/** Lists to learn from and to be judged by, encoded as every data set is; what is true of them where they are made up. */
export interface PlaygroundLists {
  readonly log: LogInMemory;
  readonly settings: Settings;
  readonly encoded: EncodedDataset;
  /** Ids of the items of each test list, as shown. */
  readonly testItemsB: readonly (readonly string[])[];
  /** Of the items of the test lists, end to end. */
  readonly truth?: TestTruth | undefined;
}

export interface TestTruth {
  readonly probabilityS: Float64Array;
  /** What it would be without the others. */
  readonly aloneS: Float64Array;
}

/** Lists of a market that is made up. */
export async function makeLists(
  settings: TruthSettings,
  onProgress?: (lists: number) => void,
): Promise<PlaygroundLists> {
  const { events, truth } = makeLog(settings);
  const { ids, ...lists } = await listsOf(inMemorySource(events, 'the made-up log'), onProgress);
  const rows = ids.map((id) => truth.get(id)?.items ?? []);
  return {
    ...lists,
    truth: {
      probabilityS: Float64Array.from(rows.flatMap((items) => items.map(({ probability }) => probability))),
      aloneS: Float64Array.from(rows.flatMap((items) => items.map(({ alone }) => alone))),
    },
  };
}

/** Lists of a log of one's own. Throws `InputError` for one without lists, or without clicks. */
export async function readLists(source: EventSource, onProgress?: (lists: number) => void): Promise<PlaygroundLists> {
  const { ids: _, ...lists } = await listsOf(source, onProgress);
  return lists;
}

async function listsOf(
  source: EventSource,
  onProgress?: (lists: number) => void,
): Promise<PlaygroundLists & { readonly ids: readonly string[] }> {
  const log = await logInMemory(source);
  const encoded = await encodeDataset(log, settingsDefaults, onProgress);
  const places = new Map(Array.from(encoded.test, (list, place) => [encoded.listB[list], place]));
  const testItemsB: (readonly string[])[] = [];
  const ids: string[] = [];
  for await (const row of log.rows()) {
    if (row.kind !== 'impression') continue;
    const place = places.get(row.index);
    if (place === undefined) continue;
    const { id, items } = row.impression.ranking;
    ids[place] = id;
    testItemsB[place] = items.map((item) => item.id);
  }
  return { log, settings: settingsDefaults, encoded, testItemsB, ids };
}
