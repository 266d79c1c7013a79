import { Command } from 'commander';
import type { DemoArguments } from '../actions/demo.ts';
import { addDataOptions } from '../options/data-options.ts';
import { fromOption, wholeNumber } from '../options/options.ts';

export function demoCommand(): Command {
  const command = new Command('demo')
    .description('Train four models on a log and print how they compare. Without a log of yours, on a simulated one.')
    .argument('[log]', 'your own event log or data set folder')
    .option('--impressions <n>', 'lists to simulate', wholeNumber(200), 5000)
    .option('--seeds <n>', 'trainings per recipe', wholeNumber(1), 3)
    .option('--out <folder>', 'report and runs', 'runs/demo');
  return addDataOptions(command)
    .addOption(fromOption())
    .option('--json', 'print the report as JSON')
    .addHelpText('after', '\nExamples:\n  npx slatewise demo\n  npx slatewise demo events.jsonl.gz --split user')
    .action(async (log: string | undefined, options: DemoArguments) => {
      const { runDemo } = await import('../actions/demo.ts');
      await runDemo(log, options);
    });
}
