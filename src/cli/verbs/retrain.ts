import { Command, InvalidArgumentError } from 'commander';
import type { RetrainArguments } from '../actions/retrain.ts';
import { configOption, positiveNumber, wholeNumber, workersOption } from '../options/options.ts';
import { slatewiseUrl } from '../options/server-url.ts';

export function retrainCommand(): Command {
  return new Command('retrain')
    .description(
      'Train the next model from the journal of a server, compare it with the one that answers on the latest days, and let it answer if it is not worse. For cron: killed at any moment, the next run goes on. docs/retrain.md describes it.',
    )
    .argument('<journal>', 'the journal of a server: its folder, or redis://host:port/0?journal=name')
    .requiredOption('--models <folder>', 'folder of the models that the server answers from')
    .option(
      '--server <url>',
      'the server, where one runs: it is asked which model answers, and told of the next',
      slatewiseUrl,
    )
    .option('--key <key>', 'key of the server for rank and admin (default: what SLATEWISE_KEY in the environment says)')
    .option('--recipe <name>', 'recipe of the next model (default: that of the one that answers, with its settings)')
    .option('--seeds <n>', 'trainings that are compared; the first one is activated', wholeNumber(1), 3)
    .option('--days <n>', 'latest days whose lists judge, and are not learned from', positiveNumber, 1)
    .option('--margin <percent>', 'of the log loss: by so much the new model may be worse', positiveNumber, 0.5)
    .option('--keep <n>', 'models of retrainings that stay', wholeNumber(1), 5)
    .option(
      '--leave-out <from/to>',
      'days whose lists are not learned from, such as 2026-11-27/2026-11-28, the second without; may be given several times',
      period,
    )
    .option('--accept-until <time>', 'lists up to then were looked at and are sound, whatever the checks say', time)
    .addOption(configOption())
    .addOption(workersOption())
    .option('--json', 'print the verdict as JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx slatewise retrain journal --models models --server http://127.0.0.1:8080
  npx slatewise retrain journal --models models --recipe attention-bce --days 2

Exit codes: 0 the new model answers, 4 the old one was kept, 5 stopped by the data, 6 another retraining is under way,
1 failed, 2 usage, 130 interrupted.`,
    )
    .action(async (journal: string, options: RetrainArguments) => {
      const { runRetrain } = await import('../actions/retrain.ts');
      await runRetrain(journal, options);
    });
}

function time(text: string): number {
  const found = Date.parse(text);
  if (!Number.isNaN(found)) return found;
  throw new InvalidArgumentError(`Expected a time such as 2026-11-27 or 2026-11-27T06:00Z, found "${text}".`);
}

function period(text: string, before: RetrainArguments['leaveOut'] = []): NonNullable<RetrainArguments['leaveOut']> {
  const [from, to] = text.split('/').map(Date.parse);
  if (from < to) return [...before, { from, to }];
  throw new InvalidArgumentError(
    `Expected two times, the earlier one first, such as 2026-11-27/2026-11-28, found "${text}".`,
  );
}
