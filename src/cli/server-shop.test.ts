/** The simulated market against a server in this process, with models, a journal and HTTP as `serve` has them. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ended } from '../../test/command-ending.ts';
import { encodedMarket } from '../../test/encoded-market.ts';
import type { PlayedDay } from '../jobs/play/day-tally.ts';
import { playMarket } from '../jobs/play/play-market.ts';
import { saveModel } from '../scoring/model-folder.ts';
import { createHost } from '../serve/host/create-host.ts';
import type { Host } from '../serve/host.ts';
import { type RunningServer, startServer } from '../serve/http/start-server.ts';
import { visitedMarket } from '../simulator/visits/visited-market.ts';
import { visitsDefaults } from '../simulator/visits/visits-options.ts';
import { type ServerShop, type ServerShopOptions, serverShop } from './server-shop.ts';

const market = visitedMarket({ ...visitsDefaults, seed: 5, users: 50, visits: 12, candidates: 8 });
let models = '';

beforeAll(async () => {
  models = await mkdtemp(join(tmpdir(), 'visited-models-'));
  const { scorer } = await encodedMarket();
  const figures = { logLoss: 0.5, rocAuc: 0.7, ndcgAt10: 0.6 };
  const report = {
    ...{ recipe: 'attention', seed: 1, fields: {}, validation: figures },
    lists: { train: 100, validation: 50, test: 50 },
    epochs: { trained: 1, kept: 1 },
  };
  await saveModel(join(models, 'a'), { ...scorer, card: { ...scorer.card, report } as typeof scorer.card });
}, 60_000);

interface Served {
  readonly host: Host;
  readonly server: RunningServer;
}

async function serve(journal: string, port = 0): Promise<Served> {
  const host = await createHost({ models, journal, durability: 'process', warn: () => undefined });
  return { host, server: await startServer(host, { port }) };
}

async function end({ host, server }: Served): Promise<void> {
  await server.stop();
  await host.close();
}

const shopAt = (url: string, options: Partial<ServerShopOptions> = {}): ServerShop =>
  serverShop({ url, ask: 'generate', patience: 20_000, note: () => undefined, ...options });

const newJournal = async (): Promise<string> => join(await mkdtemp(join(tmpdir(), 'visited-')), 'journal');

interface Run {
  readonly days: readonly PlayedDay[];
  readonly shop: ServerShop;
  readonly sequence: number;
}

/** Two days on a journal of its own. */
async function play(options: Partial<ServerShopOptions> = {}): Promise<Run> {
  const served = await serve(await newJournal());
  try {
    const shop = shopAt(served.server.url, options);
    const days = await playMarket(market, shop, { size: 4, firstDay: 1, days: 2 });
    return { days, shop, sequence: served.host.sequence };
  } finally {
    await end(served);
  }
}

describe('the market against a server', () => {
  it('is the same run twice where the server is the same', async () => {
    const first = await play();
    expect(first.days.map(({ lists }) => lists)).toEqual([12, 12]);
    expect(first.days[0].clicks + first.days[1].clicks).toBeGreaterThan(0);
    expect(first.shop.facts).toEqual({ outages: 0, cut: 0, knownBefore: 0 });
    const { days, sequence } = await play();
    expect(days).toEqual(first.days);
    expect(sequence).toBe(first.sequence);
  }, 60_000);

  it('goes through an outage as if there had been none', async () => {
    const unharmed = await play();
    const journal = await newJournal();
    let served = await serve(journal);
    const port = Number(new URL(served.server.url).port);
    const notes: string[] = [];
    const shop = shopAt(served.server.url, { note: (note) => void notes.push(note) });
    let back: Promise<void> | undefined;
    const days = await playMarket(market, shop, {
      ...{ size: 4, firstDay: 1, days: 2 },
      onVisit(done) {
        if (done !== 7) return;
        back = end(served).then(async () => {
          served = await serve(journal, port);
        });
      },
    });
    await back;
    const { sequence } = served.host;
    await end(served);
    expect(days).toEqual(unharmed.days);
    expect(sequence).toBe(unharmed.sequence);
    expect(shop.facts.outages).toBeGreaterThan(0);
    expect(notes[0]).toMatch(/trying again for 20 s$/);
  }, 60_000);

  it('ends with a sentence where the server stays away', async () => {
    const served = await serve(await newJournal());
    const shop = shopAt(served.server.url, { patience: 100 });
    await end(served);
    await expect(playMarket(market, shop, { size: 4, firstDay: 1, days: 1 })).rejects.toThrow(
      /expected an answer, found none; check that the server runs/,
    );
  }, 60_000);

  it('shows the first of all ranked candidates where it is to rank', async () => {
    const composed = await play();
    const ranked = await play({ ask: 'rank' });
    expect(ranked.days.map(({ lists }) => lists)).toEqual([12, 12]);
    expect(ranked.days.map(({ expected }) => expected)).not.toEqual(composed.days.map(({ expected }) => expected));
  }, 60_000);

  it('tells how probable an explored list was, and of days that were played before', async () => {
    const served = await serve(await newJournal());
    try {
      const explore = { policy: 'epsilon', epsilon: 0.5 } as const;
      const shop = shopAt(served.server.url, { explore });
      const [visit] = market.visitsOf(1);
      await shop.tell(market.everythingOn(1));
      const list = await shop.show(visit, 4);
      expect(list.policy).toMatch(/^epsilon=0.5 generator=beam\+swap/);
      const fast = await shopAt(served.server.url, { explore, generator: 'greedy' }).show(visit, 4);
      expect(fast.policy).toBe('epsilon=0.5 generator=greedy');
      const product = list.items.reduce((all, { propensity = Number.NaN }) => all * propensity, 1);
      expect(list.propensity).toBeCloseTo(product, 12);
      await shop.tell(market.everythingOn(1));
      expect(shop.facts.knownBefore).toBe(market.everythingOn(1).length);
    } finally {
      await end(served);
    }
  }, 60_000);

  it('is a command, which prints a line a day, or all as JSON, and says where it is not to be had', async () => {
    const served = await serve(await newJournal());
    const { url } = served.server;
    const line = `simulate --live ${url} --seed 5 --users 50 --size 4 --visits 3 --candidates 6 --outage 0.1`;
    try {
      const day = await ended(`${line} --days 2`);
      expect(day).toMatchObject({ code: 0, said: '' });
      const [head, ...days] = day.printed.trimEnd().split('\n');
      expect(head).toMatch(/^day +lists +clicks a list +by the truth +best by the truth +regret +by item rate$/);
      expect(days.length).toBe(2);
      for (const each of days) {
        const [, lists, , expected, best, regret] = each.split(/ +/).map(Number);
        expect(lists).toBe(3);
        expect(regret).toBeGreaterThan(0);
        expect(Math.abs(best - expected - regret)).toBeLessThan(0.002);
      }
      const json = await ended(`${line} --first-day 3 --no-best --json`);
      expect(JSON.parse(json.printed)).toMatchObject({
        ...{ live: url, outages: 0, cut: 0 },
        days: [{ day: 3, lists: 3, best: null }],
      });
      const again = await ended(`${line} --first-day 3 --no-best`);
      expect(again.said).toMatch(
        /^the server knew \d+ events before: these days were played before; go on with --first-day/,
      );
    } finally {
      await end(served);
    }
    const away = await ended(line);
    expect(away.code).toBe(1);
    expect(away.said).toMatch(/error: http:\S+: expected an answer, found none; check that the server runs/);
  }, 60_000);
});
