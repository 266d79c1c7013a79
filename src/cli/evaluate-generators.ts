import type { Dataset } from '../data/dataset.ts';
import type { GeneratorReport } from '../evaluate/generator-report.ts';
import { generatorText } from '../evaluate/generator-text.ts';
import { evaluateOnLog } from '../runs/evaluate-on-log.ts';
import { evaluateOnMarket, type MarketTrialOptions } from '../runs/evaluate-on-market.ts';
import { learnedOtherObjective, loadGenerator } from '../runs/load-generator.ts';
import type { Reporter } from '../runs/reporter.ts';
import type { Settings } from '../runs/settings.ts';
import { loadModel } from '../scoring/model-folder.ts';
import type { EvaluateOptions } from './evaluate-options.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { printJson } from './options.ts';

export interface TrialArguments extends EvaluateOptions {
  readonly names: readonly string[];
  readonly settings: Settings;
  readonly command: string;
  readonly reporter: Reporter;
}

/** `evaluate --generator`: on a log, or with --truth on the simulated market, where `data` is not read. Prints the report; gives the data set that was read, if one was. */
export async function trialGenerators(
  model: string,
  data: string,
  options: TrialArguments,
): Promise<Dataset | undefined> {
  const loaded = await Promise.all(
    options.names.map(async (name) => ({
      name,
      ...(await loadGenerator(name, { pointer: options.pointer, memory: options.heldOut ? 'empty' : 'stored' })),
    })),
  );
  for (const { generator } of loaded) {
    const other = learnedOtherObjective(generator, options.objective);
    if (other !== undefined) options.reporter.note(`warning: ${other}`);
  }
  const trial = { ...options, generators: loaded, gap: options.gap === true, signal: abortOnInterrupt() };
  try {
    if (options.truth !== undefined) {
      print(await onMarket(model, { ...trial, truth: options.truth }), options);
      return undefined;
    }
    const { report, dataset } = await evaluateOnLog(model, data, {
      ...trial,
      cacheFolder: options.cache,
      heldOut: options.heldOut === true,
      allowOverlap: options.allowOverlap === true,
    });
    print(report, options);
    return dataset;
  } finally {
    await Promise.all(loaded.map((each) => each.close()));
  }
}

async function onMarket(
  model: string,
  options: Omit<MarketTrialOptions, 'against'> & Pick<EvaluateOptions, 'against' | 'againstGenerator'>,
): Promise<GeneratorReport> {
  const { against: folder, againstGenerator, ...rest } = options;
  const stored = await loadModel(model);
  if (folder === undefined) return evaluateOnMarket(stored, rest);
  const other = await loadModel(folder);
  const { generator } = await loadGenerator(againstGenerator);
  return evaluateOnMarket(stored, {
    ...rest,
    against: { name: `${other.card.recipe}, ${againstGenerator}`, generator, stored: other },
  });
}

function print(report: GeneratorReport, { json }: EvaluateOptions): void {
  if (json) printJson(report);
  else process.stdout.write(`${generatorText(report, { color: process.stdout.isTTY === true })}\n`);
}
