/** Options of `simulate --live`, which plays the market against a server. */
import { type Command, Option } from 'commander';
import { generatorNames } from '../../generate/generators.ts';
import type { EffectsName } from '../../simulator/choice-model.ts';
import type { SizeRange } from '../../simulator/simulation-options.ts';
import { type ShiftName, shiftDefault, shiftNames } from '../../simulator/visits/shift-tastes.ts';
import { visitsDefaults } from '../../simulator/visits/visits-options.ts';
import { UsageError } from '../exit-codes.ts';
import { jsonObject, positiveNumber, wholeNumber } from './options.ts';
import { slatewiseUrl } from './server-url.ts';

/** What `simulate --live` is told. */
export interface SimulateLiveArguments {
  readonly seed: number;
  readonly items: number;
  readonly users: number;
  readonly size: number | SizeRange;
  readonly effects: EffectsName;
  readonly base: number;
  readonly json?: boolean;
  /** Absent: a log is written instead. */
  readonly live?: string;
  readonly key?: string;
  readonly rate?: number;
  readonly days: number;
  readonly firstDay: number;
  readonly visits: number;
  readonly candidates: number;
  readonly shiftDay?: number;
  readonly shift: ShiftName;
  readonly newItemsPerDay: number;
  readonly outage: number;
  readonly ask: 'generate' | 'rank';
  readonly generator: string;
  /** Judged by the server. */
  readonly explore?: unknown;
  readonly best: boolean;
}

/** Those that mean nothing without a server. */
const ONLY_LIVE = [
  ...['key', 'rate', 'days', 'firstDay', 'visits', 'candidates', 'shiftDay', 'shift', 'newItemsPerDay'],
  ...['outage', 'ask', 'generator', 'explore', 'best'],
] as const;
/** Those of a log. */
const ONLY_LOG = ['impressions', 'propensities', 'policy', 'scene', 'out', 'truth'] as const;

export function addLiveOptions(command: Command): Command {
  const { visits, candidates } = visitsDefaults;
  return command
    .option(
      '--live <url>',
      'play the market against the server at this address, instead of writing a log',
      slatewiseUrl,
    )
    .option('--key <key>', 'with --live: its key, of the scopes rank and events')
    .option('--rate <n>', 'with --live: visits a second (default: as fast as the server answers)', positiveNumber)
    .option('--days <n>', 'with --live: simulated days', wholeNumber(1), 1)
    .option(
      '--first-day <n>',
      'with --live: the first of them, to go on after days that were played',
      wholeNumber(1),
      1,
    )
    .option('--visits <n>', 'with --live: visits of each day', wholeNumber(1), visits)
    .option('--candidates <n>', 'with --live: items that each list is made of', wholeNumber(1), candidates)
    .option('--shift-day <n>', 'with --live: from this day on all users have other tastes', wholeNumber(1))
    .addOption(
      new Option(
        '--shift <how>',
        'with --live: what they like then of a category is what they liked of another (moved), or what they liked best they like least (reversed)',
      )
        .choices(shiftNames)
        .default(shiftDefault),
    )
    .option('--new-items-per-day <n>', 'with --live: items that come on sale each day', wholeNumber(0), 0)
    .option('--outage <seconds>', 'with --live: how long the server may be away', positiveNumber, 60)
    .addOption(
      new Option('--ask <route>', 'with --live: have lists composed, or all candidates ranked and show the first')
        .choices(['generate', 'rank'])
        .default('generate'),
    )
    .addOption(
      new Option(
        '--generator <name>',
        'with --live: what finds the lists, as /v1/generate takes it; greedy is fast, beam+swap finds better lists in some 30 times the time',
      )
        .choices(generatorNames.filter((name) => name !== 'pointer'))
        .default('greedy'),
    )
    .option('--explore <json>', 'with --live: how lists are explored, as /v1/generate takes it', jsonObject)
    .option('--no-best', 'with --live: leave out the best lists by the truth, which take time to find');
}

/** Throws `UsageError` for options that would be passed over in silence. */
export function checkLiveOptions(options: SimulateLiveArguments, command: Command): void {
  const given = (name: string): boolean => command.getOptionValueSource(name) === 'cli';
  const spelt = (name: string): string =>
    name === 'best' ? '--no-best' : `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const isLive = options.live !== undefined;
  const odd = (isLive ? ONLY_LOG : ONLY_LIVE).find(given);
  if (odd !== undefined)
    throw new UsageError(
      `${spelt(odd)}: expected ${isLive ? 'without' : 'with'} --live, found it ${isLive ? 'beside' : 'without'} it; leave it out`,
    );
  if (!isLive) return;
  const { size, candidates, items, ask, explore, shiftDay } = options;
  if (typeof size !== 'number')
    throw new UsageError(`--size: expected one number with --live, found ${size.from}-${size.to}; name one`);
  if (size > candidates || candidates > items)
    throw new UsageError(
      `--candidates: expected from the ${size} items of a list to the ${items} on sale, found ${candidates}; change one of --size, --candidates and --items`,
    );
  if (options.rate === 0) throw new UsageError('--rate: expected a number above 0, found 0; leave it out for no limit');
  if (shiftDay === undefined && given('shift'))
    throw new UsageError('--shift: expected with --shift-day, found none; name the day, or leave it out');
  if (ask === 'rank' && given('generator'))
    throw new UsageError('--generator: expected with --ask generate, found --ask rank; leave one of the two out');
  if (ask === 'rank' && explore !== undefined)
    throw new UsageError('--explore: expected with --ask generate, found --ask rank; leave one of the two out');
}
