import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../slate/experiment.ts';
import { assignedTo, modelsOf, variantOf } from './assign.ts';

const two = (given: Partial<Experiment> = {}): Experiment => ({
  ...{ name: 'order', coverage: 1 },
  variants: [
    { name: 'old', share: 0.5 },
    { name: 'new', share: 0.5, model: 'b' },
  ],
  ...given,
});
const users = Array.from({ length: 20_000 }, (_, at) => `user u${at}`);
const shareOfUsers = (is: (user: string) => boolean): number => users.filter(is).length / users.length;
const named = (experiment: Experiment, user: string): string | undefined => variantOf(experiment, user)?.name;

describe('a variant', () => {
  it('has its share of the users, the same ones each time', () => {
    expect(shareOfUsers((user) => named(two(), user) === 'new')).toBeCloseTo(0.5, 1);
    const uneven = two({
      variants: [
        { name: 'old', share: 0.9 },
        { name: 'new', share: 0.1 },
      ],
    });
    const share = shareOfUsers((user) => named(uneven, user) === 'new');
    expect(Math.abs(share - 0.1)).toBeLessThan(0.01);
    // Written down: another hash would move every user of every running experiment.
    expect(['user u0', 'user u1', 'user u2', 'user u3'].map((user) => named(two(), user))).toMatchInlineSnapshot(`
      [
        "new",
        "old",
        "old",
        "old",
      ]
    `);
  });

  it('keeps its users while more take part', () => {
    const [few, all] = [two({ coverage: 0.2 }), two()];
    expect(Math.abs(shareOfUsers((user) => named(few, user) !== undefined) - 0.2)).toBeLessThan(0.01);
    expect(users.filter((user) => ![undefined, named(all, user)].includes(named(few, user)))).toEqual([]);
  });

  it('of one experiment tells nothing of that of another, unless both are parts of a group', () => {
    const [one, other] = [two(), two({ name: 'colour' })];
    expect(Math.abs(shareOfUsers((user) => named(one, user) === named(other, user)) - 0.5)).toBeLessThan(0.02);
    const inGroup = (name: string, from: number, to: number): Experiment =>
      two({ name, group: { name: 'g', from, to } });
    const [left, right] = [inGroup('left', 0, 0.4), inGroup('right', 0.4, 1)];
    expect(users.every((user) => (named(left, user) === undefined) !== (named(right, user) === undefined))).toBe(true);
  });

  it('of several experiments changes an answer in all its ways', () => {
    const rules = two({
      name: 'rules',
      variants: [{ name: 'strict', share: 1, rules: { unique: ['shop'] } }],
      shadows: ['b', 'c'],
    });
    const user = users.find((each) => named(two(), each) === 'new') ?? '';
    expect(assignedTo([two(), rules], user)).toEqual({
      ...{ model: 'b', rules: { unique: ['shop'] }, shadows: ['c'] },
      experiments: { order: 'new', rules: 'strict' },
    });
    expect(assignedTo([two({ coverage: 0 })], user)).toBeUndefined();
    expect(modelsOf([two(), rules])).toEqual(['b', 'c']);
  });
});
