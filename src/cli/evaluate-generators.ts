import type { Dataset } from '../data/dataset.ts';
import type { GeneratorReport } from '../evaluate/generator-report.ts';
import { generatorText } from '../evaluate/generator-text.ts';
import { evaluateOnLog } from '../runs/evaluate-on-log.ts';
import { evaluateOnMarket, type MarketTrialOptions } from '../runs/evaluate-on-market.ts';
import { loadGenerator } from '../runs/load-generator.ts';
import type { Reporter } from '../runs/reporter.ts';
import type { Settings } from '../runs/settings.ts';
import { loadModel } from '../scoring/model-folder.ts';
import { InputError } from '../slate/input-error.ts';
import type { EvaluateOptions } from './evaluate.ts';
import { abortOnInterrupt } from './interrupt.ts';
import { printJson } from './options.ts';

export interface TrialArguments extends EvaluateOptions {
  readonly names: readonly string[];
  readonly settings: Settings;
  readonly command: string;
  readonly reporter: Reporter;
}

/** `evaluate --generator`: on a log, or with --truth on the simulated market. Prints the report; gives the data set that was read, if one was. */
export async function trialGenerators(
  model: string,
  data: string | undefined,
  options: TrialArguments,
): Promise<Dataset | undefined> {
  const loaded = await Promise.all(
    options.names.map(async (name) => ({ name, ...(await loadGenerator(name.trim(), options.pointer)) })),
  );
  const trial = { ...options, generators: loaded, gap: options.gap === true, signal: abortOnInterrupt() };
  try {
    if (options.truth !== undefined) {
      print(await onMarket(model, { ...trial, truth: options.truth }), options);
      return undefined;
    }
    const { report, dataset } = await evaluateOnLog(model, dataOf(data), {
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
  options: Omit<MarketTrialOptions, 'against'> & Pick<EvaluateOptions, 'against'>,
): Promise<GeneratorReport> {
  const { against: folder, ...rest } = options;
  const stored = await loadModel(model);
  if (folder === undefined) return evaluateOnMarket(stored, rest);
  const top = await loadGenerator('top', undefined);
  const name = `${(await loadModel(folder)).card.recipe}, top`;
  return evaluateOnMarket(stored, {
    ...rest,
    against: { name, generator: top.generator, stored: await loadModel(folder) },
  });
}

export function dataOf(data: string | undefined): string {
  if (data !== undefined) return data;
  throw new InputError(
    'evaluate: expected a data set folder or an event log after the model, found none; name one, or --truth with --generator for a simulated market',
  );
}

function print(report: GeneratorReport, { json }: EvaluateOptions): void {
  if (json) printJson(report);
  else process.stdout.write(`${generatorText(report, { color: process.stdout.isTTY === true })}\n`);
}
