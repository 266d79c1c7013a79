import { Command } from 'commander';
import type { ExplainArguments } from '../actions/explain.ts';
import { UsageError } from '../exit-codes.ts';
import { allowRejectsOption, configOption, firstPositionOption, workersOption } from '../options/options.ts';

export function explainCommand(): Command {
  return new Command('explain')
    .description(
      'For the slate of each request: the click probability of every item, and what each item does to every other, found by leaving it out.',
    )
    .argument('<model>', 'model folder')
    .argument('<requests>', 'ranking events of JSON lines whose items are the slate, plain or .gz; - is standard input')
    .option('--svg <file>', 'draw a heat map of the first request into this file')
    .option('--label <field>', 'with --svg: a field of the items to write beside their names, such as price')
    .addOption(configOption())
    .addOption(workersOption())
    .addOption(firstPositionOption())
    .addOption(allowRejectsOption())
    .option('--json', 'one JSON object a request, in the order of the input; otherwise text')
    .addHelpText(
      'after',
      '\nExamples:\n  npx slatewise explain models/a requests.jsonl --svg influence.svg --label price\n  npx slatewise explain models/a requests.jsonl --json > influence.jsonl',
    )
    .action(async (folder: string, requests: string, options: ExplainArguments) => {
      if (options.label !== undefined && options.svg === undefined)
        throw new UsageError('--label: expected with --svg, found none; name a file for the picture, or leave it out');
      const { runExplain } = await import('../actions/explain.ts');
      await runExplain(folder, requests, options);
    });
}
