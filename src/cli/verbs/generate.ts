import { Command } from 'commander';
import type { GenerateArguments } from '../actions/generate.ts';
import {
  allowRejectsOption,
  checkPointer,
  configOption,
  firstPositionOption,
  generatorOption,
  jsonObject,
  objectiveOption,
  pointerOption,
  positiveNumber,
  wholeNumber,
  workersOption,
} from '../options/options.ts';
import { checkShard, shardFolderOption, shardOption } from '../options/shard-options.ts';

export function generateCommand(): Command {
  return new Command('generate')
    .description('Make the best slate of K items for each request, out of its candidates.')
    .argument('<model>', 'model folder: the scorer that values slates')
    .argument(
      '<requests>',
      'ranking events of JSON lines whose items are the candidates, plain or .gz; - is standard input. A request may bring its own "size", "rules" and "deadline"; item and user events before it update what the model knows',
    )
    .option(
      '--size <k>',
      'items wanted, where the request does not say (default: as many as the lists that the model learned from, 10 at most); fewer where fewer may be shown',
      wholeNumber(1),
    )
    .option(
      '--page <n>',
      'how many items the whole page has, where the slate is only its top (default: the slate is the whole page)',
      wholeNumber(1),
    )
    .addOption(generatorOption())
    .addOption(pointerOption())
    .addOption(objectiveOption())
    .option(
      '--diversity <weight>',
      'how much of the mean likeness of the items is taken off the value of a slate',
      positiveNumber,
      0,
    )
    .option(
      '--rules <file>',
      'JSON: pin, exclude, excludeWhere, atMost, atLeast, unique, keepFirst, minExposure, and your own in kinds; for requests without rules of their own',
    )
    .option('--alternatives <n>', 'how many of the next best slates to answer too', wholeNumber(0), 0)
    .option('--gap', 'search long for the best slate known, and tell how far the answer is from it')
    .option('--no-prices', 'do not work out what each rule costs, which takes time')
    .option(
      '--deadline <ms>',
      'milliseconds after which a search ends with the best slate so far, unless the request has its own "deadline"; how good that slate is depends on the machine. Without one, a search ends after a fixed number of steps, some seconds of work',
      positiveNumber,
    )
    .option(
      '--explore <json>',
      'draw the slate at random with known probabilities instead of taking the best: {"policy":"plackett-luce","temperature":0.1} or {"policy":"epsilon","epsilon":0.05}; with "price":true also tell what that costs on average',
      jsonObject,
    )
    .option('--seed <n>', 'seed of every random draw: the same seed gives the same slates', wholeNumber(0), 1)
    .addOption(configOption())
    .addOption(workersOption())
    .addOption(firstPositionOption())
    .addOption(shardOption())
    .addOption(shardFolderOption())
    .addOption(allowRejectsOption())
    .option('--json', 'one JSON object a request, in the order of the input; otherwise text')
    .addHelpText(
      'after',
      `
Examples:
  npx slatewise generate models/a requests.jsonl --size 4 --generator beam
  npx slatewise generate models/a requests.jsonl --size 6 --rules rules.json --gap --json
  npx slatewise generate models/a requests.jsonl --size 6 --generator pointer --pointer models/pointer
  npx slatewise generate models/a requests.jsonl --size 4 --explore '{"policy":"plackett-luce","temperature":0.1,"price":true}'

Rules, positions from 0:
  {"pin": [{"item": "i7", "position": 0}], "exclude": ["i3"], "atMost": [{"field": "category", "count": 2}],
   "unique": ["shop"], "minExposure": [{"field": "brand", "value": "b1", "share": 0.2}]}`,
    )
    .action(async (folder: string, requests: string, options: GenerateArguments) => {
      checkShard('generate', options);
      checkPointer([options.generator], options.pointer);
      const { runGenerate } = await import('../actions/generate.ts');
      await runGenerate(folder, requests, options);
    });
}
