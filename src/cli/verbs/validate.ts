import { Command } from 'commander';
import type { ValidateArguments } from '../actions/validate.ts';
import { mapOption } from '../options/map-option.ts';
import { allowRejectsOption, configOption, firstPositionOption } from '../options/options.ts';

export function validateCommand(): Command {
  return new Command('validate')
    .description('Read an event log to its end and say what is wrong with it.')
    .argument('<log>', 'event log of JSON lines (or CSV with --map), plain or .gz; - is standard input')
    .option('--rejected <file>', 'where rejected lines are kept, with line number and reason', 'rejected.jsonl')
    .addOption(mapOption())
    .addOption(configOption())
    .addOption(firstPositionOption())
    .addOption(allowRejectsOption())
    .option('--json', 'print the summary as JSON')
    .addHelpText('after', '\nExample:\n  npx slatewise validate events.jsonl.gz --allow-rejects 10')
    .action(async (log: string, options: ValidateArguments) => {
      const { runValidate } = await import('../actions/validate.ts');
      await runValidate(log, options);
    });
}
