import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPointerToy } from '../../test/pointer-toy.ts';
import { leaveOneOut, scaleAdvantages } from './pointer-advantages.ts';
import { beamTogether } from './pointer-beam.ts';

const toy = createPointerToy({ train: 6, heldOut: 2, N: 6 });
const requests = [0, 1, 2, 5];
const candidates = requests.map(() => 6);
const { value } = toy.data;

describe('a beam over many requests', () => {
  it('finds the best slate where it is wide enough to lose nothing', async () => {
    const found = await beamTogether({ requests, candidates, size: 3, width: 30, value });
    for (const [at, request] of requests.entries()) {
      expect(found[at].value).toBeCloseTo(toy.bestValue[request], 12);
      expect(found[at].value).toBe(toy.worthOf(request, found[at].places));
    }
  });

  it('gains with its width, and finds for each request what it finds for it alone', async () => {
    const narrow = await beamTogether({ requests, candidates, size: 3, width: 1, value });
    const wide = await beamTogether({ requests, candidates, size: 3, width: 4, value });
    const sum = (slates: typeof narrow): number => slates.reduce((total, slate) => total + slate.value, 0);
    expect(sum(wide)).toBeGreaterThanOrEqual(sum(narrow));
    const alone = await beamTogether({ requests: [5], candidates: [6], size: 3, width: 4, value });
    expect(alone[0]).toEqual(wide[3]);
  });

  it('leaves places empty where candidates run out', async () => {
    const [few] = await beamTogether({ requests: [0], candidates: [2], size: 3, width: 4, value });
    expect([...few.places.slice(0, 2)].sort()).toEqual([0, 1]);
    expect(few.places[2]).toBe(-1);
  });
});

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
