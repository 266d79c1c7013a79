import { describe, expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { companyWorth } from './company-worth.ts';
import type { Predictions, ShownLists } from './predictions.ts';

interface Scene {
  readonly seed: string;
  /** Deviation of what company adds to an item's logit: both models know the rest. */
  readonly company: number;
  readonly lists?: number;
  /** Deviation of what a training adds to a logit by luck. */
  readonly luck?: number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Lists of six of 150 users; the list model knows what company adds, the pointwise one does not. Each training errs a little of its own. */
function scene({ seed, company, lists: count = 900, luck = 0.1 }: Scene): {
  lists: ShownLists;
  list: Predictions[];
  pointwise: Predictions[];
} {
  const rng = createRng(seed);
  const offsets = Int32Array.from({ length: count + 1 }, (_, b) => 6 * b);
  const ownS = Float64Array.from({ length: 6 * count }, () => rng.normal() - 1);
  const companyS = ownS.map(() => company * rng.normal());
  const labelS = Uint8Array.from(ownS, (own, s) => Number(rng.next() < sigmoid(own + companyS[s])));
  const trained = (recipe: string, truth: Float64Array): Predictions[] =>
    [1, 2, 3].map((one) => ({
      ...{ recipe, seed: one, scale: 'logit', threshold: 0, valueS: truth.map((logit) => logit + luck * rng.normal()) },
    }));
  return {
    lists: { offsets, labelS, userB: Int32Array.from({ length: count }, (_, b) => b % 150) },
    list: trained(
      'list',
      ownS.map((own, s) => own + companyS[s]),
    ),
    pointwise: trained('pointwise', ownS),
  };
}

const judged = (of: Scene, least = 0.01): ReturnType<typeof companyWorth> => {
  const { lists, list, pointwise } = scene(of);
  return companyWorth(lists, { list, pointwise, least, resamples: 150 });
};

describe('the worth of company', () => {
  it('is shown where the list model knows more: in clicks and in log loss', () => {
    const { verdict, clicks, logLoss } = judged({ seed: 'strong', company: 1.2 });
    expect(verdict).toBe('yes');
    expect(clicks.low).toBeGreaterThan(0);
    expect(logLoss.low).toBeGreaterThan(0);
    expect(clicks.chance).toBeGreaterThan(0.99);
  });

  it('counts clicks in the upper half: as plain counting of both orders does', () => {
    const { lists, list, pointwise } = scene({ seed: 'count', company: 0.8 });
    const upper = ({ valueS }: Predictions): number => {
      let clicks = 0;
      for (let b = 0; b + 1 < lists.offsets.length; b++) {
        const slots = Array.from({ length: 6 }, (_, k) => lists.offsets[b] + k).sort((x, y) => valueS[y] - valueS[x]);
        for (const slot of slots.slice(0, 3)) clicks += lists.labelS[slot];
      }
      return clicks;
    };
    const logs = [list, pointwise].map((seeds) => seeds.reduce((sum, one) => sum + Math.log(upper(one)) / 3, 0));
    const { clicks } = companyWorth(lists, { list, pointwise, least: 0.01, resamples: 50 });
    expect(clicks.estimate).toBeCloseTo(Math.exp(logs[0] - logs[1]) - 1, 10);
  });

  it('is told of at most 5 of 100 logs that have none', () => {
    let told = 0;
    for (let n = 0; n < 100; n++) if (judged({ seed: `none ${n}`, company: 0, lists: 300 }).verdict === 'yes') told++;
    expect(told).toBeLessThanOrEqual(5);
  });

  // The deviation of a share of 95 % over 200 logs is 1.5 points.
  it('has intervals that hold the true gains in about 95 of 100 logs', () => {
    const of = { company: 0.7, luck: 0.5 };
    const truth = judged({ ...of, seed: 'truth', lists: 60_000 });
    const logs = Array.from({ length: 200 }, (_, n) => judged({ ...of, seed: `log ${n}`, lists: 300 }));
    for (const name of ['clicks', 'logLoss'] as const) {
      const { estimate } = truth[name];
      const held = logs.filter((log) => log[name].low <= estimate && estimate <= log[name].high).length;
      expect(held / 2, name).toBeGreaterThanOrEqual(92);
      expect(held / 2, name).toBeLessThanOrEqual(98);
    }
  });

  it('is open on a small log and none on a large one, by the least gain that counts', () => {
    expect(judged({ seed: 'small', company: 0, lists: 160 }).verdict).toBe('open');
    expect(judged({ seed: 'small', company: 0, lists: 160 }, 0.2).verdict).toBe('no');
  });

  it('knows how many lists it takes: with as many a gain of that size is mostly shown', () => {
    const { listsToTell = Number.NaN, lists } = judged({ seed: 'size', company: 0.3, lists: 600, luck: 0.005 });
    expect(lists).toBe(600);
    expect(listsToTell).toBeGreaterThan(600);
    // Four times the gain takes a sixteenth of the lists, as far as users are what it takes.
    const easier = judged({ seed: 'size', company: 0.3, lists: 600, luck: 0.005 }, 0.04).listsToTell ?? Number.NaN;
    expect(listsToTell / easier).toBeGreaterThan(14);
  });

  it('is open where a model finds no click in any upper half', () => {
    const { lists, list, pointwise } = scene({ seed: 'nothing', company: 0, lists: 40 });
    const nobody = { ...lists, labelS: new Uint8Array(lists.labelS.length) };
    expect(companyWorth(nobody, { list, pointwise, least: 0.01, resamples: 50 }).verdict).toBe('open');
  });

  it('leaves lists of one item out', () => {
    const { lists, list, pointwise } = scene({ seed: 'one', company: 0, lists: 40 });
    const offsets = Int32Array.from([...lists.offsets.slice(0, -1), lists.offsets[40] - 5, lists.offsets[40] - 5 + 5]);
    const userB = Int32Array.from([...lists.userB, 0]);
    expect(companyWorth({ ...lists, offsets, userB }, { list, pointwise, least: 0.01, resamples: 20 }).lists).toBe(40);
  });
});
