import { expect, it } from 'vitest';
import { defineRule, defineValueRule } from '../src/generate/rules/define-rule.ts';
import { bce } from '../src/losses/bce.ts';
import { perItem } from '../src/losses/counts.ts';
import { defineLoss } from '../src/losses/define-loss.ts';
import { defineMetric } from '../src/metrics/define-metric.ts';
import { defineScorer } from '../src/models/define-scorer.ts';
import { InputError } from '../src/slate/input-error.ts';
import { defineRecipe } from '../src/train/recipes/define-recipe.ts';
import { pointwiseBce } from '../src/train/recipes/pointwise.ts';

const calls = { defineLoss, defineScorer, defineMetric, defineRule, defineValueRule, defineRecipe };
const loss = { name: 'mine', counts: perItem, build: bce };
const scorer = { name: 'mine', create: () => ({}), score: () => ({}) };
const metric = { name: 'mine', title: 'mine', meaning: 'mine', ofSlate: () => 1 };

it.each<[keyof typeof calls, unknown, string]>([
  ['defineLoss', undefined, 'defineLoss: expected a definition such as { name, ... }, found nothing; give one'],
  ['defineScorer', undefined, 'defineScorer: expected a definition such as { name, ... }, found nothing; give one'],
  ['defineMetric', 5, 'defineMetric: expected a definition such as { name, ... }, found 5; give one'],
  ['defineRule', null, 'defineRule: expected a definition such as { name, ... }, found null; give one'],
  ['defineRecipe', undefined, 'defineRecipe: expected a definition such as { name, ... }, found nothing; give one'],
  ['defineLoss', { ...loss, calibrate: 'clicks' }, 'loss "mine": .*, found "calibrate"; did you mean "calibrates"?'],
  ['defineLoss', { ...loss, calibrates: 'click' }, 'calibrates: .*, found "click"; did you mean "clicks"?'],
  [
    'defineLoss',
    { ...loss, build: () => undefined },
    'expected build to return a scalar of float32, such as a mean by meanWhere, found nothing;',
  ],
  [
    'defineLoss',
    { ...loss, build: () => 5 },
    'expected build to return a scalar of float32, such as a mean by meanWhere, found 5;',
  ],
  ['defineScorer', { ...scorer, seesCompnay: false }, 'found "seesCompnay"; did you mean "seesCompany"?'],
  ['defineScorer', { ...scorer, seesCompany: 'no' }, 'seesCompany: expected true or false, found "no";'],
  [
    'defineScorer',
    { ...scorer, seesPosition: true },
    'seesPosition: expected a function, found true; give one, or leave it out',
  ],
  ['defineMetric', { ...metric, higherIsBeter: true }, 'found "higherIsBeter"; did you mean "higherIsBetter"?'],
  ['defineMetric', metric, 'higherIsBetter: expected true or false, found nothing;'],
  ['defineMetric', { ...metric, higherIsBetter: 'yes' }, 'higherIsBetter: expected true or false, found "yes";'],
  ['defineRule', { name: 'mine', refusals: () => '' }, 'found "refusals"; did you mean "refusal"?'],
  ['defineValueRule', { name: 'mine', idel: () => true }, 'found "idel"; did you mean "idle"?'],
  ['defineRecipe', { name: 'mine', base: pointwiseBce, epoch: 3 }, 'found "epoch"; did you mean "epochs"?'],
  ['defineRecipe', { name: 'mine', config: 5 }, 'config: expected a function that makes the whole config, found 5;'],
])('%s(%j) is refused', (call, own, sentence) => {
  const pattern = sentence.replace(/[?{}()]/g, '\\$&').replaceAll('...', '\\.\\.\\.');
  const refused = expect.objectContaining({
    code: 'invalid-definition',
    message: expect.stringMatching(pattern),
  });
  const define = calls[call] as (given: unknown) => unknown;
  expect(() => define(own)).toThrow(InputError);
  expect(() => define(own)).toThrow(refused);
});

it('takes a copy of a built-in definition under another name', () => {
  expect(defineLoss({ ...defineLoss(loss), name: 'other' }).name).toBe('other');
  expect(defineMetric({ ...defineMetric({ ...metric, higherIsBetter: true }), name: 'other' }).name).toBe('other');
});

it('says that a forward pass returned nothing', () => {
  const own = defineScorer({ ...scorer, score: () => undefined as never });
  expect(() => own.score({}, {} as never, {} as never)).toThrow(
    'expected score to return its outputs, as head() does, found nothing',
  );
});
