import { expect, it } from 'vitest';
import { createRng } from '../random/rng.ts';
import { sampleSpec } from '../testing/sample-lists.ts';
import { sampleConfig } from '../testing/sample-model.ts';
import { defineScorer, type OwnScorer } from './define-scorer.ts';
import { createModel } from './model.ts';
import { attentionScorer } from './scorers/attention-scorer.ts';

const { create, score } = attentionScorer;
const boom = new Error('boom');
const throws = (): never => {
  throw boom;
};
const circle: { self?: object } = {};
circle.self = circle;

/** All that a training asks of a scorer. */
function ask(part: object): void {
  const scorer = defineScorer({ name: 'own', create, score, ...part } as OwnScorer<never>);
  const model = createModel(createRng(1), { scorer, config: sampleConfig, spec: sampleSpec });
  scorer.score(model.layer, model.inputs, model);
  scorer.firstStage?.(model.layer, model.inputs, model);
  scorer.seesPosition(sampleConfig);
  scorer.asksForFirstStage?.(sampleConfig);
}

const LAYERS = 'expected create to return its layers, such as { head: createHead(...) }';
const OUTPUTS = 'expected score to return its outputs, as head() does';

it.each<[object, string]>([
  [{ create: () => undefined }, `${LAYERS}, found nothing; mend the function`],
  [{ create: () => 5 }, `${LAYERS}, found 5; mend the function`],
  [{ create: async () => ({}) }, `${LAYERS}, found a promise; write it without async`],
  [{ create: () => ({ head: Promise.resolve({}) }) }, `${LAYERS}, found {"head":"a promise"}`],
  [{ create: () => circle }, `${LAYERS}, found an object that cannot be shown`],
  [{ create: throws }, 'expected create to answer, found that it threw Error: boom'],
  [{ score: () => null }, `${OUTPUTS}, found null; mend the function`],
  [{ score: async () => ({}) }, `${OUTPUTS}, found a promise; write it without async`],
  [{ score: () => ({}) }, 'expected score to return itemVectorsBKD of shape [B, K, D], found nothing'],
  [{ score: throws }, 'expected score to answer, found that it threw Error: boom'],
  [{ firstStage: () => 5 }, 'expected firstStage to return its outputs, as head() does, found 5'],
  [{ seesPosition: async () => true }, 'expected seesPosition to return true or false, found a promise'],
  [{ seesPosition: () => undefined }, 'expected seesPosition to return true or false, found nothing'],
  [{ asksForFirstStage: () => 1 }, 'expected asksForFirstStage to return true or false, found 1'],
  [{ idTables: () => undefined }, 'expected idTables to return a list of { name, width, of, deviation }'],
  [{ idTables: () => [{ name: 'a', width: 0, of: 'shown', deviation: 1 }] }, 'expected idTables to return a list of'],
  [{ idTables: () => [{ name: 'a', width: 2, of: 'all', deviation: 1 }] }, 'expected idTables to return a list of'],
  [{ factorSets: { factors: 2 } }, 'factorSets: expected { factors, folds } as whole numbers, found {"factors":2}'],
  [
    { firstStageLearns: { parameters: 'a', tables: ['items'] } },
    'firstStageLearns: expected { parameters, tables }, tables among item,',
  ],
])('a scorer is told what it did wrong: %o', (part, sentence) => {
  expect(() => ask(part)).toThrow(
    expect.objectContaining({
      name: 'InputError',
      code: 'invalid-definition',
      message: expect.stringContaining(`scorer "own": ${sentence}`),
    }),
  );
});

it('keeps what a function of it threw, and lets a sound one be', () => {
  expect(() => ask({ create: throws })).toThrow(expect.objectContaining({ cause: boom }));
  expect(() => ask({})).not.toThrow();
});
