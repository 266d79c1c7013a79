/** How good the slates are that generators choose from the items of logged lists. Legend: K places. */
import type { Dataset } from '../../datasets/folder/dataset.ts';
import { walk } from '../../datasets/walk/walk.ts';
import { type ChangedField, watchEvent, watchFields } from '../../encoding/encoders/changed-fields.ts';
import type { GeneratorReport } from '../../measure/generator-report.ts';
import type { Memory } from '../../memory/memory.ts';
import { createCandidateScorer } from '../../scoring/candidate-scorer.ts';
import { loadModel, type StoredModel } from '../../scoring/model-folder.ts';
import type { LogEvent } from '../../slate/events.ts';
import { kindsOf } from '../kinds.ts';
import { readDataset } from '../read-dataset.ts';
import { warning } from '../reporter.ts';
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

export interface LogTrialResult {
  readonly report: GeneratorReport;
  readonly dataset: Dataset;
  /** Fields that are not what they were when the model was trained. */
  readonly changedFields: readonly ChangedField[];
}

/** Walks a log in time order; on each list to be judged every generator chooses K of the shown from what was known just before. */
export async function evaluateOnLog(folder: string, data: string, options: LogTrialOptions): Promise<LogTrialResult> {
  const kinds = kindsOf(options.settings.kinds);
  const stored = await loadModel(folder, kinds);
  const makers = [
    { folder, stored },
    ...options.generators.flatMap(({ taught }) => (taught ? [{ folder: taught.folder, stored: taught.scorer }] : [])),
  ];
  let judge: StoredModel | undefined;
  if (options.judge !== undefined) for (const each of makers) judge = await judgeOf(options.judge, { ...each, kinds });
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
  const memories = [maker.memory, ...(judging ? [judging.memory] : []), ...ownMemories(options)];
  if (allowOverlap) for (const memory of memories) memory.restart();
  // The log of a held-out part is the one that the model was trained on.
  const watch = watchFields(stored.features.schema, stored.features.encoders);
  const onEvent = (event: LogEvent): void => {
    if (!heldOut) watchEvent(watch, event);
  };
  try {
    let done = 0;
    for await (const { part, impression } of walk(dataset, { parts, by, memories, onEvent })) {
      options.signal?.throwIfAborted();
      if (part === TEST) await trial.judge(impression);
      if (++done % 100 === 0)
        options.reporter.progress({ task: 'replay', done, total: dataset.summary.lists, unit: 'lists' });
    }
    options.reporter.done('replay');
    const changedFields = watch.changed();
    for (const { note } of changedFields) options.reporter.note(warning(note));
    const judged = heldOut ? `its test part, split by ${by}` : 'the whole log';
    return { report: trial.report(`${data}, ${judged}`), dataset, changedFields };
  } finally {
    await Promise.all([trial.close(), judgeScorer?.close()]);
  }
}

/** The model with an empty memory of its own: the log fills it as it is walked. */
const afresh = (stored: StoredModel): StoredModel => ({ ...stored, memory: stored.memory.emptied() });

const ownMemories = ({ generators }: TrialOptions): readonly Memory[] => [
  ...new Set(generators.flatMap(({ memory }) => memory ?? [])),
];
