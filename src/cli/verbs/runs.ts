import { Command } from 'commander';
import { RUN_STATES, type RunState } from '../../jobs/runs/run-states.ts';
import type { RunsArguments } from '../actions/runs.ts';
import { UsageError } from '../exit-codes.ts';
import { nameList, unknown } from '../options/options.ts';

export function runsCommand(): Command {
  return new Command('runs')
    .description('List the trainings in folders of compare, tune and train; set two side by side; clean up.')
    .argument('<folders...>', 'folders with runs in or below them')
    .option('--recipe <names>', 'only runs of these recipes, comma-separated', nameList)
    .option('--data <text>', 'only runs that learn from a path with this text in it')
    .option('--state <names>', `only runs that are so, comma-separated: ${RUN_STATES.join(', ')}`, states)
    .option('--compare', 'the two runs that are left side by side: what differs in their configs, and their metrics')
    .option('--clean', 'what would be removed of the runs that are left; models and generators stay')
    .option('--yes', 'with --clean: remove it')
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  npx slatewise runs runs models
  npx slatewise runs runs/mine --recipe attention-listnet --state finished
  npx slatewise runs runs/mine/runs/attention-bce-seed-1 runs/mine/runs/attention-listnet-seed-1 --compare
  npx slatewise runs runs --state interrupted,failed --clean`,
    )
    .action(async (folders: readonly string[], options: RunsArguments) => {
      if (options.yes && !options.clean)
        throw new UsageError('--yes: expected with --clean, found without it; add --clean, or leave it out');
      if (options.compare && options.clean)
        throw new UsageError('--compare: expected without --clean, found both; leave one of them out');
      const { runRuns } = await import('../actions/runs.ts');
      await runRuns(folders, options);
    });
}

function states(text: string): readonly RunState[] {
  return nameList(text).map((name) => {
    const state = RUN_STATES.find((each) => each === name);
    if (state) return state;
    throw unknown(name, RUN_STATES);
  });
}
