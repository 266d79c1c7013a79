import { describe, expect, it } from 'vitest';
import { createRng } from '../../random/rng.ts';
import { EMPTY, type Places } from '../../slate/places.ts';
import { exactKPointer, type ReinforcementConfig } from './pointer-config.ts';
import { lessonFeeds } from './pointer-lessons.ts';
import { reinforce } from './pointer-reinforcement.ts';

const S = 5;
const places = (...candidates: number[]): Places => Int32Array.from(candidates);

/** Five samples and the greedy slate; a slate is worth a tenth of its first candidate. */
const rollouts = [0, 1, 2, 3, 4, 2].map((first) => places(first, 5));
const DEMONSTRATION = places(1, 2);

async function taught(changes: Partial<ReinforcementConfig>, seed = 1) {
  const config = { ...exactKPointer().reinforcement, samples: S, ...changes };
  const { lessons } = await reinforce({
    requests: [0],
    rollouts: [rollouts],
    candidates: [6],
    demonstrations: [{ places: DEMONSTRATION, value: 0.4 }],
    value: async (asked) => asked.map(({ slates }) => Float64Array.from(slates, ([first]) => first / 10)),
    rngs: [createRng(seed)],
    config,
  });
  return lessons[0];
}

const AUTHORS = {
  reward: 'signed',
  policy: 'climbed',
  hillClimbing: 'off',
  imitationPath: 'reinforced',
  imitationWeight: 0.25,
} as const;

describe('reinforcement', () => {
  it('reinforces every sample, or one of the three best by chance, with its own reward', async () => {
    const all = await taught({ ...AUTHORS, policy: 'samples' });
    expect(all.slates.slice(0, S)).toEqual(rollouts.slice(0, S));
    for (let s = 0; s < S; s++) {
      for (const weight of Array.from(all.weights[s])) expect(weight).toBeCloseTo((0.75 / S) * ((2 * s) / 10 - 1), 12);
    }
    const drawn = new Set<number>();
    for (let seed = 0; seed < 40; seed++) {
      const { slates, weights } = await taught(AUTHORS, seed);
      expect(slates).toHaveLength(2);
      const [first] = slates[0];
      drawn.add(first);
      for (const weight of Array.from(weights[0])) expect(weight).toBeCloseTo(0.75 * ((2 * first) / 10 - 1), 12);
    }
    expect([...drawn].sort()).toEqual([2, 3, 4]);
  });

  it('imitates the demonstration as it stands, along its own path', async () => {
    const own = await taught({ ...AUTHORS, imitationPath: 'own' });
    expect(own.slates[1]).toEqual(DEMONSTRATION);
    expect(own.along?.[1]).toEqual(DEMONSTRATION);
    expect([...Array.from(own.weights[1])]).toEqual([0.25, 0.25]);
  });

  it('along another slate asks for nothing that stands higher up there', async () => {
    for (let seed = 0; seed < 20; seed++) {
      const { slates, along } = await taught(AUTHORS, seed);
      const [first] = slates[0];
      expect([...slates[1]]).toEqual(first === 2 ? [1, EMPTY] : [1, 2]);
      expect(along?.[1]).toEqual(slates[0]);
    }
    const batch = { B: 1, K: 6, maskBK: new Float32Array(6).fill(1) } as Parameters<typeof lessonFeeds>[0];
    const lesson = { slates: [places(EMPTY, 3)], along: [places(2, 1)], weights: [[1, 1]] };
    const { chosenBST, pickBST, leftBSTN, weightBST } = lessonFeeds(batch, [lesson], { size: 2 });
    expect([...(chosenBST.data as BigInt64Array)]).toEqual([2n, 1n]);
    expect([...(pickBST.data as BigInt64Array)]).toEqual([0n, 3n]);
    expect([...(weightBST.data as Float32Array)]).toEqual([0, 1]);
    expect([...(leftBSTN.data as Float32Array)]).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1]);
  });
});
