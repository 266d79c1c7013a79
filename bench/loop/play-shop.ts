/**
 * Plays the days of one shop of one market, with the shift of tastes and without it, in a process of its own: `bench/loop.ts` starts it.
 *
 *     play-shop.ts <name of the shop> <setup as JSON> <file for the result>
 */
import { rename, writeFile } from 'node:fs/promises';
import { playMarket } from '../../src/jobs/play/play-market.ts';
import { bestByTruth } from '../../src/jobs/play/true-best.ts';
import { type VisitedMarket, visitedMarket } from '../../src/simulator/visits/visited-market.ts';
import { botsOf } from './broken-day.ts';
import { countingShop } from './counting-shop.ts';
import { modelShop } from './model-shop.ts';
import type { NightlyShop } from './nightly-shop.ts';
import {
  type LoopSetup,
  type Night,
  type PlayedDays,
  type PlayedShop,
  type ShopKind,
  shopKinds,
  TRUTH,
} from './setup.ts';

const [name = '', given = '{}', file = ''] = process.argv.slice(2);
const setup: LoopSetup = JSON.parse(given);
const { days, size, brokenDay, twinDays } = setup;
const { shiftDay, shift, ...plain } = setup.market;
/** Until the shift both are the same. */
const markets = { shifted: visitedMarket({ ...plain, shiftDay, shift }), twin: visitedMarket(plain) };
const twinSpan = { from: shiftDay, to: shiftDay + twinDays - 1 };
const kind = shopKinds.find((each) => each.name === name);
const started = performance.now();
let trained = 0;
const played = kind ? await playShop(kind) : await bestOfBoth();
const seconds = (performance.now() - started) / 1000;
const result: PlayedShop = { name, setup, ...played, trained, seconds };
// At once as a whole: a file that is there is done.
await writeFile(`${file}.new`, `${JSON.stringify(result)}\n`);
await rename(`${file}.new`, file);

type Both = Pick<PlayedShop, 'shifted' | 'twin'>;

async function playShop(shopKind: ShopKind): Promise<Both> {
  const { recipe } = shopKind;
  await using shop =
    recipe === undefined ? countingShop(shopKind, setup) : await modelShop({ ...shopKind, recipe }, setup);
  const before = await playDays(markets.twin, shop, { from: 1, to: shiftDay - 1 });
  await using other = await shop.fork();
  return {
    shifted: after(before, await playDays(markets.shifted, shop, { from: shiftDay, to: days })),
    twin: after(before, await playDays(markets.twin, other, twinSpan)),
  };
}

/** A function: what stands above is done before any constant below is there. */
function after(before: PlayedDays, rest: PlayedDays): PlayedDays {
  return { expected: [...before.expected, ...rest.expected], nights: [...before.nights, ...rest.nights] };
}

async function playDays(
  market: VisitedMarket,
  shop: NightlyShop,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<PlayedDays> {
  const nights: Night[] = [];
  const found = await playMarket(market, shop, {
    ...{ size, firstDay: from, days: to - from + 1, goesOn: from > 1 },
    async onDay({ day, expected }) {
      if (day === brokenDay) await shop.tell(botsOf(day, market.visitsOf(day), size));
      // The last night of all days, or of the twin's, answers nobody.
      if (day === to && from > 1) return;
      const began = performance.now();
      const night = await shop.night(day);
      nights.push(night);
      const took = (performance.now() - began) / 1000;
      trained += took;
      const told = [night.outcome, ...(night.reasons ?? [])].join('; ');
      process.stderr.write(
        `${plain.seed} ${name}: day ${day}, ${expected.toFixed(3)} clicks a list; night ${took.toFixed(1)} s: ${told}\n`,
      );
    },
  });
  return { expected: found.map(({ expected }) => expected), nights };
}

/** The best lists need no shop: only who comes, and for which candidates. */
async function bestOfBoth(): Promise<Both> {
  if (name !== TRUTH) throw new Error(`play-shop: expected a shop of setup.ts, found "${name}"`);
  const before = await bestOfDays(markets.twin, { from: 1, to: shiftDay - 1 });
  return {
    shifted: after(before, await bestOfDays(markets.shifted, { from: shiftDay, to: days })),
    twin: after(before, await bestOfDays(markets.twin, twinSpan)),
  };
}

async function bestOfDays(
  market: VisitedMarket,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<PlayedDays> {
  const expected: number[] = [];
  for (let day = from; day <= to; day++) {
    const visits = market.visitsOf(day);
    let sum = 0;
    for (const visit of visits) sum += await bestByTruth(market, visit, size);
    expected.push(sum / visits.length);
  }
  return { expected, nights: [] };
}
