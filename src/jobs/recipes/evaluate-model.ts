import type { Dataset } from '../../datasets/folder/dataset.ts';
import { createInMemorySlates } from '../../datasets/slate-source/in-memory-slates.ts';
import { walk } from '../../datasets/walk/walk.ts';
import { normaliseSlates } from '../../encoding/columns/fitted-features.ts';
import { type ChangedField, watchEvent, watchFields } from '../../encoding/encoders/changed-fields.ts';
import { ITEM_RATE } from '../../measure/baselines.ts';
import { compareSystems } from '../../measure/compare-systems.ts';
import type { ComparisonReport } from '../../measure/comparison-report.ts';
import { countPart } from '../../measure/protocol.ts';
import { systemReliability } from '../../measure/system-reliability.ts';
import { listValueMetrics } from '../../metrics/list-value.ts';
import { refuseNotFinite } from '../../scoring/finite.ts';
import { listLogitsOf } from '../../scoring/list-head/list-head.ts';
import { loadModel } from '../../scoring/model-folder.ts';
import { predict } from '../../scoring/predict.ts';
import { createScoringPool } from '../../scoring/scoring-pool.ts';
import { checkOptionsArgument } from '../../slate/check-argument.ts';
import type { LogEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { kindsOf } from '../kinds.ts';
import { readDataset } from '../read-dataset.ts';
import { type Reporter, warning } from '../reporter.ts';
import { type Settings, settingsFrom } from '../settings.ts';
import { versions } from '../version.ts';
import { worthOf } from './item-values.ts';
import { factFields, listFacts } from './list-facts.ts';
import { readTestSlots } from './test-slots.ts';
import type { TrainedCard } from './train-model.ts';

export interface EvaluateOptions {
  readonly settings: Settings;
  readonly cacheFolder: string;
  readonly workers: number;
  readonly allowOverlap: boolean;
  /** Item field whose worth in clicks is judged as well. */
  readonly value?: string | undefined;
  /** Fields of the items by whose values the reliability is told; categories of few values where left out. */
  readonly by?: readonly string[] | undefined;
  readonly command: string;
  readonly reporter: Reporter;
}

export interface Evaluation {
  readonly report: ComparisonReport;
  readonly dataset: Dataset;
  /** Fields that are not what they were in training. */
  readonly changedFields: readonly ChangedField[];
}

/** Walks a later log with a stored model's memory and reports how well it predicted. */
export async function evaluateModel(folder: string, data: string, options: EvaluateOptions): Promise<Evaluation> {
  checkOptionsArgument(options, 'evaluateModel', ['settings', 'cacheFolder', 'workers', 'command', 'reporter']);
  const { reporter } = options;
  const settings = settingsFrom(options.settings, 'evaluateModel: settings');
  const { model, calibration, listHead, features, encoder, memory, card } = await loadModel(
    folder,
    kindsOf(settings.kinds),
  );
  const dataset = await readDataset(data, { ...options, settings });
  const { firstTime, lists } = dataset.summary;
  if (firstTime <= card.knownUntil && !options.allowOverlap) {
    const [known, first] = [card.knownUntil, firstTime].map((time) => new Date(time).toISOString());
    throw new InputError(
      `${data}: expected lists after ${known}, the last that ${folder} was trained on, found lists from ${first}; give a later log, or allow the overlap (allowOverlap, on the command line --allow-overlap) to see too good figures`,
      'other-dataset',
    );
  }
  if (options.allowOverlap) memory.restart();
  const watch = watchFields(features.schema, features.encoders);
  const builder = encoder.begin({ lists, slots: dataset.summary.shownItems });
  const seenBeforeB: number[] = [];
  const onEvent = (event: LogEvent): void => watchEvent(watch, event);
  for await (const { impression } of walk(dataset, { memories: [memory], onEvent })) {
    const { user, time } = impression.ranking;
    const known = memory.asOf(time);
    builder.add(impression, known);
    seenBeforeB.push(user === '' ? -1 : (known.state.users.get(user)?.impressions ?? 0));
    if (builder.count() % 200 === 0)
      reporter.progress({ task: 'replay', done: builder.count(), total: lists, unit: 'lists' });
  }
  reporter.done('replay');
  const changedFields = watch.changed();
  for (const { note } of changedFields) reporter.note(warning(note));
  const slates = createInMemorySlates(normaliseSlates(builder.finish(), features));
  const indices = Int32Array.from({ length: slates.count }, (_, index) => index);
  const pool = await createScoringPool(model, options.workers);
  const predicted = await predict(pool, model.tables, { slates, indices, calibration }).finally(() => pool.close());

  refuseNotFinite(predicted.logits, folder);

  const part = slates.outcomes(indices);
  const { schema } = features;
  const { by, value } = options;
  const asked = [...factFields(schema, by).map(({ name }) => name), ...(value === undefined ? [] : [value])];
  const found = await readTestSlots({ dataset, encoded: { listB: indices, test: indices } }, asked);
  const values = worthOf(value, { ...found, offsetsB: part.offsets });
  // The model knows lists from before this log.
  const facts = { ...listFacts({ slots: { ...found, seenBeforeB }, schema, outcomes: part }, by), values };
  const { protocol } = card as TrainedCard;
  const itemRate = {
    recipe: ITEM_RATE,
    seed: 0,
    scale: 'probability' as const,
    valueS: part.itemRateS,
    // Of a model from before it was stored: none.
    threshold: protocol.itemRateThreshold ?? Number.NaN,
  };
  const trained = {
    recipe: card.recipe,
    seed: card.seed,
    scale: 'logit' as const,
    valueS: predicted.logits,
    listLogitB: listLogitsOf(predicted, listHead),
    calibration: calibration.form,
    threshold: card.threshold,
  };
  const report = compareSystems(part, [trained, itemRate], {
    baseline: card.recipe,
    references: [ITEM_RATE],
    itemRate: ITEM_RATE,
    metrics: kindsOf(settings.kinds).metrics.with(values ? listValueMetrics(values) : []),
    protocol: {
      data,
      split: `none: the whole log is the test part of ${folder}, replayed after its ${options.allowOverlap ? 'own lists (overlap allowed)' : 'training log'}`,
      parts: { ...protocol.parts, test: countPart(part) },
      seeds: [card.seed],
      epochSource: `stored with the model (epoch ${protocol.keptEpoch})`,
      thresholdSource: `stored with the model (${protocol.thresholdSource})`,
      command: options.command,
      versions: versions(),
    },
  });
  const reliability = [systemReliability(part, [trained], facts)];
  return { report: { ...report, reliability }, dataset, changedFields };
}
