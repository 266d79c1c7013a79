import { describe, expect, it } from 'vitest';
import { compareGradients, compute, evaluate, type Feeds, fed, worstGradient } from '../../test/graph-check.ts';
import { gradients } from '../graph/gradients.ts';
import { createRng } from '../random/rng.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type TripletOptions, triplet } from './triplet.ts';

const D = 3;
const inputs = {
  vectorsBKD: fed('vectorsBKD', ['B', 'K', D]),
  labelsBK: fed('labelsBK', ['B', 'K']),
  maskBK: fed('maskBK', ['B', 'K']),
  lastClickBD: fed('lastClickBD', ['B', D]),
  lastClickMaskB: fed('lastClickMaskB', ['B']),
  userBD: fed('userBD', ['B', D]),
};
const { vectorsBKD, lastClickBD, userBD } = inputs;
const learned = { vectorsBKD, lastClickBD, userBD };

const variants: readonly TripletOptions[] = (['euclidean', 'cosine'] as const).flatMap((distance) =>
  (['all', 'semi-hard', 'batch-hard'] as const).flatMap((mining) =>
    (['last-click', 'other-click', 'user'] as const).map((anchor) => ({ margin: 0.6, distance, mining, anchor })),
  ),
);

const rng = createRng('triplet slates');
const vector = (): number[] => Array.from({ length: D }, () => rng.normal());
const labelsBK = [
  [1, 0, 0, 1, 0], // two clicks: each is the other's anchor
  [0, 1, 0, 0, 0], // one click in a short slate
  [1, 1, 1, 0, 0], // three clicks, no last click
  [0, 0, 0, 0, 0], // no click
  [1, 1, 1, 1, 1], // no negative
  [0, 0, 0, 0, 0], // nothing but padding
];
const maskBK = [
  [1, 1, 1, 1, 1],
  [1, 1, 1, 0, 0],
  [1, 1, 1, 1, 1],
  [1, 1, 1, 1, 1],
  [1, 1, 1, 1, 1],
  [0, 0, 0, 0, 0],
];
const slates = {
  vectorsBKD: labelsBK.map((row) => row.map(vector)),
  labelsBK,
  maskBK,
  lastClickBD: labelsBK.map(vector),
  lastClickMaskB: [1, 1, 0, 1, 0, 0],
  userBD: labelsBK.map(vector),
};
type Slates = typeof slates;

describe.each(variants)('triplet, $distance, $mining, anchor $anchor', (options) => {
  const loss = triplet(inputs, options);
  const wanted = Object.values(learned).flatMap((tensor) => gradients(loss, [tensor])[0] ?? []);
  const outputs = { value: loss, ...Object.fromEntries(wanted.map((tensor, at) => [`slope${at}`, tensor])) };

  it('is the hinge over the mined triples of each slate', async () => {
    expect(await scalar(loss, slates)).toBeCloseTo(reference(slates, options), 8);
  });

  it('stays finite with vectors of +-1e4, equal vectors and zero vectors', async () => {
    const cases: ((slot: number) => number[])[] = [
      (slot) => (slot % 2 === 0 ? [1e4, -1e4, 1e4] : [-1e4, 1e4, 1e4]),
      () => [1, 2, 3],
      () => [0, 0, 0],
    ];
    for (const vectorOf of cases) {
      const extreme = {
        ...slates,
        vectorsBKD: labelsBK.map((row) => row.map((_, slot) => vectorOf(slot))),
        lastClickBD: labelsBK.map(() => vectorOf(0)),
        userBD: labelsBK.map(() => vectorOf(1)),
      };
      const found: Record<string, { values: readonly number[] }> = await evaluate(outputs, extreme);
      for (const { values } of Object.values(found)) expect(values.every((x) => Math.abs(x) < 1e4)).toBe(true);
      expect(found.value.values[0]).toBeCloseTo(reference(extreme, options), 3);
    }
  });

  it('does not see padding, nor slates without a triple', async () => {
    const kept = [0, 1, 2];
    const pick = <Row>(rows: readonly Row[]): Row[] => kept.map((at) => rows[at]);
    const padded = {
      vectorsBKD: pick(slates.vectorsBKD).map((row) => [...row, vector(), [0, 0, 0]]),
      labelsBK: pick(labelsBK).map((row) => [...row, 0, 0]),
      maskBK: pick(maskBK).map((row) => [...row, 0, 0]),
      lastClickBD: pick(slates.lastClickBD),
      lastClickMaskB: pick(slates.lastClickMaskB),
      userBD: pick(slates.userBD),
    };
    expect(await scalar(loss, padded)).toBeCloseTo(await scalar(loss, slates), 12);
  });

  it('is 0 without slope when no slate has a triple', async () => {
    const none = { ...slates, labelsBK: labelsBK.map((row) => row.map(() => 0)) };
    const found: Record<string, { values: readonly number[] }> = await evaluate(outputs, none);
    for (const { values } of Object.values(found)) expect(values.every((x) => x === 0)).toBe(true);
  });

  it('has the gradient of finite differences', async () => {
    expect(worstGradient(await compareGradients(loss, learned, slates))).toBeLessThan(1e-7);
  });
});

