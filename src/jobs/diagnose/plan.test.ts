import { describe, expect, it } from 'vitest';
import { planDiagnosis, sharedLists } from './plan.ts';

describe('the plan of a diagnosis', () => {
  it('of a log of some thousand lists is all of it, but for what is trained a dozen times', () => {
    const plan = planDiagnosis({ lists: 5731, shownItems: 137_544, epochs: 14 });
    expect(plan).toMatchObject({ lists: 5731, shares: [0.125, 0.25, 0.5, 1], epochs: 14, studied: 0.125 });
    expect(plan.bareLists).toBe(333);
    expect(plan.subsampled).toEqual([
      'Second tasks and cleaned data were compared on 12.5 % of the training lists, 716.',
      'Trainings without regularisation read 333 of 5731 training lists.',
    ]);
  });

  it('of a small log leaves nothing out, and takes no part that is too small to learn from', () => {
    const plan = planDiagnosis({ lists: 100, shownItems: 1000, epochs: 14 });
    expect(plan).toMatchObject({ lists: 100, shares: [0.25, 0.5, 1], studied: 1, bareLists: 100, subsampled: [] });
  });

  it.each([
    [70_000, 10],
    [1_000_000, 10],
    [1_000_000, 30],
  ])('of %s lists of %s reads no more than a few minutes can', (lists, length) => {
    const plan = planDiagnosis({ lists, shownItems: lists * length, epochs: 14 });
    expect(plan.lists * length * plan.epochs).toBeLessThanOrEqual(3.5e6);
    expect(sharedLists(plan, plan.studied) * length).toBeLessThan(1.2e5);
    expect(plan.bareLists * length).toBeLessThanOrEqual(2.4e4);
    expect(plan.epochs).toBeGreaterThanOrEqual(4);
    expect(plan.subsampled.join(' ')).toContain(
      `${plan.lists < lists ? `Of ${lists} training lists ${plan.lists}` : 'instead of 14'}`,
    );
  });
});
