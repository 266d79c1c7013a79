import { expect, it } from 'vitest';
import { sampleConfig } from '../testing/sample-model.ts';
import { defineScorer } from './define-scorer.ts';
import type { Scorer } from './scorer.ts';
import { attentionScorer } from './scorers/attention-scorer.ts';

const { create, score } = attentionScorer;

it('is a list scorer that sees positions where the config has them, unless it says otherwise', () => {
  const own = defineScorer({ name: 'own', create, score });
  expect(own).toMatchObject({ kind: 'scorer', name: 'own', seesCompany: true });
  expect([true, false].map((position) => own.seesPosition({ ...sampleConfig, position }))).toEqual([true, false]);
  expect(own.firstStage).toBeUndefined();
  expect(defineScorer({ name: 'alone', create, score, seesCompany: false }).seesCompany).toBe(false);
});

it.each<[object, string]>([
  [{ name: '7', create, score }, 'scorer: expected a name of .* found "7"; rename it'],
  [{ name: 'own', score }, 'scorer "own": create: expected a function that makes the layers, found nothing; give one'],
  [
    { name: 'own', create, score: 3 },
    'scorer "own": score: expected a function that writes down the forward pass, found 3; give one',
  ],
])('refuses %j', (own, sentence) => {
  expect(() => defineScorer(own as Scorer)).toThrow(
    expect.objectContaining({ name: 'InputError', message: expect.stringMatching(`^${sentence}`) }),
  );
});
