/** As a program asks: over `slatewise/evaluate`. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { companyInLog, findEffects, type JudgeOptions, judgeWorth, whySilent } from '../../evaluate.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { silentReporter } from '../reporter.ts';
import { resolveRecipe, settingsDefaults } from '../settings.ts';

const small = { epochs: 1, model: { width: 4, feedForward: 4, blocks: 1, heads: 1, pieces: 0 } };
const settings = {
  ...settingsDefaults,
  recipes: { 'attention-bce': small, 'pointwise-bce': { epochs: 1, model: { width: 4 } } },
};
const [list, pointwise] = ['attention-bce', 'pointwise-bce'].map((name) => resolveRecipe(name, settings));
let prepared: Prepared;
let asked: JudgeOptions;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'judge-'));
  const log = join(folder, 'log.jsonl');
  await writeSimulation(simulateDrinks({ impressions: 200, seed: 3 }), { log });
  const reporter = silentReporter;
  prepared = await prepare(log, { settings, configs: [list, pointwise], cacheFolder: folder, reporter });
  asked = { list, pointwise, seeds: [1, 2], workers: 1, folder: join(folder, 'runs'), reporter };
});

it('a program asks whether the log can tell, what company is worth, and who lifts whom', async () => {
  expect(whySilent(await companyInLog(prepared.dataset))).toBeUndefined();
  const worth = await judgeWorth(prepared, asked);
  expect(worth).toMatchObject({ verdict: expect.stringMatching(/^(yes|no|open)$/), least: 0.01 });
  const effects = await findEffects(prepared, { ...asked, by: ['size'] });
  expect(effects?.families.map(({ by }) => by)).toEqual(['items', 'size']);
  expect(effects).toMatchObject({ lists: 40, rate: 0.1 });
});

it.each([
  [{ list: pointwise }, 'list: expected a config whose model sees the list, found "pointwise-bce"'],
  [{ pointwise: list }, 'pointwise: expected a config that scores item by item, found "attention-bce"'],
  [{ list: {} as never }, 'list: expected a config whose model sees the list, found none'],
  [{ reporter: undefined as never }, 'expected options, an object, found an object without "reporter"'],
])('refuses %o before it trains', async (changes, sentence) => {
  for (const ask of [judgeWorth, findEffects])
    await expect(ask(prepared, { ...asked, ...changes })).rejects.toMatchObject({
      code: 'invalid-option',
      message: expect.stringContaining(`${ask.name}: ${sentence}`),
    });
});

it('refuses one seed, which cannot show which model is better', async () => {
  await expect(judgeWorth(prepared, { ...asked, seeds: [1] })).rejects.toThrow('expected two seeds or more, found 1');
});
