import { describe, expect, it } from 'vitest';
import { bce } from '../losses/bce.ts';
import { perClickedList, perItem } from '../losses/counts.ts';
import type { Loss } from '../losses/loss.ts';
import { losses } from '../losses/losses.ts';
import { pairLoss } from '../losses/pair.ts';
import { meanWhere } from '../losses/slate-loss.ts';
import { lossConformance } from './loss-conformance.ts';

const variants: Readonly<Record<string, object>> = {
  'choice: without none': { none: false },
  'listNet: prefixes': { form: 'topK', k: 2 },
  'triplet: semi-hard, euclidean': { mining: 'semi-hard', distance: 'euclidean' },
  'triplet: batch-hard, other click': { mining: 'batch-hard', anchor: 'other-click' },
  'triplet: user': { anchor: 'user' },
};

describe('the losses of the program', () => {
  const checks = [
    ...losses.all.flatMap((loss) => lossConformance(loss)),
    ...Object.entries(variants).flatMap(([title, options]) => {
      const loss = losses.named(title.replace(/:.*/, ''));
      return lossConformance({ ...loss, name: title }, options);
    }),
  ];
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run());
});

/** One promise is broken by each. */
const broken: readonly (readonly [check: string, message: RegExp, loss: Partial<Loss>])[] = [
  ['is a scalar', /a scalar of float32, found float32 \[B, K\]/, { build: ({ logitsBK }) => logitsBK }],
  ['teaches', /a gradient, found none/, { build: ({ labelsBK }) => labelsBK.total() }],
  [
    'does not see padding',
    /with more padding/,
    { build: ({ logitsBK, labelsBK }) => logitsBK.softplus().sub(logitsBK.mul(labelsBK)).total() },
  ],
  [
    'does not see padding',
    /with a list of padding alone/,
    { build: (inputs) => bce(inputs).mul(inputs.slateLogitB.mul(0).add(1).total()) },
  ],
  [
    'does not depend on the order',
    /with the items of each list reversed/,
    { build: ({ logitsBK, maskBK }) => logitsBK.mul(maskBK).fit(1, 2).slice(1, 0, 1).total() },
  ],
  [
    'is finite at logits of 1e4',
    /a finite value at logits/,
    {
      build: ({ logitsBK, labelsBK, maskBK }) =>
        meanWhere(logitsBK.exp().add(1).log().sub(logitsBK.mul(labelsBK)), maskBK),
    },
  ],
  [
    'has the gradient of finite differences',
    /a gradient of .* by logitsBK/,
    { build: ({ logitsBK, maskBK }) => meanWhere(logitsBK.mul(logitsBK.stopGradient()), maskBK) },
  ],
  ['leaves out lists without a click', /with lists without a click/, { build: bce, counts: perClickedList }],
  [
    'counts what its mean is over',
    /pieces that add up to .*, each mean times its counts, found/,
    { build: (inputs) => pairLoss.build(inputs, {}), counts: perClickedList },
  ],
  [
    'counts what its mean is over',
    /counts to give a finite number, 0 or more, found -1/,
    { build: bce, counts: () => -1 },
  ],
  [
    'learns from lists without a click',
    /a gradient of lists without a click, found none/,
    { build: (inputs) => pairLoss.build(inputs, {}) },
  ],
  [
    'has a finite value, and no gradient, where nothing counts',
    /a finite value where nothing counts, found NaN/,
    { build: ({ logitsBK, maskBK }) => logitsBK.mul(maskBK).total().div(maskBK.total()) },
  ],
];

describe('a loss that breaks a promise', () => {
  it.each(broken)('"%s" is told: %s', async (check, message, parts) => {
    const loss = { kind: 'loss', name: 'broken', schema: {}, defaults: {}, counts: perItem, ...parts } as Loss;
    const found = lossConformance(loss).find(({ name }) => name.startsWith(`broken: ${check}`));
    await expect(found?.run()).rejects.toThrow(message);
  });
});
