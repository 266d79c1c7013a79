import { describe, expect, it } from 'vitest';
import { defineMetric, type OwnMetric } from './define-metric.ts';

const words = { name: 'firstHit', title: 'first hit', meaning: 'clicks on the first', higherIsBetter: true };
const one = (): number => 1;

describe('defineMetric', () => {
  it('fills in what was left out, and stands in a group of its own', () => {
    expect(defineMetric({ ...words, ofSlate: one })).toEqual({
      ...words,
      kind: 'metric',
      group: 'own',
      range: [-Infinity, Infinity],
      toldIn: ['plots', 'headline'],
      ofSlate: expect.any(Function),
    });
  });

  it.each([
    [{ name: 'first hit', ofSlate: one }, /^metric: expected a name of .* found "first hit"; rename it$/],
    [{ title: ' ', ofSlate: one }, /^metric "firstHit": title: expected some words, found " "/],
    [{}, /^metric "firstHit": expected one function of ofSlate, .*, found nothing;/],
    [{ ofSlate: one, ofItem: one }, /found ofSlate and ofItem; give one/],
    [{ ofSlate: 3 }, /expected one function of/],
    [
      { range: [1, 0], ofSlate: one },
      /range: expected \[lowest, highest\], two numbers with the lower one first, found \[1, 0\]/,
    ],
    [{ digits: 1.5, ofSlate: one }, /digits: expected a whole number from 0 to 12, found 1.5/],
  ])('refuses %o', (change, message) => {
    expect(() => defineMetric({ ...words, ...change } as unknown as OwnMetric)).toThrow(message);
  });
});
