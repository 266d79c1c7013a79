import { describe, expect, it } from 'vitest';
import { defineScorer } from '../models/define-scorer.ts';
import type { Scorer } from '../models/scorer.ts';
import { pointwiseScorer } from '../models/scorers/pointwise-scorer.ts';
import { scorers } from '../models/scorers.ts';
import type { ScorerConfig } from '../models/shared/scorer-config.ts';
import { scorerConformance } from './scorer-conformance.ts';

const variants: Readonly<Record<string, Partial<ScorerConfig>>> = {
  'attention: two logits': { head: 'joint' },
  'attention: partial': { partial: 1 },
  'attention: no history': { history: false },
  'attention: no user': { user: false },
  'attention: straight numbers, items normalised': { knots: undefined, itemNorm: true },
  'prm: pretrained': { personal: 'pretrained' },
  'prm: as published': { personal: 'pretrained', publishedBlocks: true },
  'setrank: induced': { inducing: 2 },
  'setrank: as published': { publishedBlocks: true },
  'setrank: as published, induced': { publishedBlocks: true, inducing: 2 },
  'dlcm: as published': { publishedBlocks: true },
  'dlcm: as published, two logits': { publishedBlocks: true, head: 'joint' },
  'graph: one layer of GATv2': {
    graph: { layers: 1, version: 'gatv2', activation: 'none', attentionDropout: 0, redrawFrom: 0 },
  },
  'graph: as published': {
    graph: { layers: 2, version: 'gat', activation: 'elu', attentionDropout: 0.6, redrawFrom: 50 },
  },
};

describe('the scorers of the program', () => {
  const checks = [
    ...scorers.all.flatMap((scorer) => scorerConformance(scorer)),
    ...Object.entries(variants).flatMap(([title, config]) =>
      scorerConformance({ ...scorers.named(title.replace(/:.*/, '')), name: title }, config),
    ),
  ];
  it.each(checks.map(({ name, run }) => [name, run] as const))('%s', (_, run) => run());
});

const attention = scorers.named('attention');

/** The attention scorer with other outputs, or other words. */
const like = (parts: Partial<Scorer>): Scorer => ({ ...attention, name: 'broken', ...parts });
let made = 0;

/** One promise is broken by each. */
const broken: readonly (readonly [check: string, message: RegExp, scorer: Scorer, config?: Partial<ScorerConfig>])[] = [
  [
    'a list alone scores as it does in a batch',
    /of list \d in a batch/,
    like({
      score(layer, inputs, options) {
        const outputs = attention.score(layer, inputs, options);
        const countedB1 = inputs.maskBK.mul(0).add(1).sum(1, { keep: true });
        return { ...outputs, itemLogitsBK: outputs.itemLogitsBK.mul(countedB1) };
      },
    }),
  ],
  ['permuting a list permutes', /of the same items in another order/, like({ seesPosition: () => false })],
  ['permuting a list permutes', /since seesPosition says so/, like({ seesPosition: () => true })],
  ['sees the other items', /beside other items/, like({ seesCompany: false })],
  ['sees the other items', /since seesCompany says so/, { ...pointwiseScorer, name: 'broken', seesCompany: true }],
  ['knows the user by its history', /after other clicks/, { ...scorers.named('prm'), name: 'broken', personal: false }],
  ['knows the user by its history', /since personal says so/, like({ personal: true })],
  [
    'knows of items that are not there yet',
    /since partial is above 0/,
    like({
      score: (layer, inputs, options) => attention.score(layer, { ...inputs, restB: inputs.restB.mul(0) }, options),
    }),
    { partial: 1 },
  ],
  [
    'scores a page longer than any',
    /finite logits|indices element out of data bounds/,
    like({
      score(layer, inputs, options) {
        const outputs = attention.score(layer, inputs, options);
        const placeBK = inputs.positionBK.toFloat().neg().add(2).sqrt();
        return { ...outputs, itemLogitsBK: outputs.itemLogitsBK.mul(placeBK) };
      },
    }),
  ],
  [
    "the list's logit is that of at least one click",
    /those of at least one click/,
    like({
      score: (...given) => ({
        ...attention.score(...given),
        slateLogitB: attention.score(...given).slateLogitB.mul(0),
      }),
    }),
  ],
  [
    'the same seed makes the same model',
    /from the same seed, found another/,
    like({ create: (rng, options) => attention.create(rng.split(`model ${made++}`), options) }),
  ],
  [
    'saved and loaded it gives identical logits',
    /after loading/,
    like({
      create: (rng, options) => ({ ...attention.create(rng, options), scale: 1 + (made++ % 1000) / 100 }),
      score(layer, inputs, options) {
        const outputs = attention.score(layer, inputs, options);
        return { ...outputs, itemLogitsBK: outputs.itemLogitsBK.mul(layer.scale as number) };
      },
    }),
  ],
  [
    'its gradients are those of finite differences',
    /a gradient of/,
    like({
      score(layer, inputs, options) {
        const outputs = attention.score(layer, inputs, options);
        return { ...outputs, itemLogitsBK: outputs.itemLogitsBK.mul(outputs.itemLogitsBK.stopGradient()) };
      },
    }),
  ],
];

describe('a scorer that breaks a promise', () => {
  const cases = broken.map(([check, message, scorer, config]) => ({ check, message, scorer, config }));
  it.each(cases)('"$check" is told: $message', async ({ check, message, scorer, config }) => {
    const found = scorerConformance(scorer, config).find(({ name }) => name.startsWith(`broken: ${check}`));
    await expect(found?.run()).rejects.toThrow(message);
  });

  it('that gives outputs of another shape is refused as soon as it is built', async () => {
    const { name: _, kind: __, ...own } = attention;
    const flat = defineScorer({
      ...own,
      name: 'flat',
      score: (...given) => ({ ...attention.score(...given), slateLogitB: attention.score(...given).itemLogitsBK }),
    });
    const [first] = scorerConformance(flat);
    await expect(first.run()).rejects.toThrow(
      'scorer "flat": expected score to return slateLogitB of shape [B], found [B, K]; reshape it',
    );
  });
});
