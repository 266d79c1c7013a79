import { join } from 'node:path';
import { Command } from 'commander';
import { renderText } from '../evaluate/render-text.ts';
import { evaluateModel } from '../runs/evaluate-model.ts';
import {
  allowRejectsOption,
  cacheOption,
  configOption,
  judgeRejects,
  printJson,
  settingsOf,
  workersOption,
} from './options.ts';
import { createReporter } from './progress.ts';

interface EvaluateOptions {
  readonly workers: number;
  readonly cache: string;
  readonly allowRejects: number;
  readonly allowOverlap?: boolean;
  readonly config?: string;
  readonly json?: boolean;
}

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description(
      'Judge a stored model on a later log, list by list in time order: each list sees what came before it, then its clicks become known.',
    )
    .argument('<model>', 'model folder')
    .argument('<data>', 'data set folder or event log, later than the one the model was trained on')
    .option(
      '--allow-overlap',
      'evaluate even on lists that the model has in its memory (the figures are then too good)',
    )
    .addOption(configOption())
    .addOption(workersOption())
    .addOption(cacheOption())
    .addOption(allowRejectsOption())
    .option('--json', 'print the report as JSON')
    .addHelpText('after', '\nExample:\n  slatewise evaluate models/a later.jsonl.gz --json')
    .action(async (model: string, data: string, options: EvaluateOptions) => {
      const { report, dataset } = await evaluateModel(model, data, {
        settings: await settingsOf(options),
        cacheFolder: options.cache,
        workers: options.workers,
        allowOverlap: options.allowOverlap === true,
        command: `slatewise ${process.argv.slice(2).join(' ')}`,
        reporter: createReporter(),
      });
      if (options.json) printJson(report);
      else process.stdout.write(`${renderText(report, { color: process.stdout.isTTY === true })}\n`);
      judgeRejects(dataset.summary, options.allowRejects, join(dataset.folder, 'rejected.jsonl'));
    });
}
