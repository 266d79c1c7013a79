import { Command } from 'commander';
import type { ScoreArguments } from '../actions/score.ts';
import { allowRejectsOption, configOption, firstPositionOption, workersOption } from '../options/options.ts';
import { checkShard, shardFolderOption, shardOption } from '../options/shard-options.ts';

export function scoreCommand(): Command {
  return new Command('score')
    .description(
      'Score requests: one JSON row per item, {request, item, probability, rank}, in the order of the input; then the slate as a whole, {request, expectedClicks, anyClick}.',
    )
    .argument('<model>', 'model folder')
    .argument(
      '<requests>',
      'ranking events of JSON lines, plain or .gz; - is standard input. Item and user events before them update what the model knows',
    )
    .option('--slates', 'print only the slates as a whole')
    .addOption(configOption())
    .addOption(workersOption())
    .addOption(firstPositionOption())
    .addOption(shardOption())
    .addOption(shardFolderOption())
    .addOption(allowRejectsOption())
    .option('--json', 'accepted for symmetry; the output is always JSON lines')
    .addHelpText(
      'after',
      '\nExamples:\n  npx slatewise score models/a requests.jsonl > scores.jsonl\n  npx slatewise score models/a requests --shard 2/8 --out scores',
    )
    .action(async (folder: string, requests: string, options: ScoreArguments) => {
      checkShard('score', options);
      const { runScore } = await import('../actions/score.ts');
      await runScore(folder, requests, options);
    });
}
