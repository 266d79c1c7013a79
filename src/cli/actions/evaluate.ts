import { join } from 'node:path';
import type { Dataset } from '../../datasets/folder/dataset.ts';
import { checkOutputs } from '../../files/outputs.ts';
import { evaluateModel } from '../../jobs/recipes/evaluate-model.ts';
import { renderText } from '../../print/text/render-text.ts';
import { settingsOf } from '../asked-settings.ts';
import { trialOnJournal, trialOnLog, trialOnMarket } from '../evaluate-generators.ts';
import { UsageError } from '../exit-codes.ts';
import { isJournal } from '../open-journal.ts';
import type { EvaluateArguments } from '../options/evaluate-options.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';
import { judgeRejects } from '../told-rejects.ts';

export async function runEvaluate(model: string, data: string | undefined, options: EvaluateArguments): Promise<void> {
  const command = `slatewise ${process.argv.slice(2).join(' ')}`;
  const { generator: names, truth } = options;
  const told = { command, reporter: createReporter(), settings: await settingsOf(options) };
  if (names && truth !== undefined) return trialOnMarket(model, { ...options, ...told, names, truth });
  if (data !== undefined && (await isJournal(data))) {
    if (names) return trialOnJournal(model, data, { ...options, ...told, names });
    throw new UsageError(
      `${data}: expected --generator beside the journal of a server, found none; name generators whose slates are to be judged by what was explored`,
    );
  }
  if (options.rules !== undefined)
    throw new UsageError(
      '--rules: expected the journal of a server, whose lists are made anew, found other data; leave it out',
    );
  const outputs = [{ path: options.cache, cache: true as const }];
  await checkOutputs(outputs, { inputs: [model, data, options.config || undefined], note: told.reporter.note });
  if (names) return tellRejects(await trialOnLog(model, data ?? '', { ...options, ...told, names }), options);
  const { report, dataset, changedFields } = await evaluateModel(model, data ?? '', {
    ...told,
    cacheFolder: options.cache,
    workers: options.workers,
    allowOverlap: options.allowOverlap === true,
    value: options.value,
    by: options.by,
  });
  if (options.json) printJson({ ...report, changedFields });
  else process.stdout.write(`${renderText(report, { color: process.stdout.isTTY === true })}\n`);
  tellRejects(dataset, options);
}

const tellRejects = ({ summary, folder }: Dataset, { allowRejects }: EvaluateArguments): void =>
  judgeRejects(summary, allowRejects, join(folder, 'rejected.jsonl'));
