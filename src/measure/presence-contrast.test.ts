import { describe, expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { type Contrast, createContrast, presenceEffect } from './presence-contrast.ts';
import { presenceTest } from './presence-test.ts';
import { normalShare } from './student-t.ts';

interface Scene {
  readonly seed: string;
  /** What presence adds to the click probability. */
  readonly effect?: number;
  readonly showings?: number;
  readonly users?: number;
  /** How much a user's clicks hang together, and how often one user sees it. */
  readonly clusters?: number;
  /** Click rate of the first stratum and of the second; it is more often present in the second. */
  readonly rates?: readonly [number, number];
}

/** Showings in two strata; a user has leanings of its own in what it clicks and in what it is shown, which have nothing to do with each other. */
function scene({ seed, effect = 0, showings = 300, users = 60, clusters = 0, rates = [0.1, 0.3] }: Scene): Contrast {
  const rng = createRng(seed);
  const leaningU = Array.from({ length: users }, () => clusters * rng.normal());
  const shownU = Array.from({ length: users }, () => clusters * rng.normal());
  const userN = Int32Array.from({ length: showings }, () => rng.integer(users));
  const stratumN = userN.map(() => rng.integer(2));
  const presentN = Uint8Array.from(stratumN, (s, n) => Number(rng.next() < 0.15 + 0.25 * s + 0.4 * shownU[userN[n]]));
  const residualN = Float64Array.from(stratumN, (s, n) => {
    const rate = rates[s] + 0.3 * leaningU[userN[n]] + effect * presentN[n];
    return Number(rng.next() < rate) - 0.2;
  });
  return createContrast({ residualN, presentN, stratumN, userN });
}

const pOf = (contrast: Contrast, direction: -1 | 0 | 1 = 1): number =>
  presenceTest(contrast, { direction, permutations: 399, rng: createRng('permutations') });

/** Share of scenes whose p is at most 10 %. */
function rejected(count: number, of: (n: number) => Scene, direction: -1 | 0 | 1 = 1): number {
  let told = 0;
  for (let n = 0; n < count; n++) if (pOf(scene(of(n)), direction) <= 0.1) told++;
  return told / count;
}

/** Sum of presence times residual over the root of the sum of the users' squared shares. */
function plainStatistic({ centredN, presentN, startS, userN, users }: Contrast): number {
  const scoreU = new Array<number>(users).fill(0);
  for (let s = 0; s + 1 < startS.length; s++) {
    const stratum = presentN.slice(startS[s], startS[s + 1]);
    const share = stratum.reduce((sum, present) => sum + present, 0) / stratum.length;
    for (const [at, present] of stratum.entries())
      scoreU[userN[startS[s] + at]] += (present - share) * centredN[startS[s] + at];
  }
  const squares = scoreU.reduce((sum, score) => sum + score ** 2, 0);
  return scoreU.reduce((sum, score) => sum + score, 0) / Math.sqrt(squares);
}

describe('a contrast of presence', () => {
  it('leaves out strata with one side alone and takes the mean from the others', () => {
    const contrast = createContrast({
      residualN: Float64Array.of(1, 5, 0, 7, 0.5),
      presentN: Uint8Array.of(1, 1, 0, 1, 0),
      stratumN: Int32Array.of(4, 9, 4, 9, 4),
      userN: Int32Array.of(30, 7, 7, 30, 30),
    });
    expect([...contrast.centredN]).toEqual([0.5, -0.5, 0]);
    expect([contrast.users, contrast.present, [...contrast.startS], [...contrast.userN]]).toEqual([
      ...[2, 1, [0, 3]],
      [0, 1, 0],
    ]);
  });

  it('has the effect of least squares with an intercept per stratum', () => {
    // Stratum 0: with 1, without 0 and 0.5; stratum 1: with 1 and 0, without 0. Weights 2/3 each.
    const { estimate } = presenceEffect(
      createContrast({
        residualN: Float64Array.of(1, 0, 0.5, 1, 0, 0),
        presentN: Uint8Array.of(1, 0, 0, 1, 1, 0),
        stratumN: Int32Array.of(0, 0, 0, 1, 1, 1),
        userN: Int32Array.of(0, 1, 2, 3, 4, 5),
      }),
      { level: 0.95, resamples: 10, rng: createRng(1) },
    );
    expect(estimate).toBeCloseTo(((1 - 0.25) * 2 + 0.5 * 2) / 4, 12);
  });

  it('is 1, and of no size, where nothing can be compared', () => {
    const nothing = createContrast({
      residualN: Float64Array.of(1, 0),
      presentN: Uint8Array.of(1, 1),
      stratumN: Int32Array.of(0, 0),
      userN: Int32Array.of(0, 1),
    });
    expect(pOf(nothing)).toBe(1);
    expect(presenceEffect(nothing, { level: 0.95, resamples: 10, rng: createRng(1) }).estimate).toBeNaN();
  });

  it('is told of 10 in 100 scenes without an effect, whichever stratum is clicked more', () => {
    const share = rejected(400, (n) => ({ seed: `none ${n}` }));
    expect(share).toBeGreaterThan(0.06);
    expect(share).toBeLessThan(0.14);
    expect(rejected(400, (n) => ({ seed: `rare ${n}`, showings: 40, users: 30 }), -1)).toBeLessThan(0.14);
  });

  it('is not fooled by users who click much and are shown it much, for no reason', () => {
    const of = (n: number): Scene => ({ seed: `users ${n}`, clusters: 1, showings: 600 });
    expect(rejected(400, of, 0)).toBeLessThan(0.14);
    // As if each showing were a user of its own: the same scenes are told an effect too often.
    let told = 0;
    for (let n = 0; n < 200; n++) {
      const contrast = scene(of(n));
      const alone = { ...contrast, users: contrast.userN.length, userN: contrast.userN.map((_, at) => at) };
      if (pOf(alone, 0) <= 0.1) told++;
    }
    expect(told / 200).toBeGreaterThan(0.25);
  });

  it('turns round where presence is the rule: what is absent is then handed out', () => {
    const contrast = scene({ seed: 'turned', effect: 0.1 });
    const turned = { ...contrast, presentN: contrast.presentN.map((present) => 1 - present) };
    const mostly = { ...turned, present: contrast.centredN.length - contrast.present };
    expect(pOf(mostly, -1)).toBeCloseTo(pOf(contrast, 1), 12);
    expect(plainStatistic(mostly)).toBeCloseTo(-plainStatistic(contrast), 12);
  });

  it('finds what is there, on its own side alone', () => {
    expect(rejected(100, (n) => ({ seed: `lift ${n}`, effect: 0.2 }))).toBeGreaterThan(0.9);
    expect(rejected(100, (n) => ({ seed: `lift ${n}`, effect: 0.2 }), -1)).toBe(0);
    expect(rejected(100, (n) => ({ seed: `lift ${n}`, effect: 0.2, clusters: 0.5 }))).toBeGreaterThan(0.7);
  });

  it('has intervals that hold the truth in about 95 of 100 scenes, of users that hang together too', () => {
    for (const clusters of [0, 0.5]) {
      let held = 0;
      for (let n = 0; n < 300; n++) {
        const contrast = scene({ seed: `hold ${n}`, effect: 0.15, clusters, rates: [0.35, 0.45] });
        const { low, high } = presenceEffect(contrast, { level: 0.95, resamples: 100, rng: createRng(n) });
        if (low <= 0.15 && 0.15 <= high) held++;
      }
      expect(held / 300).toBeGreaterThan(0.915);
      expect(held / 300).toBeLessThan(0.985);
    }
  });

  it('of very many showings is the normal tail that permutations lead to', () => {
    const contrast = scene({ seed: 'many', effect: 0.008, showings: 24_000, users: 400 });
    expect(contrast.present).toBeGreaterThan(5000);
    const [up, down] = [pOf(contrast, 1), pOf(contrast, -1)];
    expect(up + down).toBeCloseTo(1, 10);
    expect(pOf(contrast, 0)).toBeCloseTo(2 * Math.min(up, down), 10);
    // Two thirds of them, permuted, and told by a normal tail: the same sum, by another way.
    const some = scene({ seed: 'some', effect: 0.01, showings: 16_000, users: 400 });
    expect(some.present).toBeLessThan(5000);
    const z = plainStatistic(some);
    expect(Math.abs(pOf(some) - (1 - normalShare(z)))).toBeLessThan(0.07);
  });

  it('is the same for the same seed', () => {
    const contrast = scene({ seed: 'same', effect: 0.1 });
    expect(pOf(contrast)).toBe(pOf(contrast));
  });
});
