import { describe, expect, it } from 'vitest';
import { createRng, type Rng } from '../random/rng.ts';
import { oneGroup, predictedGroups } from './gap-groups.ts';
import { type JudgedNumbers, reliabilityTable } from './reliability-tables.ts';

const all = oneGroup('all');

/** Users whose clicks go together: a shift of the logit that no prediction knows. */
function drawClicks(rng: Rng, { users, items, shift }: { users: number; items: number; shift: number }): JudgedNumbers {
  const [predictedN, foundN, userN]: [number[], number[], number[]] = [[], [], []];
  for (let user = 0; user < users; user++) {
    // Two points instead of a normal shift: the mean probability is known without an integral.
    const own = rng.next() < 0.5 ? 1 : -1;
    const many = 1 + Math.floor(2 * items * rng.next());
    for (let n = 0; n < many; n++) {
      const logit = rng.normal() - 1;
      const [low, high] = [logit - shift, logit + shift].map((z) => 1 / (1 + Math.exp(-z)));
      predictedN.push((low + high) / 2);
      foundN.push(Number(rng.next() < (own > 0 ? high : low)));
      userN.push(user);
    }
  }
  return { of: 'click', predictedN, foundN, userN: Int32Array.from(userN) };
}

describe('a reliability table', () => {
  it('has means, counts and gaps of each group, and leaves out what has no prediction', () => {
    const judged: JudgedNumbers = {
      of: 'click',
      predictedN: [0.2, 0.4, 0.9, 0.5],
      foundN: [0, 1, 1, 0],
      userN: Int32Array.of(7, 7, 9, 9),
    };
    const groups = [[0], [0], [1, 0], []];
    const slices = { by: 'shop', labels: ['a', 'b', 'c'], groupsOf: (n: number) => groups[n] };
    const { rows, by, of } = reliabilityTable(judged, slices);
    expect([by, of]).toEqual(['shop', 'click']);
    expect(rows.map(({ label, count, users }) => ({ label, count, users }))).toEqual([
      { label: 'a', count: 3, users: 2 },
      { label: 'b', count: 1, users: 1 },
    ]);
    expect(rows[0].predicted).toBeCloseTo(0.5, 12);
    expect(rows[0].found).toBeCloseTo(2 / 3, 12);
    expect(rows[0].gap).toBeCloseTo(0.5 - 2 / 3, 12);
    expect(rows[1].interval).toBeNull();
  });

  it('has intervals that hold the true gap of 0 as often as they say, also where the clicks of a user go together', () => {
    const rng = createRng(11);
    const draws = 1500;
    let held = 0;
    for (let draw = 0; draw < draws; draw++) {
      const { interval } = reliabilityTable(drawClicks(rng, { users: 40, items: 8, shift: 1 }), all).rows[0];
      if (interval && interval.low <= 0 && interval.high >= 0) held++;
    }
    expect(held / draws).toBeGreaterThan(0.93);
    expect(held / draws).toBeLessThan(0.97);
  });

  it('has intervals that hold together for all rows', () => {
    const rng = createRng(12);
    const draws = 600;
    let held = 0;
    for (let draw = 0; draw < draws; draw++) {
      const judged = drawClicks(rng, { users: 200, items: 8, shift: 0.5 });
      const { rows } = reliabilityTable(judged, predictedGroups('probability', judged.predictedN, 5));
      if (rows.every(({ interval }) => interval && interval.low <= 0 && interval.high >= 0)) held++;
    }
    // Bonferroni: at least 95 %.
    expect(held / draws).toBeGreaterThan(0.93);
  });
});

describe('the error over groups', () => {
  it('is the formula of Kumar, Liang & Ma where every item is a draw of its own', () => {
    // Three levels of probability, as if a calibrated model had no others.
    const rng = createRng(13);
    const levels = [0.1, 0.3, 0.7];
    const counts = [40, 25, 60];
    const predictedN = levels.flatMap((level, at) => new Array<number>(counts[at]).fill(level));
    const foundN = predictedN.map((p) => Number(rng.next() < p + 0.15));
    const slices = {
      by: 'level',
      labels: ['low', 'middle', 'high'],
      groupsOf: (n: number) => [levels.indexOf(predictedN[n])],
    };
    const { error } = reliabilityTable(
      { of: 'click', predictedN, foundN, userN: Int32Array.from(foundN.keys()) },
      slices,
    );
    let [debiased, square, size] = [0, 0, 0];
    for (const [at, level] of levels.entries()) {
      const found = foundN.filter((_, n) => predictedN[n] === level);
      const share = found.reduce((sum, y) => sum + y, 0) / found.length;
      const weight = counts[at] / predictedN.length;
      debiased += weight * ((level - share) ** 2 - (share * (1 - share)) / (counts[at] - 1));
      square += weight * (level - share) ** 2;
      size += weight * Math.abs(level - share);
    }
    expect(debiased).toBeGreaterThan(0);
    expect(error.debiased).toBeCloseTo(Math.sqrt(debiased), 12);
    expect(error.rootMeanSquare).toBeCloseTo(Math.sqrt(square), 12);
    expect(error.meanSize).toBeCloseTo(size, 12);
  });

  it('is near 0 for predictions that are right, where the plain one is not, and near the truth for those that are not', () => {
    const rng = createRng(15);
    const meanOf = (wrong: number): { plain: number; debiased: number } => {
      let [plain, debiased] = [0, 0];
      for (let draw = 0; draw < 100; draw++) {
        const { predictedN, ...judged } = drawClicks(rng, { users: 100, items: 10, shift: 0.7 });
        const told = Array.from(predictedN, (p) => p + wrong);
        const { error } = reliabilityTable({ ...judged, predictedN: told }, predictedGroups('probability', told));
        plain += error.rootMeanSquare / 100;
        debiased += error.debiased / 100;
      }
      return { plain, debiased };
    };
    const right = meanOf(0);
    expect(right.plain).toBeGreaterThan(0.04);
    expect(right.debiased).toBeLessThan(right.plain / 3);
    const wrong = meanOf(0.1);
    expect(Math.abs(wrong.debiased - 0.1)).toBeLessThan(0.005);
  });

  it('is 0 of nothing', () => {
    const none: JudgedNumbers = { of: 'click', predictedN: [], foundN: [], userN: new Int32Array(0) };
    expect(reliabilityTable(none, all)).toEqual({
      of: 'click',
      by: 'all',
      rows: [],
      error: { meanSize: 0, rootMeanSquare: 0, debiased: 0 },
    });
  });
});
