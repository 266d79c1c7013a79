import { describe, expect, it } from 'vitest';
import { compareGradients, compute, evaluate, type Feeds, fed, worstGradient } from '../../test/graph-check.ts';
import { gradients } from '../graph/gradients.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { type ListNetOptions, listNet, listNetDefaults } from './list-net.ts';

const logitsBK = fed('logitsBK', ['B', 'K']);
const labelsBK = fed('labelsBK', ['B', 'K']);
const maskBK = fed('maskBK', ['B', 'K']);
const inputs = { logitsBK, labelsBK, maskBK };

const forms: readonly (readonly [string, ListNetOptions])[] = [
  ['top-1, labels over their sum', listNetDefaults],
  ['top-1, softmax of labels', { form: 'top1', target: 'softmax', temperature: 0.4 }],
  ['top-k, k 1', { form: 'topK', k: 1, target: 'softmax', temperature: 0.7 }],
  ['top-k, k 2', { form: 'topK', k: 2, target: 'softmax', temperature: 1 }],
  ['top-k, k 3', { form: 'topK', k: 3, target: 'softmax', temperature: 0.5 }],
  ['full', { form: 'full', target: 'softmax', temperature: 1 }],
];

/** Two clicks; one click in a short slate; one item alone; no click; nothing but padding. */
const slates = {
  logitsBK: [
    [0.3, -1.2, 2.5, 0.9],
    [1.1, 0.2, -3, 8],
    [0.7, 4, 4, 4],
    [0.5, 1.5, -0.5, 0.1],
    [1, 2, 3, 4],
  ],
  labelsBK: [
    [1, 0, 0, 1],
    [0, 1, 0, 0],
    [1, 0, 0, 0],
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ],
  maskBK: [
    [1, 1, 1, 1],
    [1, 1, 0, 0],
    [1, 0, 0, 0],
    [1, 1, 1, 1],
    [0, 0, 0, 0],
  ],
};

describe.each(forms)('listNet, %s', (_name, options) => {
  const loss = listNet(inputs, options);
  const gradient = gradients(loss, [logitsBK])[0] as Tensor;

  it('is the cross-entropy of the permutation probabilities, over slates with a click', async () => {
    expect(await scalar(loss, slates)).toBeCloseTo(reference(slates, options), 10);
  });

  it('stays finite and right at logits of +-1e4', async () => {
    const extreme = {
      logitsBK: [
        [1e4, -1e4, 1e4, -1e4],
        [-1e4, 1e4, 0, 0],
      ],
      labelsBK: [
        [0, 1, 0, 0],
        [1, 0, 0, 0],
      ],
      maskBK: [
        [1, 1, 1, 1],
        [1, 1, 1, 0],
      ],
    };
    const { value, slope } = await evaluate({ value: loss, slope: gradient }, extreme);
    const expected = reference(extreme, options);
    expect(value.values[0] / expected).toBeCloseTo(1, 5);
    expect(slope.values.every(Number.isFinite)).toBe(true);
    expect(slope.values.some((g) => Math.abs(g) > 0.01)).toBe(true);
  });

  it('does not see padding, nor slates without a click', async () => {
    const kept = [0, 1, 2];
    const bare = Object.fromEntries(Object.entries(slates).map(([name, rows]) => [name, kept.map((at) => rows[at])]));
    const padded = {
      logitsBK: bare.logitsBK.map((row) => [...row, -1e4, 1e4]),
      labelsBK: bare.labelsBK.map((row) => [...row, 0, 0]),
      maskBK: bare.maskBK.map((row) => [...row, 0, 0]),
    };
    expect(await scalar(loss, bare)).toBeCloseTo(await scalar(loss, slates), 12);
    expect(await scalar(loss, padded)).toBeCloseTo(await scalar(loss, slates), 12);
    const { slope } = await evaluate({ slope: gradient }, slates);
    // The short slate's padding, the slate without a click, the slate of nothing but padding.
    expect([...slope.values.slice(6, 8), ...slope.values.slice(12)].every((g) => g === 0)).toBe(true);
  });

  it('is 0 without slope when no slate has a click', async () => {
    const none = { ...slates, labelsBK: slates.labelsBK.map((row) => row.map(() => 0)) };
    const { value, slope } = await evaluate({ value: loss, slope: gradient }, none);
    expect(value.values[0]).toBeCloseTo(0, 12);
    expect(slope.values.every((g) => g === 0)).toBe(true);
  });

  it('has the gradient of finite differences', async () => {
    expect(worstGradient(await compareGradients(loss, { logitsBK }, slates))).toBeLessThan(1e-8);
  });
});

