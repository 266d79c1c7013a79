import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { encodedMarket } from '../../../test/encoded-market.ts';
import type { Generator } from '../../generate/generator.ts';
import { generatorNamed } from '../../generate/generators.ts';
import type { GeneratorReport } from '../../measure/generator-report.ts';
import { generatorText } from '../../print/text/generator-text.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import { simulationDefaults } from '../../simulator/simulation-options.ts';
import { trueMarket } from '../../simulator/true-market.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { silentReporter } from '../reporter.ts';
import { evaluateOnMarket, type MarketTrialOptions } from './evaluate-on-market.ts';
import { BEST_BY_TRUTH } from './market-truth.ts';

/** As `encodedMarket` makes it. */
const simulation = { ...simulationDefaults, seed: 5 };
let stored: StoredModel;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'market-trial-'));
  stored = (await encodedMarket(60)).scorer;
});

async function truthOf(name: string, header: unknown): Promise<string> {
  await writeFile(join(folder, name), `${JSON.stringify(header)}\n`);
  return join(folder, name);
}

async function onMarket(options: Partial<MarketTrialOptions> = {}): Promise<GeneratorReport> {
  return evaluateOnMarket(stored, {
    generators: ['top', 'exhaustive'].map((name) => ({ name, generator: generatorNamed(name) })),
    size: 2,
    candidates: 6,
    requests: 12,
    gap: true,
    objective: 'clicks',
    seed: 1,
    workers: 1,
    command: 'test',
    reporter: silentReporter,
    truth: await truthOf('truth.jsonl', { simulation }),
    ...options,
  });
}

const meansOf = ({ rows }: GeneratorReport, name: string): Record<string, number> =>
  Object.fromEntries(
    Object.entries(rows.find((row) => row.name === name)?.cells ?? {}).map(([id, { mean }]) => [id, mean]),
  );

it('values slates by the truth, and by the scorer that made them', async () => {
  const report = await onMarket();
  expect(report.rows.map(({ name }) => name)).toEqual(['top', 'exhaustive', BEST_BY_TRUTH]);
  const [top, exhaustive, best] = report.rows.map(({ name }) => meansOf(report, name));
  expect(exhaustive.ofScorer).toBe(100);
  expect(top.ofScorer).toBeGreaterThan(0);
  expect(top.ofScorer).toBeLessThanOrEqual(100);
  expect(best.regret).toBe(0);
  for (const { clicks, regret } of [top, exhaustive]) {
    expect(clicks).toBeLessThan(best.clicks);
    expect(regret).toBeGreaterThan(0);
  }
});

it('knows the best slate by the truth: what trying every pair says', async () => {
  const asked = new Map<string, RankingEvent>();
  const recorder: Generator = {
    name: 'recorder',
    async generate({ request, value }) {
      asked.set(request.id, request);
      const places = Int32Array.of(0, 1);
      return [{ places, value: (await value([places]))[0] }];
    },
  };
  const report = await onMarket({ generators: [{ name: 'recorder', generator: recorder }], gap: false });
  expect(asked.size).toBe(12);
  const market = trueMarket(simulation);
  const clicks = (user: string, ids: readonly string[]): number =>
    market.probabilities(user, ids).reduce((sum, probability) => sum + probability, 0);
  const bests = [...asked.values()].map(({ user, items }) =>
    Math.max(
      ...items.flatMap(({ id }) => items.flatMap((other) => (other.id === id ? [] : clicks(user, [id, other.id])))),
    ),
  );
  const firsts = [...asked.values()].map(({ user, items }) => clicks(user, [items[0].id, items[1].id]));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(meansOf(report, BEST_BY_TRUTH).clicks).toBeCloseTo(mean(bests), 5);
  expect(meansOf(report, 'recorder').clicks).toBeCloseTo(mean(firsts), 9);
  expect(meansOf(report, 'recorder').regret).toBeCloseTo(
    mean(firsts.map((first, at) => 100 * (1 - first / bests[at]))),
    3,
  );
});

