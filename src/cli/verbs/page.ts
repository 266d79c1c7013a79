import { Command } from 'commander';
import type { PageArguments } from '../actions/page.ts';
import { wholeNumber, workersOption } from '../options/options.ts';

export function pageCommand(): Command {
  return new Command('page')
    .description(
      "Open a page on this machine: drag an item in a list and see every other item's click probability move. Without a model it shows the three drinks of the article, on models that it trains first (half a minute, once). docs/page.md describes it.",
    )
    .argument('[models]', 'model folder, or a folder of them, to be compared with each other')
    .argument(
      '[requests]',
      'ranking events of JSON lines, plain or .gz, each a list to begin with; - is standard input',
    )
    .option('--port <n>', 'port to listen on; 0 for any that is free', wholeNumber(0, 65_535), 0)
    .option(
      '--size <n>',
      'items of a request that stand on its list at first; the others are candidates',
      wholeNumber(1, 50),
      10,
    )
    .option('--reports <folder>', 'folder of reports that it shows, such as runs (default: none)')
    .addOption(workersOption().default(1))
    .addHelpText(
      'after',
      '\nExamples:\n  npx slatewise page\n  npx slatewise page models/a requests.jsonl\n  npx slatewise page models --port 8090 --reports runs',
    )
    .action(async (models: string | undefined, requests: string | undefined, options: PageArguments) => {
      const { runPage } = await import('../actions/page.ts');
      await runPage(models, { ...options, requests });
    });
}
