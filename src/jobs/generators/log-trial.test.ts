import { beforeAll, expect, it } from 'vitest';
import { encodedMarket } from '../../../test/encoded-market.ts';
import { generatorNamed } from '../../generate/generators.ts';
import { ITEM_RATE, LOGGED_ORDER } from '../../measure/baselines.ts';
import type { GeneratorReport } from '../../measure/generator-report.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import type { RankedItem } from '../../slate/events.ts';
import type { Impression } from '../../slate/impression.ts';
import { silentReporter } from '../reporter.ts';
import { createLogTrial } from './log-trial.ts';

/** Knows no item and no click: all rates are equal, all items look alike. */
let stored: StoredModel;
beforeAll(async () => {
  const { scorer } = await encodedMarket(60);
  stored = { ...scorer, memory: scorer.memory.emptied() };
});

const LISTS = 30;
const NAMES = ['top', 'rerank', 'greedy', 'beam+swap'];

/** Six items as they were shown, at random by the policy that logged them; those of even number are clicked. */
function impression(list: number, ids: readonly number[]): Impression {
  const items = ids.map((n, k): RankedItem => ({ id: `i${n}`, fields: {}, position: k, propensity: 1 / (6 - k) }));
  return {
    ranking: { event: 'ranking', id: `r${list}`, time: 1.9e12, user: `u${list}`, fields: {}, items },
    clickTimesK: Float64Array.from(ids, (n) => (n % 2 === 0 ? 1.9e12 : -1)),
  };
}

async function judged(shown: readonly number[]): Promise<GeneratorReport> {
  const trial = await createLogTrial(stored, {
    generators: NAMES.map((name) => ({ name, generator: generatorNamed(name) })),
    ...{ size: 3, objective: 'clicks', seed: 1, workers: 1, command: 'test', reporter: silentReporter },
  });
  for (let list = 0; list < LISTS; list++) await trial.judge(impression(list, shown));
  await trial.close();
  return trial.report('log');
}

it('lets no policy read the order that was logged: not where rates are equal, not on the page of a re-ranker', async () => {
  const [one, other] = [await judged([0, 2, 4, 1, 3, 5]), await judged([5, 3, 1, 4, 2, 0])];
  const measured = (report: GeneratorReport, name: string, id: string): number =>
    report.rows.find((row) => row.name === name)?.cells[id].mean ?? Number.NaN;
  expect([one, other].map((report) => measured(report, LOGGED_ORDER, 'ticks'))).toEqual([3, 0]);
  for (const name of [ITEM_RATE, ...NAMES]) {
    expect(measured(one, name, 'ticks'), name).toBe(measured(other, name, 'ticks'));
    // 1 of 120 slates by chance.
    expect(measured(one, name, 'matched'), name).toBeLessThan(0.2);
    const row = one.offPolicy.find((each) => each.name === name);
    // Where no list agrees nothing is told.
    expect(row?.estimates.SIPS || 0, name).toBeCloseTo(120 * 3 * measured(one, name, 'matched'), 9);
  }
});
