import { expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { type MeasuredCell, measureSystems } from './measured-systems.ts';

const [LOGS, USERS, EACH] = [300, 60, 3];
const measures = [{ id: 'clicks', label: 'clicks', digits: 3 }];
const [BASE, GAIN] = [0.4, 0.1];

/** Clicks a list of two systems on the same lists; users lean both ways, and differ in what they gain. */
function rivalCell(seed: string): { base: MeasuredCell; rival: MeasuredCell } {
  const rng = createRng(seed);
  const userL = Int32Array.from({ length: USERS * EACH }, (_, l) => Math.floor(l / EACH));
  const leaningU = Array.from({ length: USERS }, () => 0.2 * rng.normal());
  const gainU = Array.from({ length: USERS }, () => GAIN + 0.1 * rng.normal());
  const clicksOf = (extra: (user: number) => number): Float64Array =>
    Float64Array.from(userL, (user) => BASE + leaningU[user] + extra(user) + 0.3 * rng.normal());
  const systems = [
    { name: 'base', valuesL: { clicks: clicksOf(() => 0) } },
    { name: 'rival', valuesL: { clicks: clicksOf((user) => gainU[user]) } },
  ];
  const options = { measures, userL, baseline: 'base', resamples: 150, level: 0.95, seed: LOGS };
  const [base, rival] = measureSystems(systems, options);
  return { base: base.cells.clicks, rival: rival.cells.clicks };
}

it('means and paired differences have intervals that hold the truth in about 95 of 100 logs', () => {
  let [means, differences] = [0, 0];
  for (let log = 0; log < LOGS; log++) {
    const { base, rival } = rivalCell(`log ${log}`);
    if (base.interval && base.interval.low <= BASE && BASE <= base.interval.high) means++;
    if (rival.difference && rival.difference.low <= GAIN && GAIN <= rival.difference.high) differences++;
  }
  // The deviation of a share of 95 % over 300 logs is 1.3 points.
  for (const held of [means, differences]) {
    expect(held / LOGS).toBeGreaterThan(0.91);
    expect(held / LOGS).toBeLessThan(0.985);
  }
});