describe('triplet', () => {
  it('gives no slope to an anchor without a direction, and counts its slate as 0', async () => {
    const loss = triplet(inputs, { margin: 0.2, distance: 'cosine', mining: 'all', anchor: 'user' });
    const nobody = { ...slates, userBD: labelsBK.map((_, at) => (at === 0 ? [0, 1e-5, 0] : slates.userBD[at])) };
    const slope = await compute(gradients(loss, [userBD])[0] as Tensor, nobody);
    expect(slope.slice(0, D)).toEqual([0, 0, 0]);
    const without = { ...slates, labelsBK: labelsBK.map((row, at) => (at === 0 ? row.map(() => 0) : row)) };
    // Three slates have a clicked and an unclicked item.
    expect(await scalar(loss, nobody)).toBeCloseTo((await scalar(loss, without)) * (2 / 3), 12);
  });

  it('takes slate lengths known beforehand', async () => {
    const known = {
      vectorsBKD: fed('vectorsBKD', [6, 5, D]),
      labelsBK: fed('labelsBK', [6, 5]),
      maskBK: fed('maskBK', [6, 5]),
      lastClickBD: fed('lastClickBD', [6, D]),
      lastClickMaskB: fed('lastClickMaskB', [6]),
      userBD: fed('userBD', [6, D]),
    };
    for (const options of variants) {
      expect(await scalar(triplet(known, options), slates)).toBeCloseTo(reference(slates, options), 8);
    }
  });
});

const scalar = async (loss: Tensor, feeds: Feeds): Promise<number> =>
  (await compute(loss, feeds, { float: 'float64' }))[0];

const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, x, i) => sum + x * b[i], 0);
const unit = (a: readonly number[]): number[] => {
  const length = Math.sqrt(dot(a, a));
  return a.map((x) => (length < 1e-3 ? 0 : x / length));
};

/** The definition, triple by triple. */
function reference(feeds: Slates, { margin, distance, mining, anchor }: TripletOptions): number {
  const between = (a: readonly number[], b: readonly number[]): number =>
    distance === 'cosine' ? 1 - dot(a, b) : Math.sqrt(a.reduce((sum, x, i) => sum + (x - b[i]) ** 2, 0));
  const losses: number[] = [];
  for (const [at, mask] of feeds.maskBK.entries()) {
    const vectors = feeds.vectorsBKD[at].map(unit);
    const slots = mask.flatMap((m, slot) => (m === 1 ? [slot] : []));
    const positives = slots.filter((slot) => feeds.labelsBK[at][slot] === 1);
    const negatives = slots.filter((slot) => feeds.labelsBK[at][slot] === 0);
    const gapsOf = (positive: number): number[] => {
      const from = anchorOf(positive);
      if (from.every((x) => x === 0)) return [];
      return negatives
        .filter((n) => mining !== 'semi-hard' || between(from, vectors[n]) > between(from, vectors[positive]))
        .map((n) => between(from, vectors[positive]) - between(from, vectors[n]));
    };
    const anchorOf = (positive: number): readonly number[] => {
      if (anchor === 'last-click' && feeds.lastClickMaskB[at] === 1) return unit(feeds.lastClickBD[at]);
      const others = positives.filter((other) => other !== positive);
      if (anchor === 'user' || others.length === 0) return unit(feeds.userBD[at]);
      return unit(vectors[0].map((_, d) => others.reduce((sum, other) => sum + vectors[other][d], 0)));
    };
    const gaps = positives.map(gapsOf).filter((found) => found.length > 0);
    if (positives.length === 0 || negatives.length === 0) continue;
    if (gaps.length === 0) {
      losses.push(0);
      continue;
    }
    const hinged = {
      all: () => gaps.flat(),
      'semi-hard': () => gaps.map((found) => Math.max(...found)),
      'batch-hard': () => [Math.max(...gaps.flat())],
    }
      [mining]()
      .map((gap) => Math.max(0, gap + margin));
    losses.push(hinged.reduce((sum, each) => sum + each, 0) / hinged.length);
  }
  return losses.length === 0 ? 0 : losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}
