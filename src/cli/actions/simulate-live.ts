import type { PlayedDay } from '../../jobs/play/day-tally.ts';
import { playMarket } from '../../jobs/play/play-market.ts';
import { bestByTruth } from '../../jobs/play/true-best.ts';
import type { GenerateBody } from '../../serve/client/body-types.ts';
import { visitedMarket } from '../../simulator/visits/visited-market.ts';
import { worldDefaults } from '../../simulator/world.ts';
import { Interrupted } from '../exit-codes.ts';
import { abortOnInterrupt } from '../interrupt.ts';
import type { SimulateLiveArguments } from '../options/live-options.ts';
import { printJson } from '../print-json.ts';
import { createReporter } from '../progress.ts';
import { type ServerShopFacts, serverShop } from '../server-shop.ts';

/** Plays the market against a server until its days are over; the day under way counts for nothing where it is interrupted. */
export async function runSimulateLive(options: SimulateLiveArguments & { readonly live: string }): Promise<void> {
  const { seed, items, users, effects, base, visits, candidates, shiftDay, shift, newItemsPerDay: newItems } = options;
  const { days, firstDay, rate, live: url } = options;
  const size = options.size as number;
  const reporter = createReporter();
  const signal = abortOnInterrupt();
  const market = visitedMarket({
    ...{ ...worldDefaults, seed, items, users, effects, base },
    ...{ visits, candidates, shiftDay, shift, newItems },
  });
  const shop = serverShop({
    ...{ url, key: options.key, ask: options.ask, patience: 1000 * options.outage, note: reporter.note, signal },
    generator: options.generator as GenerateBody['generator'],
    explore: options.explore as GenerateBody['explore'],
  });
  if (!options.json) process.stdout.write(`${HEAD}\n`);
  const played = await playMarket(market, shop, {
    ...{ size, firstDay, days, rate, signal },
    best: options.best ? (visit) => bestByTruth(market, visit, size) : undefined,
    onVisit: (done) => reporter.progress({ task: 'visits', done, total: days * visits, unit: 'lists' }),
    onDay(day) {
      if (!options.json) process.stdout.write(`${lineOf(day)}\n`);
    },
  }).catch((error: unknown) => {
    throw signal.aborted
      ? new Interrupted('interrupted; what was told stays told, and days that are over go on with --first-day')
      : error;
  });
  reporter.done('visits');
  for (const note of notesOf(shop.facts)) reporter.note(note);
  if (options.json) printJson({ live: url, days: played, ...shop.facts });
}

const HEAD = 'day   lists  clicks a list  by the truth  best by the truth  regret  by item rate';

const lineOf = ({ day, lists, clicks, expected, best, itemRate }: PlayedDay): string =>
  [
    String(day).padEnd(3),
    String(lists).padStart(8),
    clicks.toFixed(3).padStart(15),
    expected.toFixed(3).padStart(14),
    (best === null ? '-' : best.toFixed(3)).padStart(19),
    (best === null ? '-' : (best - expected).toFixed(3)).padStart(8),
    itemRate.toFixed(3).padStart(14),
  ].join('');

function notesOf({ outages, cut, knownBefore }: ServerShopFacts): readonly string[] {
  return [
    ...(outages > 0 ? [`the server was away ${outages} times; all that was told is told`] : []),
    ...(cut > 0 ? [`${cut} searches were ended by the clock: another run may be answered otherwise`] : []),
    ...(knownBefore > 0
      ? [`the server knew ${knownBefore} events before: these days were played before; go on with --first-day`]
      : []),
  ];
}
