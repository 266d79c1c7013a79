import { describe, expect, it } from 'vitest';
import { defineMetric } from '../../metrics/define-metric.ts';
import { metrics } from '../../metrics/metrics.ts';
import { recipes } from './recipes.ts';
import type { TrainingConfig } from './training-config.ts';
import { builtInTrainingKinds } from './training-kinds.ts';
import { checkTrainingConfig, trainingConfigSchema } from './training-schema.ts';

it('takes every recipe as it is', () => {
  for (const { config } of recipes.all) expect(trainingConfigSchema().parse(config())).toEqual(config());
});

it('refuses two losses of one name, in either stage', () => {
  const twice = [
    { name: 'pair', weight: 1 },
    { name: 'bce', weight: 1 },
    { name: 'pair', weight: 0.1 },
  ] as const;
  const config = recipes.named('two-stage').config();
  for (const broken of [
    { ...config, losses: twice },
    { ...config, factors: undefined, firstStage: { losses: twice, epochs: 1 } },
  ]) {
    const { error } = trainingConfigSchema().safeParse(broken);
    expect(error?.issues.map(({ message }) => message)).toEqual([
      'expected every loss once, found "pair" twice; leave one out, or give one the sum of both weights',
    ]);
  }
});

it('refuses losses on two logits in the first stage', () => {
  const losses = recipes.named('attention-jrc').config().losses;
  const config = { ...recipes.named('two-stage').config(), factors: undefined, firstStage: { losses, epochs: 1 } };
  expect(() => checkTrainingConfig(config)).toThrow('firstStage.losses: expected losses on one logit per item');
});

describe('a config that a caller made by hand', () => {
  const base = recipes.named('attention-triplet').config();
  const [bce, triplet] = base.losses;
  const changed = (changes: object): TrainingConfig => ({ ...base, ...changes }) as TrainingConfig;

  it.each([
    [
      { losses: [{ ...bce, name: 'bec' }] },
      'losses.0.name: expected one of bce, rcr, .*, found "bec"; did you mean "bce"?',
    ],
    [{ losses: [{ ...bce, name: 'constructor' }] }, 'losses.0.name: expected one of bce, .*found "constructor"'],
    [{ losses: [bce, { ...triplet, mining: 'semihard' }] }, 'losses.1.mining: .*did you mean "semi-hard"?'],
    [{ losses: [{ ...bce, weight: 0 }] }, 'losses.0.weight: expected a weight above 0, found 0; leave the term out'],
    [{ losses: [{ ...bce, weight: -1 }] }, 'losses.0.weight: expected a weight above 0, found -1'],
    [{ scorer: 'atention' }, 'scorer: .*did you mean "attention"?'],
    [{ scorer: '__proto__' }, 'scorer: .*found "__proto__"; name one of these'],
    [{ metric: 'auc' }, 'metric: expected one of rocAuc, prAuc, logLoss, .*, recallAt5, .*found "auc"'],
    [{ optimiser: {} }, 'expected one of recipe, .*did you mean "optimizer"?'],
    [{ model: { ...base.model, head: 'click' } }, 'model.head: .*did you mean "clicks"?'],
    [{ model: { ...base.model, width: 200_000 } }, 'model.width: expected number to be <=4096, found 200000'],
    [
      { model: { ...base.model, width: 4096, blocks: 64 } },
      'model: expected at most 64 million weights in its blocks, found about 4362 million',
    ],
    [{ epochs: 1e9 }, 'epochs: expected number to be <=10000, found 1000000000'],
    [
      { optimizer: { ...base.optimizer, learningRate: Number.NaN } },
      'optimizer.learningRate: expected number, found NaN',
    ],
  ])('with %j is refused by its key', (changes, sentence) => {
    expect(() => checkTrainingConfig(changed(changes))).toThrow(
      expect.objectContaining({
        name: 'InputError',
        message: expect.stringMatching(`^recipe attention-triplet: ${sentence.replaceAll('?', '\\?')}`),
      }),
    );
  });

  it('is taken where it is one', () => {
    for (const { config } of recipes.all) expect(() => checkTrainingConfig(config())).not.toThrow();
  });
});

describe('the metric that chooses the epoch', () => {
  const config = { ...recipes.named('attention-bce').config(), metric: 'topTwo' };

  it('may be one of the caller, and any of the program but those that need a threshold', () => {
    const own = defineMetric({
      ...{ name: 'topTwo', title: 'top two', meaning: 'made up', higherIsBetter: true },
      ofItem: ({ label }) => label,
    });
    const kinds = { ...builtInTrainingKinds, metrics: metrics.with([own]) };
    expect(() => checkTrainingConfig(config, kinds)).not.toThrow();
    expect(() => checkTrainingConfig({ ...config, metric: 'perUserAuc' })).not.toThrow();
    expect(() => checkTrainingConfig({ ...config, metric: 'f1' })).toThrow(/metric: expected one of .*, found "f1"/);
    expect(() => checkTrainingConfig(config)).toThrow(/found "topTwo"; name one of these, or give your own in kinds$/);
  });
});
