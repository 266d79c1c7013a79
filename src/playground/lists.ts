import { type LogInMemory, logInMemory } from '../datasets/import/log-in-memory.ts';
import { type EncodedDataset, encodeDataset } from '../datasets/walk/encode-dataset.ts';
import { type Settings, settingsDefaults } from '../jobs/settings.ts';
import { logLossOfProbabilities } from '../metrics/log-loss.ts';
import type { RankingEvent } from '../slate/events.ts';
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
  readonly truth?: KnownTruth | undefined;
}

export interface KnownTruth {
  /** Of the items of the test lists, end to end. */
  readonly probabilityS: Float64Array;
  /** Log loss of the truth on the validation lists, as they were clicked: where the curve of a perfect model lies. */
  readonly validationLogLoss: number;
}

/** Lists of a market that is made up. */
export async function makeLists(
  settings: TruthSettings,
  onProgress?: (lists: number) => void,
): Promise<PlaygroundLists> {
  const { events, truth } = makeLog(settings);
  const { shownB, ...lists } = await listsOf(inMemorySource(events, 'the made-up log'), onProgress);
  const { test, validation, slates } = lists.encoded;
  const probabilitiesOf = (indices: Int32Array): Float64Array =>
    Float64Array.from(
      Array.from(indices, (list) => truth.get(shownB[list].id)?.items ?? [])
        .flat()
        .map(({ probability }) => probability),
    );
  const validationLogLoss = logLossOfProbabilities(probabilitiesOf(validation), slates.outcomes(validation).labelS);
  return { ...lists, truth: { probabilityS: probabilitiesOf(test), validationLogLoss } };
}

/** Lists of a log of one's own. Throws `InputError` for one without lists, or without clicks. */
export async function readLists(source: EventSource, onProgress?: (lists: number) => void): Promise<PlaygroundLists> {
  const { shownB: _, ...lists } = await listsOf(source, onProgress);
  return lists;
}

/** Also what was shown, by the index of the encoded list. */
async function listsOf(
  source: EventSource,
  onProgress?: (lists: number) => void,
): Promise<PlaygroundLists & { readonly shownB: readonly RankingEvent[] }> {
  const log = await logInMemory(source);
  const encoded = await encodeDataset(log, settingsDefaults, onProgress);
  const rankings: RankingEvent[] = [];
  for await (const row of log.rows()) if (row.kind === 'impression') rankings.push(row.impression.ranking);
  const shownB = Array.from(encoded.listB, (index) => rankings[index]);
  const testItemsB = Array.from(encoded.test, (list) => shownB[list].items.map(({ id }) => id));
  return { log, settings: settingsDefaults, encoded, testItemsB, shownB };
}
