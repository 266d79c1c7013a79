import { describe, expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { confirm, type Question } from './confirm.ts';

const OPTIONS = { rate: 0.1, level: 0.05, families: 1, permutations: 999, resamples: 60 };

/** Of 60 users whose clicks hang together; presence adds its effect. */
function question(key: string, effect: number): Question {
  const rng = createRng(key);
  const leaningU = Array.from({ length: 60 }, () => 0.1 * rng.normal());
  const userN = Int32Array.from({ length: 240 }, () => rng.integer(60));
  const stratumN = userN.map(() => rng.integer(3));
  const presentN = Uint8Array.from(userN, () => Number(rng.next() < 0.3));
  const residualN = Float64Array.from(
    userN,
    (user, n) => Number(rng.next() < 0.4 + leaningU[user] + effect * presentN[n]) - 0.4,
  );
  return { key, direction: effect < 0 ? -1 : 1, showings: { residualN, presentN, stratumN, userN } };
}

const asked = (seed: string, effects: readonly number[]): ReturnType<typeof confirm> =>
  confirm(
    effects.map((effect, at) => question(`${seed} ${at}`, effect)),
    { ...OPTIONS, rng: createRng(seed) },
  );

describe('a family of questions', () => {
  it('is told the effects that are there, of both signs, and hardly any that is not', () => {
    let [found, wrong] = [0, 0];
    for (let n = 0; n < 8; n++) {
      const answers = asked(`mixed ${n}`, [0.35, -0.3, 0.4, ...new Array<number>(9).fill(0)]);
      found += answers.slice(0, 3).filter(({ confirmed }) => confirmed).length;
      wrong += answers.slice(3).filter(({ confirmed }) => confirmed).length;
    }
    expect(found).toBeGreaterThan(20);
    expect(wrong).toBeLessThanOrEqual(5);
  });

  it('is told nothing in 19 of 20 where nothing is there', () => {
    let told = 0;
    for (let n = 0; n < 60; n++)
      if (asked(`none ${n}`, new Array<number>(8).fill(0)).some(({ confirmed }) => confirmed)) told++;
    expect(told).toBeLessThanOrEqual(7);
  });

  it('has wider intervals for what was picked, and counts what it rests on', () => {
    const [picked] = asked('picked', [0.5, 0, 0, 0, 0, 0, 0, 0]);
    const [alone] = asked('picked', [0.5]);
    expect([picked.confirmed, alone.confirmed]).toEqual([true, true]);
    expect(picked.high - picked.low).toBeGreaterThan(1.2 * (alone.high - alone.low));
    expect(picked).toMatchObject({ estimate: alone.estimate, showings: 240, users: 59 });
    expect(picked.present).toBeGreaterThan(50);
  });

  it('answers no questions with no answers', () => {
    expect(confirm([], { ...OPTIONS, rng: createRng(1) })).toEqual([]);
  });
});
