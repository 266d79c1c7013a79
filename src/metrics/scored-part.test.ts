import { describe, expect, it } from 'vitest';
import { probabilitiesOf } from './scored-part.ts';

describe('probabilitiesOf', () => {
  it('takes logits through the sigmoid, far ones too, and probabilities as they are', () => {
    const logits = { scale: 'logit' as const, valueS: Float64Array.of(0, Math.log(3), -1e4, 1e4) };
    expect([...probabilitiesOf(logits)]).toEqual([0.5, expect.closeTo(0.75, 15), 0, 1]);
    const probabilities = { scale: 'probability' as const, valueS: Float64Array.of(0.25, 0.5) };
    expect([...probabilitiesOf(probabilities)]).toEqual([0.25, 0.5]);
  });
});
