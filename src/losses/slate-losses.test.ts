/** Losses of logits, labels and mask, each against its formula in plain numbers: values, extremes, padding, gradients. */
import { describe, expect, it } from 'vitest';
import { compareGradients, compute, type Feeds, fed, worstGradient } from '../../test/graph-check.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { anyClick } from './any-click.ts';
import { choice } from './choice.ts';
import { jrc } from './jrc.ts';
import { pair } from './pair.ts';
import { rcr } from './rcr.ts';

const logitsBK = fed('logitsBK', ['B', 'K']);
const otherBK = fed('otherBK', ['B', 'K']);
const slateLogitB = fed('slateLogitB', ['B']);
const labelsBK = fed('labelsBK', ['B', 'K']);
const maskBK = fed('maskBK', ['B', 'K']);

/** One slate without its padding. */
interface Slate {
  readonly z: readonly number[];
  readonly other: readonly number[];
  readonly slate: number;
  readonly y: readonly number[];
}

interface Case {
  readonly loss: Tensor;
  readonly wanted: Readonly<Record<string, Tensor>>;
  reference(slates: readonly Slate[]): number;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);
const softplus = (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
const logSumExp = (values: readonly number[]): number => {
  const top = Math.max(...values);
  return top + Math.log(sum(values.map((value) => Math.exp(value - top))));
};
/** -sum of shares * log softmax(scores). */
const entropy = (scores: readonly number[], shares: readonly number[]): number =>
  -sum(scores.map((score, i) => (shares[i] === 0 ? 0 : shares[i] * (score - logSumExp(scores)))));
const shares = (y: readonly number[]): readonly number[] => y.map((label) => label / sum(y));
const clicked = (slates: readonly Slate[]): readonly Slate[] => slates.filter(({ y }) => sum(y) > 0);
const given = (slates: readonly Slate[]): readonly Slate[] => slates.filter(({ y }) => y.length > 0);

const cases: Readonly<Record<string, Case>> = {
  rcr: {
    loss: rcr({ logitsBK, labelsBK, maskBK }),
    wanted: { logitsBK },
    reference: (slates) =>
      mean(
        clicked(slates).map(({ z, y }) =>
          entropy(
            z.map((logit) => -softplus(-logit)),
            shares(y),
          ),
        ),
      ),
  },
  jrc: {
    loss: jrc({ clickBK: logitsBK, noClickBK: otherBK, labelsBK, maskBK }),
    wanted: { logitsBK, otherBK },
    reference: (slates) =>
      mean(
        slates.flatMap(({ z, other, y }) =>
          y.map((label, i) => (label === 1 ? logSumExp(z) - z[i] : logSumExp(other) - other[i])),
        ),
      ),
  },
  pair: {
    loss: pair({ logitsBK, labelsBK, maskBK }),
    wanted: { logitsBK },
    reference: (slates) =>
      mean(
        slates.flatMap(({ z, y }) =>
          z.flatMap((plus, i) => z.flatMap((minus, j) => (y[i] === 1 && y[j] === 0 ? [softplus(minus - plus)] : []))),
        ),
      ),
  },
  choice: {
    loss: choice({ utilitiesBK: logitsBK, labelsBK, maskBK }, { none: false }),
    wanted: { logitsBK },
    reference: (slates) => mean(clicked(slates).map(({ z, y }) => entropy(z, shares(y)))),
  },
  'choice with none': {
    loss: choice({ utilitiesBK: logitsBK, labelsBK, maskBK }, { none: true }),
    wanted: { logitsBK },
    reference: (slates) =>
      mean(slates.map(({ z, y }) => entropy([...z, 0], sum(y) > 0 ? [...shares(y), 0] : [...y, 1]))),
  },
  'any click': {
    loss: anyClick({ slateLogitB, labelsBK, maskBK }),
    wanted: { slateLogitB },
    reference: (slates) =>
      mean(given(slates).map(({ slate, y }) => softplus(slate) - slate * Number(y.some((label) => label === 1)))),
  },
};

const slates: readonly Slate[] = [
  { z: [0.3, -1.2, 2.5, 0.9], other: [0.1, 0.7, -0.4, 1.3], slate: 1.7, y: [1, 0, 0, 1] },
  { z: [1.1, 0.2], other: [-0.6, 0.5], slate: -0.8, y: [0, 1] },
  { z: [0.7], other: [0.2], slate: 0.4, y: [1] },
  { z: [0.5, 1.5, -0.5, 0.1], other: [0, 0.3, 2, -1], slate: 0.6, y: [0, 0, 0, 0] },
];

/** Scores far from 0 on the padding, to show that nothing there counts. */
function feeds(rows: readonly Slate[], K: number, padding = 7): Feeds {
  const fill = (values: readonly number[], value: number): readonly number[] => [
    ...values,
    ...Array.from({ length: K - values.length }, () => value),
  ];
  return {
    logitsBK: rows.map(({ z }) => fill(z, padding)),
    otherBK: rows.map(({ other }) => fill(other, -padding)),
    slateLogitB: rows.map(({ slate }) => slate),
    labelsBK: rows.map(({ y }) => fill(y, 0)),
    maskBK: rows.map(({ y }) =>
      fill(
        y.map(() => 1),
        0,
      ),
    ),
  };
}

describe.each(Object.entries(cases))('%s', (_name, { loss, wanted, reference }) => {
  const lossOf = async (given: Feeds, float: 'float32' | 'float64' = 'float64'): Promise<number> =>
    (await compute(loss, given, { float }))[0];

  it('is its formula', async () => {
    expect(await lossOf(feeds(slates, 4))).toBeCloseTo(reference(slates), 10);
    expect(await lossOf(feeds(slates, 4), 'float32')).toBeCloseTo(reference(slates), 5);
  });

  it('is the same with more padding, whatever stands there, and with slates of padding alone', async () => {
    const value = await lossOf(feeds(slates, 7, -300));
    expect(value).toBeCloseTo(reference(slates), 10);
    const empty = { z: [], other: [], slate: 0, y: [] };
    expect(await lossOf(feeds([...slates, empty], 5))).toBeCloseTo(reference(slates), 10);
  });

  it('is finite and right at logits of +-1e4', async () => {
    const far: readonly Slate[] = [
      { z: [1e4, -1e4, 1e4], other: [-1e4, 1e4, 0], slate: 1e4, y: [0, 1, 0] },
      { z: [-1e4, 1e4], other: [1e4, -1e4], slate: -1e4, y: [1, 0] },
    ];
    const expected = reference(far);
    expect(Math.abs((await lossOf(feeds(far, 3), 'float32')) / expected - 1)).toBeLessThan(1e-5);
  });

  it('has no value, and no NaN, without a slate that counts', async () => {
    const none: readonly Slate[] = [{ z: [], other: [], slate: 0, y: [] }];
    expect(Number.isFinite(await lossOf(feeds(none, 2), 'float32'))).toBe(true);
  });

  it('has the gradient of finite differences', async () => {
    expect(worstGradient(await compareGradients(loss, wanted, feeds(slates, 4, 0)))).toBeLessThan(1e-7);
  });
});

it('jrc asks for a model with two logits', () => {
  expect(() => jrc({ labelsBK, maskBK })).toThrow(/two logits per item; set model.head/);
});
