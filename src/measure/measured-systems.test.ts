import { expect, it } from 'vitest';
import { measureSystems } from './measured-systems.ts';

const measures = [{ id: 'ticks', label: 'ticks', digits: 3 }];
const options = { measures, baseline: 'base', resamples: 400, level: 0.95, seed: 1 };
const system = (name: string, ticks: readonly number[]): { name: string; valuesL: { ticks: Float64Array } } => ({
  name,
  valuesL: { ticks: Float64Array.from(ticks) },
});

it('means leave out the lists to which a measure does not apply; differences are paired', () => {
  const userL = Int32Array.from([0, 0, 1, 2]);
  const rows = measureSystems([system('base', [1, 3, Number.NaN, 2]), system('other', [2, 4, Number.NaN, 3])], {
    ...options,
    userL,
  });
  expect(rows[0].cells.ticks.mean).toBe(2);
  expect(rows[0].cells.ticks.difference).toBeNull();
  // Every list gains exactly one: whatever is drawn, the difference is one.
  expect(rows[1].cells.ticks.difference).toEqual({ value: 1, low: 1, high: 1, excludesZero: true });
});

it('noise that is not paired with anything is no gain', () => {
  const lists = 60;
  const userL = Int32Array.from({ length: lists }, (_, list) => list);
  const noise = Array.from({ length: lists }, (_, list) => (list % 2 === 0 ? 1 : -1));
  const base = Array.from({ length: lists }, () => 0);
  const [, other] = measureSystems([system('base', base), system('other', noise)], { ...options, userL });
  const difference = other.cells.ticks.difference;
  expect(difference?.value).toBe(0);
  expect(difference?.excludesZero).toBe(false);
  // Mean of 60 coin flips: deviation 0.129, so a 95 % interval of about +-0.25.
  expect(difference?.high).toBeGreaterThan(0.18);
  expect(difference?.high).toBeLessThan(0.33);
});

it('differences of more systems are held together by wider intervals; means are not', () => {
  const userL = Int32Array.from({ length: 60 }, (_, list) => list);
  const noise = (shift: number): number[] => Array.from(userL, (list) => Math.sin(7 * list + shift));
  const base = system('base', noise(0));
  const rivals = [1, 2, 3, 4].map((shift) => system(`rival ${shift}`, noise(shift)));
  const [, alone] = measureSystems([base, rivals[0]], { ...options, userL });
  const [, among] = measureSystems([base, ...rivals], { ...options, userL });
  const widthOf = ({ cells }: typeof alone): number =>
    (cells.ticks.difference?.high ?? 0) - (cells.ticks.difference?.low ?? 0);
  // Normal quantiles at 0.9875 of each and at 0.95: 2.498 to 1.960.
  expect(widthOf(among) / widthOf(alone)).toBeGreaterThan(1.12);
  expect(widthOf(among) / widthOf(alone)).toBeLessThan(1.45);
  expect(among.cells.ticks.interval).toEqual(alone.cells.ticks.interval);
});

it('a baseline that is none of the systems is refused', () => {
  expect(() => measureSystems([system('other', [1])], { ...options, userL: Int32Array.from([0]) })).toThrow(/baseline/);
});
