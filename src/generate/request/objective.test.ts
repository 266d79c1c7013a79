import { describe, expect, it } from 'vitest';
import { plainCandidates } from '../../../test/set-value.ts';
import { InputError } from '../../slate/input-error.ts';
import { objectiveNamed, type ScoredPlaces } from './objective.ts';

const candidates = plainCandidates(4, (n) => ({ price: [100, 140, 150, -20][n], brand: 'b' }));
const scored: ScoredPlaces = { candidatesK: [2, 0, 3], probabilitiesK: [0.5, 0.25, 0.125], anyClick: () => 0.6 };
const empty: ScoredPlaces = { candidatesK: [], probabilitiesK: [], anyClick: () => 0 };

describe('objectiveNamed', () => {
  it.each<[string, string, number]>([
    ['clicks', 'expected clicks', 0.875],
    ['any', 'the chance of a click', 0.6],
    ['value:price', 'expected price', 0.5 * 150 + 0.25 * 100 - 0.125 * 20],
  ])('%s', (name, label, value) => {
    const objective = objectiveNamed(name, { candidates });
    expect(objective).toMatchObject({ name, label });
    expect(objective.value(scored)).toBeCloseTo(value, 12);
    expect(objective.value(empty)).toBe(0);
  });

  it('takes off the mean likeness of the pairs present', () => {
    const likeness = (a: number, b: number): number => (a + b) / 10;
    const objective = objectiveNamed('any', { candidates, diversity: 2, likeness });
    expect(objective.value(scored)).toBeCloseTo(0.6 - (2 * (0.2 + 0.5 + 0.3)) / 3, 12);
    expect(objective.label).toBe('the chance of a click less 2 x likeness');
    expect(objective.value({ candidatesK: [1], probabilitiesK: [0.5], anyClick: () => 0.5 })).toBe(0.5);
    expect(objective.value(empty)).toBe(0);
  });

  it.each(['', 'click', 'value:', 'value', 'Clicks'])('does not know "%s"', (name) => {
    expect(() => objectiveNamed(name, { candidates })).toThrow(
      `objective: expected one of clicks, any, value:<field>, found "${name}"`,
    );
  });

  it('names the candidate that lacks the field, or has no number there', () => {
    expect(() => objectiveNamed('value:margin', { candidates })).toThrow(InputError);
    expect(() => objectiveNamed('value:margin', { candidates })).toThrow('of every candidate, found none in i0');
    expect(() => objectiveNamed('value:toString', { candidates })).toThrow('found none in i0');
    expect(() => objectiveNamed('value:brand', { candidates })).toThrow('found "b" in i0');
  });

  it.each([-1, Number.NaN, Infinity])('refuses a diversity of %s', (diversity) => {
    expect(() => objectiveNamed('clicks', { candidates, diversity, likeness: () => 0 })).toThrow('diversity: expected');
  });
});
