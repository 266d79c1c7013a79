import { expect, it } from 'vitest';
import { exampleComparison } from '../../test/example-comparison.ts';
import { logLossOfLogits } from '../metrics/log-loss.ts';
import { mean } from '../metrics/mean.ts';
import { rocAuc } from '../metrics/roc-auc.ts';
import { createRng } from '../random/rng.ts';
import type { Predictions, ShownLists } from './predictions.ts';
import { measureSlices } from './slices.ts';

const { protocol } = exampleComparison().options;
const [LOGS, USERS, EACH, PLACES] = [100, 60, 2, 2];

interface Drawn {
  readonly lists: ShownLists;
  readonly plain: readonly Predictions[];
  readonly better: readonly Predictions[];
}

/** Users of whom some click more than any model knows; each training says something of its own. The second recipe knows more of what adds to an item. */
function drawn(seed: string, { users = USERS, seeds = 3 }: { users?: number; seeds?: number } = {}): Drawn {
  const rng = createRng(seed);
  const userB = Int32Array.from({ length: users * EACH }, (_, b) => Math.floor(b / EACH));
  const leaningU = Array.from({ length: users }, () => 0.5 * rng.normal());
  const likedS = Float64Array.from({ length: userB.length * PLACES }, rng.normal);
  const labelS = Uint8Array.from(likedS, (liked, slot) => {
    const logit = liked + leaningU[userB[Math.floor(slot / PLACES)]] - 0.8 - 0.3 * (slot % PLACES);
    return Number(rng.next() < 1 / (1 + Math.exp(-logit)));
  });
  const recipe = (name: string, known: number): Predictions[] =>
    Array.from({ length: seeds }, (_, n) => {
      const bias = 0.05 * rng.normal();
      const valueS = likedS.map((liked) => known * liked - 1 + bias + 0.2 * rng.normal());
      return { recipe: name, seed: n, scale: 'logit', threshold: 0, valueS };
    });
  const offsets = Int32Array.from({ length: userB.length + 1 }, (_, b) => b * PLACES);
  return { lists: { offsets, labelS, userB }, plain: recipe('plain', 0.5), better: recipe('better', 0.8) };
}

const slotsOf = ({ userB }: ShownLists): Int32Array => Int32Array.from(userB, (_, b) => b * PLACES + 1);

/** Of very many users and seeds. */
function truths(): Readonly<Record<'plain' | 'better', Readonly<Record<'rocAuc' | 'logLoss', number>>>> {
  const { lists, plain, better } = drawn('truth', { users: 4000, seeds: 10 });
  const slots = slotsOf(lists);
  const labels = slots.map((slot) => lists.labelS[slot]);
  const ofRecipe = (seeds: readonly Predictions[]) => {
    const valuesN = seeds.map(({ valueS }) => Float64Array.from(slots, (slot) => valueS[slot]));
    return {
      rocAuc: mean(valuesN.map((values) => rocAuc(values, labels))),
      logLoss: mean(valuesN.map((values) => logLossOfLogits(values, labels))),
    };
  };
  return { plain: ofRecipe(plain), better: ofRecipe(better) };
}

it('figures of one place, and differences there, have intervals that hold the truth in about 95 of 100 logs', () => {
  const truth = truths();
  const held = { rocAuc: 0, logLoss: 0, rocAucGain: 0, logLossGain: 0 };
  for (let log = 0; log < LOGS; log++) {
    const { lists, plain, better } = drawn(`log ${log}`);
    const columns = [{ by: 'place', parts: [{ value: '2', slotS: slotsOf(lists) }] }];
    const predictions = [...plain, ...better];
    const [{ parts }] = measureSlices(lists, columns, { baseline: 'plain', protocol, predictions });
    for (const id of ['rocAuc', 'logLoss'] as const) {
      const { interval, toBaseline } = parts[0].systems.better[id];
      const gain = 100 * (truth.better[id] - truth.plain[id]);
      if (interval && interval.low <= truth.better[id] && truth.better[id] <= interval.high) held[id]++;
      if (toBaseline && toBaseline.low <= gain && gain <= toBaseline.high) held[`${id}Gain`]++;
    }
  }
  // The deviation of a share of 95 % over 100 logs is 2.2 points.
  for (const [name, count] of Object.entries(held)) {
    expect(count / LOGS, name).toBeGreaterThan(0.88);
    expect(count / LOGS, name).toBeLessThan(0.995);
  }
});
