import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaveOneOut, scaleAdvantages, signedChance } from './pointer-advantages.ts';

describe('advantages', () => {
  it('are differences to the mean of the others, whatever the level', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 9 }), (values) => {
        const advantages = leaveOneOut(values);
        for (const [s, advantage] of advantages.entries()) {
          const others = values.filter((_, other) => other !== s);
          expect(advantage).toBeCloseTo(values[s] - others.reduce((sum, v) => sum + v, 0) / others.length, 9);
        }
        expect(advantages.reduce((sum, advantage) => sum + advantage, 0)).toBeCloseTo(0, 6);
      }),
    );
  });

  it('are 2p - 1 as the paper has them: less likely than not to be clicked is punished, whatever the others are worth', () => {
    expect([...signedChance([0, 0.25, 0.5, 1])]).toEqual([-1, -0.5, 0, 1]);
    expect([...signedChance([0.25, 0.25])]).toEqual([-0.5, -0.5]);
  });

  it('are scaled together to a mean square of 1, and left alone where all are 0', () => {
    const rows = [Float64Array.of(3, -1), Float64Array.of(0, 1e6)];
    const ratio = rows[0][0] / rows[1][1];
    scaleAdvantages(rows);
    expect(rows.flatMap((row) => [...row]).reduce((sum, a) => sum + a * a, 0) / 4).toBeCloseTo(1, 12);
    expect(rows[0][0] / rows[1][1]).toBeCloseTo(ratio, 12);
    const zeros = [Float64Array.of(0, 0)];
    scaleAdvantages(zeros);
    expect([...zeros[0]]).toEqual([0, 0]);
  });
});
