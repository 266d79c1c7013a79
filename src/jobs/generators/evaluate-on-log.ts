/** How good the slates are that generators choose from the items of logged lists. Legend: K places. */
import type { Dataset } from '../../datasets/folder/dataset.ts';
import { type PartRow, rowsByPart } from '../../datasets/walk/rows-by-part.ts';
import type { Replay } from '../../encoding/columns/replay.ts';
import { emptiedReplay } from '../../encoding/state/emptied-replay.ts';
import type { GeneratorReport } from '../../measure/generator-report.ts';
import { createCandidateScorer } from '../../scoring/candidate-scorer.ts';
import { loadModel, type StoredModel } from '../../scoring/model-folder.ts';
import { readDataset } from '../read-dataset.ts';
import type { Settings } from '../settings.ts';
import type { TrialOptions } from './generator-trial.ts';
import { judgeOf, partsOfTraining, refuseOverlap, splitOf, TEST } from './learned-from.ts';
import { createLogTrial } from './log-trial.ts';

export interface LogTrialOptions extends TrialOptions {
  readonly settings: Settings;
  readonly cacheFolder: string;
  /** The test part of the log that the model was trained on, instead of a later log. A generator with a memory must come with an empty one. */
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
  const makers = [
    { folder, stored },
    ...options.generators.flatMap(({ taught }) => (taught ? [{ folder: taught.folder, stored: taught.scorer }] : [])),
  ];
  let judge: StoredModel | undefined;
  if (options.judge !== undefined) for (const each of makers) judge = await judgeOf(options.judge, each);
  const dataset = await readDataset(data, options);
  const { heldOut, allowOverlap } = options;
  let parts: Uint8Array = new Uint8Array(dataset.summary.lists).fill(TEST);
  for (const each of makers.toReversed()) {
    const at = { folder: each.folder, data, dataset };
    if (heldOut) parts = await partsOfTraining(each.stored, at);
    else if (!allowOverlap) refuseOverlap(each.stored, at);
  }
  const by = heldOut ? splitOf(stored).by : 'time';
  const walking = heldOut ? afresh : (model: StoredModel) => model;
  const maker = walking(stored);
  const judging = judge && walking(judge);
  const judgeScorer = judging && (await createCandidateScorer(judging, options));
  const { judge: _, ...trialOptions } = options;
  const trial = await createLogTrial(maker, { ...trialOptions, ...(judgeScorer ? { judge: judgeScorer } : {}) });
  const replays = [maker.replay, ...(judging ? [judging.replay] : []), ...ownReplays(options)];
  try {
    let done = 0;
    for await (const row of rowsByPart(dataset, { parts, by })) {
      options.signal?.throwIfAborted();
      if (row.kind === 'impression' && row.part === TEST) await trial.judge(row.impression);
      for (const replay of replays) step(replay, row);
      if (row.kind === 'impression' && ++done % 100 === 0)
        options.reporter.progress({ task: 'replay', done, total: dataset.summary.lists, unit: 'lists' });
    }
    options.reporter.done('replay');
    const judged = heldOut ? `its test part, split by ${by}` : 'the whole log';
    return { report: trial.report(`${data}, ${judged}`), dataset };
  } finally {
    await Promise.all([trial.close(), judgeScorer?.close()]);
  }
}

/** The model with an empty memory of its own: the log fills it as it is walked. */
const afresh = (stored: StoredModel): StoredModel => ({ ...stored, replay: emptiedReplay(stored) });

const ownReplays = ({ generators }: TrialOptions): readonly Replay[] => [
  ...new Set(generators.flatMap(({ replay }) => replay ?? [])),
];

function step(replay: Replay, row: PartRow): void {
  if (row.kind === 'item') replay.applyItem(row.event);
  else if (row.kind === 'user') replay.applyUser(row.event);
  else if (row.kind === 'settle') replay.settle();
  else if (row.kind === 'rewind') replay.rewindGraph();
  else if (row.kind === 'again') replay.recall(row.impression);
  else replay.observe(row.impression);
}
