import { expect, it } from 'vitest';
import { bce } from '../losses/bce.ts';
import { perItem } from '../losses/counts.ts';
import { defineLoss } from '../losses/define-loss.ts';
import { attentionBce } from '../train/recipes/attention.ts';
import { recipes } from '../train/recipes/recipes.ts';
import { kindsOf } from './kinds.ts';
import { metricDoubt } from './metric-doubt.ts';

const focal = defineLoss({ name: 'focal', counts: perItem, build: bce });
const kinds = kindsOf([focal]);

it('warns of a loss that makes no probabilities where log loss chooses the epoch', () => {
  const config = { ...attentionBce.config(), recipe: 'own', losses: [{ name: 'focal', weight: 1 }] };
  expect(metricDoubt(config, kinds)).toBe(
    'own: its epoch is chosen by log loss, which reads scores as click probabilities, and focal does not make them so; set metric to rocAuc or ndcgAt10, or add the loss bce',
  );
  expect(metricDoubt({ ...config, metric: 'rocAuc' }, kinds)).toBeUndefined();
  expect(metricDoubt({ ...config, losses: [...config.losses, { name: 'bce', weight: 1 }] }, kinds)).toBeUndefined();
});

it('says nothing of any recipe of the program', () => {
  for (const { config } of recipes.all) expect(metricDoubt(config(), kinds)).toBeUndefined();
});
