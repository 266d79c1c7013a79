import { describe, expect, it } from 'vitest';
import { checkPredictions, type Predictions } from './predictions.ts';

const lists = { offsets: Int32Array.of(0, 2, 3), labelS: Uint8Array.of(1, 0, 0), userB: Int32Array.of(0, 1) };
const good: Predictions = {
  recipe: 'a',
  seed: 3,
  scale: 'logit',
  valueS: Float32Array.of(1, -1, 0),
  threshold: 0,
};

describe('checkPredictions', () => {
  it('lets finite logits of the right number pass', () => {
    expect(() => checkPredictions(lists, good)).not.toThrow();
  });

  it.each([
    [{ valueS: Float32Array.of(1, 2) }, 'a, seed 3: 3 values expected, one a shown item, got 2'],
    [{ valueS: Float32Array.of(1, Number.NaN, 2) }, 'a, seed 3: every value must be finite, got NaN at slot 1'],
    [{ orderS: Float64Array.of(1, 2, Infinity) }, 'got Infinity at slot 2'],
    [{ scale: 'probability' }, 'a probability must be in [0, 1], got -1 at slot 1'],
  ] as const)('refuses %j', (fault, message) => {
    expect(() => checkPredictions(lists, { ...good, ...fault })).toThrow(message);
  });

  it('refuses lists whose offsets and labels disagree', () => {
    expect(() => checkPredictions({ ...lists, labelS: Uint8Array.of(1) }, good)).toThrow('3 labels expected');
  });
});
