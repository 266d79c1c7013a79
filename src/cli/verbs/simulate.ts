import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { effectDefaults, effectNames } from '../../simulator/choice-model.ts';
import { simulationDefaults } from '../../simulator/simulation-options.ts';
import type { SimulateArguments } from '../actions/simulate.ts';
import { UsageError } from '../exit-codes.ts';
import { addLiveOptions, checkLiveOptions, type SimulateLiveArguments } from '../options/live-options.ts';
import { anyNumber, positiveNumber, wholeNumber, wholeNumberOrRange } from '../options/options.ts';

const ofMarket = ['items', 'users', 'size', 'effects', 'base', 'policy'] as const;

type LiveArguments = SimulateLiveArguments & { readonly live: string };
type GivenArguments = SimulateArguments | LiveArguments;

const isOfLog = (given: GivenArguments): given is SimulateArguments => !('live' in given);

/** Throws `UsageError` for what would be passed over in silence, or lost. */
function checkGiven(command: Command): void {
  checkLiveOptions(command.opts(), command);
  const given: GivenArguments = command.opts();
  if (isOfLog(given)) checkLogOptions(given, command);
}

function checkLogOptions(
  { scene, items, size, out, truth, policy, propensities }: Omit<SimulateArguments, 'out'> & { readonly out?: string },
  command: Command,
): void {
  const name = ofMarket.find((each) => scene === 'drinks' && command.getOptionValueSource(each) === 'cli');
  if (name !== undefined)
    throw new UsageError(
      `--${name}: expected with the scene market, found --scene drinks, which has three items and lists of one to three; leave it out`,
    );
  if (out === undefined)
    throw new UsageError(
      '--out: expected a file for the log, found none; name one, or the server that is visited: --live <url>',
    );
  const longest = typeof size === 'number' ? size : size.to;
  if (scene === 'market' && longest > items)
    throw new UsageError(
      `--size: expected at most the ${items} items on sale, found ${longest}; raise --items or lower --size`,
    );
  if (propensities && policy > 0)
    throw new UsageError(
      `--propensities: expected none of a shop with preferences, found --policy ${policy}; leave one of the two out`,
    );
  if (truth !== undefined && resolve(truth) === resolve(out))
    throw new UsageError(`--truth: expected another file than --out, found ${truth} for both; name two files`);
}

export function simulateCommand(): Command {
  const { impressions, seed, items, users, slateSize } = simulationDefaults;
  const command = new Command('simulate')
    .description(
      'Write the event log of a small marketplace whose true click probabilities are known, or play it against a server.',
    )
    .option('--impressions <n>', 'lists shown', wholeNumber(1), impressions)
    .option('--seed <n>', 'seed of every random draw: the same seed gives the same result', wholeNumber(0), seed)
    .option('--items <n>', 'items on sale', wholeNumber(20), items)
    .option('--users <n>', 'users', wholeNumber(1), users)
    .option(
      '--size <n>',
      'items per list; a range such as 3-10 draws lists of every such length',
      wholeNumberOrRange(1),
      slateSize,
    )
    .option('--propensities', 'write with every shown item how probable it was at its position')
    .addOption(
      new Option('--effects <size>', 'how much items change what is clicked beside them')
        .choices(effectNames)
        .default('strong'),
    )
    .option(
      '--base <logit>',
      'logit of an average item at the top of a page; a lower one makes clicks rarer',
      anyNumber,
      effectDefaults.base,
    )
    .option(
      '--policy <strength>',
      'how much the shop prefers, and puts above, what it takes to be clicked most; 0: not at all',
      positiveNumber,
      0,
    )
    .addOption(
      new Option('--scene <name>', 'the marketplace, or the S/M/L drinks of the article')
        .choices(['market', 'drinks'])
        .default('market'),
    )
    .option('--out <file>', 'the log; gzipped when it ends in .gz')
    .option('--truth <file>', 'where the true click probabilities are written, one list per line')
    .option('--json', 'print the counts as JSON');
  return addLiveOptions(command)
    .addHelpText(
      'after',
      `
Examples:
  npx slatewise simulate --impressions 50000 --seed 7 --out sim.jsonl.gz --truth truth.jsonl.gz
  npx slatewise simulate --impressions 50000 --size 3-10 --propensities --out sim.jsonl.gz --truth truth.jsonl.gz
  npx slatewise simulate --live http://127.0.0.1:8080 --seed 7 --days 2`,
    )
    .hook('preAction', (self) => checkGiven(self))
    .action(async (options: GivenArguments) => {
      if (isOfLog(options)) {
        const { runSimulate } = await import('../actions/simulate.ts');
        return runSimulate(options);
      }
      const { runSimulateLive } = await import('../actions/simulate-live.ts');
      return runSimulateLive(options);
    });
}
