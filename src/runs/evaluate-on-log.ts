/** How good the slates are that generators choose from the items of logged lists. Legend: K places. */
import type { Dataset } from '../data/dataset.ts';
import { datasetAt } from '../data/dataset-cache.ts';
import { type PartRow, rowsByPart } from '../data/rows-by-part.ts';
import { assignSplit, type SplitOptions } from '../data/split.ts';
import type { GeneratorReport } from '../evaluate/generator-report.ts';
import { createReplay, type Replay } from '../features/replay.ts';
import { createCandidateScorer } from '../scoring/candidate-scorer.ts';
import { loadModel, type StoredModel } from '../scoring/model-folder.ts';
import { InputError } from '../slate/input-error.ts';
import type { TrialOptions } from './generator-trial.ts';
import { createLogTrial } from './log-trial.ts';
import type { Settings } from './settings.ts';
import type { TrainedCard } from './train-model.ts';

export interface LogTrialOptions extends TrialOptions {
  readonly settings: Settings;
  readonly cacheFolder: string;
  /** The test part of the log that the model was trained on, instead of a later log. */
  readonly heldOut: boolean;
  readonly allowOverlap: boolean;
  /** Folder of a model that values the slates and made none of them. */
  readonly judge?: string;
}

/** Walks a log in time order; on each list to be judged every generator chooses K of the shown from what was known just before. */
export async function evaluateOnLog(
  folder: string,
  data: string,
  options: LogTrialOptions,
): Promise<{ readonly report: GeneratorReport; readonly dataset: Dataset }> {
  const stored = await loadModel(folder);
  const judge = options.judge === undefined ? undefined : await judgeOf(options.judge, { folder, stored });
  const { joinWindow, labelTypes } = options.settings;
  const dataset = await datasetAt(data, {
    cacheFolder: options.cacheFolder,
    joinWindow,
    labelTypes,
    onImport: (log) => options.reporter.note(`importing ${log}`),
  });
  if (!options.heldOut) refuseOverlap(stored, { folder, data, dataset, options });
  const walking = options.heldOut ? afresh : (model: StoredModel) => model;
  const maker = walking(stored);
  const judging = judge && walking(judge);
  const judgeScorer = judging && (await createCandidateScorer(judging, options));
  const { judge: _, ...trialOptions } = options;
  const trial = await createLogTrial(maker, { ...trialOptions, ...(judgeScorer ? { judge: judgeScorer } : {}) });
  const replays = [maker.replay, ...(judging ? [judging.replay] : []), ...ownReplays(options)];
  try {
    let done = 0;
    for await (const row of await rowsToWalk(dataset, stored, options.heldOut)) {
      options.signal?.throwIfAborted();
      if (row.kind === 'impression' && (!options.heldOut || row.part === 2)) await trial.judge(row.impression);
      for (const replay of replays) step(replay, row);
      if (row.kind === 'impression' && ++done % 100 === 0)
        options.reporter.progress({ task: 'replay', done, total: dataset.summary.lists, unit: 'lists' });
    }
    options.reporter.done('replay');
    const parts = options.heldOut ? `its test part, split by ${splitOf(stored).by}` : 'the whole log';
    return { report: trial.report(`${data}, ${parts}`), dataset };
  } finally {
    await Promise.all([trial.close(), judgeScorer?.close()]);
  }
}

/** The model with an empty memory of its own: the log fills it as it is walked. */
const afresh = (stored: StoredModel): StoredModel => ({ ...stored, replay: createReplay(stored.features) });

const ownReplays = ({ generators }: TrialOptions): readonly Replay[] => [
  ...new Set(generators.flatMap(({ replay }) => replay ?? [])),
];

const splitOf = ({ card }: StoredModel): SplitOptions => (card as TrainedCard).protocol.split as SplitOptions;

async function rowsToWalk(dataset: Dataset, stored: StoredModel, heldOut: boolean): Promise<AsyncGenerator<PartRow>> {
  if (!heldOut) return dataset.rows();
  const split = splitOf(stored);
  return rowsByPart(dataset, { parts: assignSplit(await dataset.impressionFacts(), split), by: split.by });
}

function step(replay: Replay, row: PartRow): void {
  if (row.kind === 'item') replay.applyItem(row.event);
  else if (row.kind === 'user') replay.applyUser(row.event);
  else if (row.kind === 'settle') replay.settle();
  else {
    replay.add(row.impression);
    // Nobody reads what was encoded; it would only fill the memory.
    replay.take();
  }
}

function refuseOverlap(
  { card }: StoredModel,
  { folder, data, dataset, options }: { folder: string; data: string; dataset: Dataset; options: LogTrialOptions },
): void {
  const { firstTime } = dataset.summary;
  if (firstTime > card.knownUntil || options.allowOverlap) return;
  const [known, first] = [card.knownUntil, firstTime].map((time) => new Date(time).toISOString());
  throw new InputError(
    `${data}: expected lists after ${known}, the last that ${folder} was trained on, found lists from ${first}; give a later log, --held-out for the model's own test part, or --allow-overlap to see too good figures`,
  );
}

/** A judge must have learned from other users than the maker: both were trained with --fold, each on its own. */
async function judgeOf(
  judge: string,
  { folder, stored }: { folder: string; stored: StoredModel },
): Promise<StoredModel> {
  const loaded = await loadModel(judge);
  const [made, judged] = [stored, loaded].map(({ card }) => (card as TrainedCard).protocol.fold);
  if (made !== undefined && judged !== undefined && made !== judged) return loaded;
  throw new InputError(
    `--judge ${judge}: expected a model trained on other users than ${folder}, found ${judged ? `fold ${judged}` : 'all users'} against ${made ? `fold ${made}` : 'all users'}; train one with --fold 1/2 and the other with --fold 2/2`,
  );
}