describe('listNet', () => {
  it('gives the same for slate lengths known beforehand', async () => {
    const known = {
      logitsBK: fed('logitsBK', [5, 4]),
      labelsBK: fed('labelsBK', [5, 4]),
      maskBK: fed('maskBK', [5, 4]),
    };
    for (const [, options] of forms) {
      expect(await scalar(listNet(known, options), slates)).toBeCloseTo(reference(slates, options), 10);
    }
  });

  it('says which prefix lengths exist', () => {
    expect(() => listNet(inputs, { form: 'topK', k: 4, target: 'softmax', temperature: 1 })).toThrow(
      /k of 1, 2 or 3, got 4/,
    );
    expect(() => listNet(inputs, { form: 'full', slateLength: 7, target: 'softmax', temperature: 1 })).toThrow(
      /at most 6 items, got 7/,
    );
  });
});

const scalar = async (loss: Tensor, feeds: Feeds): Promise<number> =>
  (await compute(loss, feeds, { float: 'float64' }))[0];

/** The definition, by writing down every ordered prefix of the items present. */
function reference(
  { logitsBK: logits, labelsBK: labels, maskBK: masks }: typeof slates,
  options: ListNetOptions,
): number {
  const losses: number[] = [];
  for (const [at, mask] of masks.entries()) {
    const present = mask.flatMap((m, slot) => (m === 1 ? [slot] : []));
    const scores = present.map((slot) => logits[at][slot]);
    const clicks = present.map((slot) => labels[at][slot]);
    const clicked = clicks.reduce((sum, y) => sum + y, 0);
    if (clicked === 0) continue;
    if (options.form === 'top1' && options.target === 'normalised') {
      losses.push(-clicks.reduce((sum, y, i) => sum + (y / clicked) * logPrefix(scores, [i]), 0));
      continue;
    }
    const k = options.form === 'topK' ? (options.k ?? 0) : options.form === 'full' ? present.length : 1;
    const wanted = clicks.map((y) => y / options.temperature);
    const terms = prefixes(present.length, k).map(
      (prefix) => Math.exp(logPrefix(wanted, prefix)) * logPrefix(scores, prefix),
    );
    losses.push(-terms.reduce((sum, term) => sum + term, 0));
  }
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

/** log of prod_j exp(s_j) / sum of exp(s) over what is not placed before j. */
function logPrefix(scores: readonly number[], prefix: readonly number[]): number {
  let log = 0;
  for (const [place, item] of prefix.entries()) {
    const left = scores.filter((_, at) => !prefix.slice(0, place).includes(at));
    const top = Math.max(...left);
    log += scores[item] - top - Math.log(left.reduce((sum, score) => sum + Math.exp(score - top), 0));
  }
  return log;
}

/** All ordered choices of min(k, n) of n items. */
function prefixes(n: number, k: number): readonly (readonly number[])[] {
  if (k === 0 || n === 0) return [[]];
  const extend = (prefix: readonly number[]): readonly (readonly number[])[] =>
    prefix.length === Math.min(k, n)
      ? [prefix]
      : Array.from({ length: n }, (_, item) => item)
          .filter((item) => !prefix.includes(item))
          .flatMap((item) => extend([...prefix, item]));
  return extend([]);
}
