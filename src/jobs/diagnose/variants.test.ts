import { describe, expect, it } from 'vitest';
import { attentionListNet } from '../../train/recipes/attention.ts';
import { pointwiseBce } from '../../train/recipes/pointwise.ts';
import { checkTrainingConfig } from '../../train/recipes/training-schema.ts';
import { bareVariants, forLists, onClicksAlone, withSecondTask } from './variants.ts';

const config = onClicksAlone(attentionListNet.config());

describe('a config for so many lists', () => {
  it('is the recipe itself where there are enough', () => {
    for (const lists of [4000, 100_000]) expect(forLists(config, { lists, epochs: 14 })).toEqual(config);
  });

  it.each([20, 100, 420, 2000])('has steps enough on %s lists', (lists) => {
    const { batch, epochs, patience, microBatch, optimizer } = forLists(config, { lists, epochs: 14 });
    const steps = epochs * Math.ceil(lists / batch);
    expect(steps).toBeGreaterThanOrEqual(400);
    expect(steps).toBeLessThan(900);
    expect(batch).toBeGreaterThanOrEqual(16);
    expect(microBatch).toBeLessThanOrEqual(batch);
    expect(patience).toBeGreaterThanOrEqual(epochs / 5);
    expect(optimizer.warmUp).toBeLessThanOrEqual(steps / 4);
  });

  it('ends sooner where the plan says so', () => {
    expect(forLists(config, { lists: 70_000, epochs: 5 }).epochs).toBe(5);
  });
});

describe('the trainings of a diagnosis', () => {
  it.each([config, onClicksAlone(pointwiseBce.config())])('are sound configs with names of their own', (base) => {
    const all = [...bareVariants(base), ...withSecondTask(base)].map((variant) => variant.config);
    for (const each of all) checkTrainingConfig(each);
    expect(new Set(all.map(({ recipe }) => recipe)).size).toBe(all.length);
  });

  it('without regularisation have none, and each cure has one of them', () => {
    const [none, ...cures] = bareVariants(config);
    expect(none.config).toMatchObject({
      ...{ recipe: 'attention-listnet-bare', averaging: 0, losses: [{ name: 'bce', weight: 1 }] },
      ...{ model: { dropout: 0, width: 64 }, optimizer: { weightDecay: 0, embeddingDecay: 0 } },
    });
    expect(cures.filter(({ kind }) => kind === 'regularisation').map(({ name }) => name)).toEqual([
      ...['dropout', 'weight decay', 'weight averaging', 'half the width'],
    ]);
    expect(cures.find(({ name }) => name === 'half the width')?.config.model).toMatchObject({ width: 32, heads: 4 });
    expect(cures.find(({ name }) => name === 'pair 0.5')?.config.losses).toEqual([
      ...[
        { name: 'bce', weight: 1 },
        { name: 'pair', weight: 0.5 },
      ],
    ]);
  });
});
