/**
 * Plays the days of one shop, in a process of its own: `bench/loop.ts` starts it.
 *
 *     play-shop.ts <name of the shop> <setup as JSON> <file for the result>
 */
import { writeFile } from 'node:fs/promises';
import type { PlayedDay } from '../../src/jobs/play/day-tally.ts';
import { playMarket } from '../../src/jobs/play/play-market.ts';
import { bestByTruth } from '../../src/jobs/play/true-best.ts';
import { visitedMarket } from '../../src/simulator/visits/visited-market.ts';
import { botsOf } from './broken-day.ts';
import { nightlyShop } from './nightly-shop.ts';
import { type LoopSetup, type PlayedShop, type RefusedNight, type ShopKind, shopKinds, TRUTH } from './setup.ts';

const [name = '', given = '{}', file = ''] = process.argv.slice(2);
const setup: LoopSetup = JSON.parse(given);
const { days, size, window, workers } = setup;
const market = visitedMarket(setup.market);
const kind = shopKinds.find((each) => each.name === name);
const started = performance.now();
const refused: RefusedNight[] = [];
let trained = 0;
const played = kind ? await playShop(kind) : await bestOfDays();
const seconds = (performance.now() - started) / 1000;
const result: PlayedShop = { name, setup, days: played, refused, trained, seconds };
await writeFile(file, `${JSON.stringify(result)}\n`);

async function playShop(shopKind: ShopKind): Promise<readonly PlayedDay[]> {
  await using shop = nightlyShop(shopKind, { seed: setup.market.seed, window, workers });
  return playMarket(market, shop, {
    ...{ size, firstDay: 1, days },
    async onDay(day) {
      const night = performance.now();
      if (day.day === setup.brokenDay) await shop.tell(botsOf(day.day, market.visitsOf(day.day), size));
      const reasons = day.day < days ? await shop.night(day.day) : [];
      if (reasons.length > 0) refused.push({ day: day.day, reasons });
      for (const reason of reasons) process.stderr.write(`${name}: day ${day.day} is not learned from: ${reason}\n`);
      const took = (performance.now() - night) / 1000;
      trained += took;
      process.stderr.write(
        `${name}: day ${day.day}, ${day.expected.toFixed(3)} clicks a list; night ${took.toFixed(1)} s\n`,
      );
    },
  });
}

/** The best lists need no shop: only who comes, and for which candidates. */
async function bestOfDays(): Promise<readonly PlayedDay[]> {
  if (name !== TRUTH) throw new Error(`play-shop: expected a shop of setup.ts, found "${name}"`);
  const told: PlayedDay[] = [];
  for (let day = 1; day <= days; day++) {
    const visits = market.visitsOf(day);
    let sum = 0;
    for (const visit of visits) sum += await bestByTruth(market, visit, size);
    const best = sum / visits.length;
    told.push({ day, lists: visits.length, clicks: Number.NaN, expected: best, best, itemRate: Number.NaN });
    process.stderr.write(`${name}: day ${day}, ${best.toFixed(3)} clicks a list\n`);
  }
  return told;
}
