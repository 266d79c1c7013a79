import { describe, expect, it } from 'vitest';
import { defineMetric, type OwnMetric } from './define-metric.ts';
import { type FormName, metricForms } from './metric.ts';
import { partStatistics, valuesOfPart } from './part-statistics.ts';
import type { ScoredPart } from './scored-part.ts';

const part: ScoredPart = {
  offsetsB: [0, 2],
  labelS: Uint8Array.of(1, 0),
  userB: Int32Array.of(0),
  users: 1,
  scale: 'probability',
  valueS: Float64Array.of(0.8, 0.2),
  threshold: 0.5,
};
const boom = new Error('boom');
const measure = (form: FormName, call: () => unknown, more: object = {}): number => {
  const words = { name: 'mine', title: 'mine', meaning: 'mine', higherIsBetter: true };
  const metric = defineMetric({ ...words, ...more, [form]: call } as unknown as OwnMetric);
  return valuesOfPart(partStatistics([metric], part)).mine;
};

describe.each(Object.keys(metricForms) as FormName[])('%s', (form) => {
  it.each<[unknown, string]>([
    [null, 'null; mend the function'],
    [Number.NaN, 'NaN; mend the function'],
    [Infinity, 'Infinity; mend the function'],
    ['0.5', '"0.5"; mend the function'],
    [true, 'true; mend the function'],
    [{}, '{}; mend the function'],
    [[0.5], '[0.5]; mend the function'],
    [10n, '10n; mend the function'],
    [Promise.resolve(0.5), 'a promise; write it without async'],
  ])('is told what it returned: %o', (answer, found) => {
    expect(() => measure(form, () => answer)).toThrow(
      expect.objectContaining({
        name: 'InputError',
        code: 'invalid-definition',
        message: `metric "mine": expected ${form} to return a finite number, or undefined where there is nothing to measure, found ${found}`,
      }),
    );
  });

  it('is told that it threw, and what', () => {
    const call = (): never => {
      throw boom;
    };
    expect(() => measure(form, call)).toThrow(
      expect.objectContaining({
        cause: boom,
        message: `metric "mine": expected ${form} to answer, found that it threw Error: boom; mend the function`,
      }),
    );
  });

  it('is told that its value lies outside of its range', () => {
    const range = [0, 0.5] as const;
    expect(measure(form, () => 0.5 + 1e-9, { range })).toBeCloseTo(0.5);
    for (const value of [-0.1, 0.6])
      expect(() => measure(form, () => value, { range })).toThrow(
        `metric "mine": expected ${form} to return values that make one in the range from 0 to 0.5, found ${value}; mend the function`,
      );
  });

  it('may return a number, or nothing where there is nothing to measure', () => {
    expect(measure(form, () => 0.5)).toBe(0.5);
    expect(measure(form, () => undefined)).toBeNaN();
  });
});
