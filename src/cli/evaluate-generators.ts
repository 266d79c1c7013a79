import type { Dataset } from '../datasets/folder/dataset.ts';
import { evaluateOnJournal } from '../jobs/generators/evaluate-on-journal.ts';
import { evaluateOnLog } from '../jobs/generators/evaluate-on-log.ts';
import { evaluateOnMarket } from '../jobs/generators/evaluate-on-market.ts';
import type { TrialOptions } from '../jobs/generators/generator-trial.ts';
import { loadGenerator, otherObjectiveText } from '../jobs/generators/load-generator.ts';
import { kindsOf } from '../jobs/kinds.ts';
import { type Reporter, warning } from '../jobs/reporter.ts';
import type { Settings } from '../jobs/settings.ts';
import type { GeneratorReport } from '../measure/generator-report.ts';
import { generatorText } from '../print/text/generator-text.ts';
import { journalText } from '../print/text/journal-text.ts';
import { loadModel } from '../scoring/model-folder.ts';
import { judgedRecords } from '../serve/host/judged-records.ts';
import { judgedStart } from '../serve/host/judged-start.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { openReadableJournal } from './open-journal.ts';
import type { EvaluateArguments } from './options/evaluate-options.ts';
import { printJson } from './print-json.ts';
import { readRules } from './read-rules.ts';

export interface TrialArguments extends EvaluateArguments {
  readonly names: readonly string[];
  readonly command: string;
  readonly reporter: Reporter;
  readonly settings: Settings;
}

/** `evaluate --generator` on a log. Prints the report; gives the data set that was read. */
export async function trialOnLog(model: string, data: string, options: TrialArguments): Promise<Dataset> {
  return withGenerators(options, async (trial) => {
    const { report, dataset, changedFields } = await evaluateOnLog(model, data, {
      ...options,
      ...trial,
      cacheFolder: options.cache,
      heldOut: options.heldOut === true,
      allowOverlap: options.allowOverlap === true,
    });
    if (options.assume !== undefined && report.offPolicy.length === 0)
      options.reporter.note(
        warning(`--assume ${options.assume}: expected lists with propensities, found none; nothing rests on it`),
      );
    if (options.json) printJson({ ...report, changedFields });
    else print(report, options);
    return dataset;
  });
}

/** `evaluate --generator` on the journal of a server. Prints the report. */
export async function trialOnJournal(model: string, place: string, options: TrialArguments): Promise<void> {
  const rules =
    options.rules === undefined ? undefined : await readRules(options.rules, kindsOf(options.settings.kinds).rules);
  const { journal, close } = await openReadableJournal(place);
  try {
    const stored = await loadModel(model, kindsOf(options.settings.kinds));
    const { memory, doubts, isAnew, ...start } = await judgedStart(stored, journal);
    for (const doubt of doubts) options.reporter.note(warning(doubt));
    await withGenerators({ ...options, heldOut: isAnew }, async (trial) => {
      const report = await evaluateOnJournal({ ...stored, memory }, judgedRecords(journal, start), {
        ...{ ...options, ...trial, rules, data: place },
      });
      if (options.json) printJson(report);
      else process.stdout.write(`${journalText(report, { color: process.stdout.isTTY === true })}\n`);
    });
  } finally {
    close();
  }
}

/** `evaluate --generator --truth` on the simulated market. Prints the report. */
export async function trialOnMarket(
  model: string,
  options: TrialArguments & { readonly truth: string },
): Promise<void> {
  const { against: folder, againstGenerator, ...rest } = options;
  await withGenerators(options, async (given) => {
    const trial = { ...rest, ...given, gap: options.gap === true };
    const kinds = kindsOf(options.settings.kinds);
    const stored = await loadModel(model, kinds);
    if (folder === undefined) return print(await evaluateOnMarket(stored, trial), options);
    const other = await loadModel(folder, kinds);
    const { generator } = await loadGenerator(againstGenerator);
    const against = { name: `${other.card.recipe}, ${againstGenerator}`, generator, stored: other };
    print(await evaluateOnMarket(stored, { ...trial, against }), options);
  });
}

/** Loads the generators, says which learned something else than is asked for, and closes them whatever comes. */
async function withGenerators<T>(
  { names, pointer, heldOut, objective, reporter, settings }: TrialArguments,
  judge: (trial: Pick<TrialOptions, 'generators' | 'signal'>) => Promise<T>,
): Promise<T> {
  const generators = await Promise.all(
    names.map(async (name) => ({
      name,
      ...(await loadGenerator(name, { pointer, memory: heldOut ? 'empty' : 'stored', kinds: kindsOf(settings.kinds) })),
    })),
  );
  for (const { generator } of generators) {
    const other = otherObjectiveText(generator, objective);
    if (other !== undefined) reporter.note(warning(other));
  }
  try {
    return await judge({ generators, signal: abortOnInterrupt() });
  } finally {
    await Promise.all(generators.map((each) => each.close()));
  }
}

function print(report: GeneratorReport, { json }: EvaluateArguments): void {
  if (json) printJson(report);
  else process.stdout.write(`${generatorText(report, { color: process.stdout.isTTY === true })}\n`);
}
