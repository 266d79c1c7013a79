import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { perUserAuc } from './per-user-auc.ts';
import { rocAuc } from './roc-auc.ts';

describe('perUserAuc', () => {
  it('is the mean of the AUCs of the users that have both classes', () => {
    const row = fc.record({ score: fc.nat(4), label: fc.constantFrom(0, 1), user: fc.nat(4) });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 50 }), (rows) => {
        const ofUsers = [0, 1, 2, 3, 4]
          .map((user) => rows.filter((r) => r.user === user))
          .filter((mine) => mine.length > 0)
          .map((mine) => ({
            size: mine.length,
            auc: rocAuc(
              mine.map((r) => r.score),
              mine.map((r) => r.label),
            ),
          }));
        const counted = ofUsers.filter(({ auc }) => !Number.isNaN(auc));
        const shown = counted.reduce((sum, { size }) => sum + size, 0);
        const got = perUserAuc(
          rows.map((r) => r.score),
          rows.map((r) => r.label),
          rows.map((r) => r.user),
        );
        expect(got.users).toBe(counted.length);
        expect(got.leftOut).toBe(ofUsers.length - counted.length);
        if (counted.length === 0) {
          expect([got.mean, got.weighted]).toEqual([Number.NaN, Number.NaN]);
          return;
        }
        expect(got.mean).toBeCloseTo(counted.reduce((sum, { auc }) => sum + auc, 0) / counted.length, 13);
        expect(got.weighted).toBeCloseTo(counted.reduce((sum, { auc, size }) => sum + auc * size, 0) / shown, 13);
      }),
    );
  });

  it("ignores a user's own level, which the overall AUC does not", () => {
    const scores = [10, 11, 1, 2];
    const labels = [0, 1, 0, 1];
    expect(perUserAuc(scores, labels, [0, 0, 1, 1]).mean).toBe(1);
    expect(rocAuc(scores, labels)).toBe(0.75);
  });
});