it.each(['any', 'value:price'])('values slates by the true %s where that is asked for', async (objective) => {
  const asked = new Map<string, RankingEvent>();
  const recorder: Generator = {
    name: 'recorder',
    async generate({ request, value }) {
      asked.set(request.id, request);
      const places = Int32Array.of(1, 0);
      return [{ places, value: (await value([places]))[0] }];
    },
  };
  const report = await onMarket({ objective, generators: [{ name: 'recorder', generator: recorder }], gap: false });
  const market = trueMarket(simulation);
  const priceOf = (id: string): number => market.items.find((item) => item.id === id)?.fields.price as number;
  const worth = (user: string, ids: readonly [string, string]): number => {
    const [first, second] = market.probabilities(user, ids);
    return objective === 'any' ? first + second - first * second : first * priceOf(ids[0]) + second * priceOf(ids[1]);
  };
  const values = [...asked.values()].map(({ user, items }) => worth(user, [items[1].id, items[0].id]));
  const bests = [...asked.values()].map(({ user, items }) =>
    Math.max(
      ...items.flatMap(({ id }) => items.flatMap((other) => (other.id === id ? [] : worth(user, [id, other.id])))),
    ),
  );
  const mean = (each: readonly number[]): number => each.reduce((sum, value) => sum + value, 0) / each.length;
  expect(meansOf(report, 'recorder').value).toBeCloseTo(mean(values), 9);
  expect(meansOf(report, BEST_BY_TRUTH).value / mean(bests)).toBeCloseTo(1, 6);
  expect(meansOf(report, BEST_BY_TRUTH).regret).toBe(0);
  const regrets = values.map((value, at) => 100 * (1 - value / bests[at]));
  expect(meansOf(report, 'recorder').regret).toBeCloseTo(mean(regrets), 3);
  const label = objective === 'any' ? 'the chance of a click' : 'expected price';
  const text = generatorText(report);
  expect(text).toContain(`${label} by the simulator's truth`);
  expect(text.replace(/\s+/g, ' ')).toContain(`is worth ${label} by the true click probabilities`);
  expect(report.measures.map(({ id }) => id)).toEqual(['clicks', 'value', 'regret', 'milliseconds']);
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
});

it('measures all against the best items of another model, where one is given', async () => {
  const report = await onMarket({ against: { name: 'other, top', generator: generatorNamed('top'), stored } });
  expect(report.baseline).toBe('other, top');
  const [other, top] = report.rows;
  expect(other.cells.clicks.difference).toBeNull();
  expect(top.cells.clicks.difference).toMatchObject({ value: 0, low: 0, high: 0, excludesZero: false });
});

it('is the same for the same seed, but for the time it took', async () => {
  const [one, two] = [await onMarket(), await onMarket()];
  const figures = (report: GeneratorReport) => report.rows.map(({ cells: { milliseconds: _, ...rest } }) => rest);
  expect(figures(one)).toEqual(figures(two));
});

it('refuses another market, a truth that names none, and more candidates than there are', async () => {
  const other = await truthOf('other.jsonl', { simulation: { ...simulation, seed: 6 } });
  await expect(onMarket({ truth: other })).rejects.toThrow(/other.jsonl: expected the market .* item i1 is/);
  const headless = await truthOf('headless.jsonl', { list: 'r1', items: [] });
  await expect(onMarket({ truth: headless })).rejects.toThrow('found none there');
  const hollow = await truthOf('hollow.jsonl', { simulation: { seed: 1 } });
  await expect(onMarket({ truth: hollow })).rejects.toThrow('found items: Invalid input');
  await expect(onMarket({ candidates: 401 })).rejects.toThrow('at most the 400 items of the market, found 401');
  await expect(onMarket({ candidates: 401 })).rejects.toThrow(InputError);
  await expect(onMarket({ objective: 'value:colour' })).rejects.toThrow('in the field "colour" of every candidate');
  await expect(onMarket({ signal: AbortSignal.abort() })).rejects.toThrow('abort');
});
