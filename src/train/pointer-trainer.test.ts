import { describe, expect, it } from 'vitest';
import { createPointerToy, toyConfig } from '../../test/pointer-toy.ts';
import { createPointerModel } from '../models/pointer.ts';
import { modelArrays, type Weights } from '../models/weights.ts';
import { createRng } from '../random/rng.ts';
import type { Store } from './checkpoint.ts';
import type { PointerCheckpoint } from './pointer-checkpoint.ts';
import type { PointerConfig } from './pointer-config.ts';
import { type PointerResult, type TrainPointerOptions, trainPointerModel } from './pointer-trainer.ts';

const toy = createPointerToy();

async function trained(
  config: PointerConfig,
  options: Partial<TrainPointerOptions> = {},
): Promise<{ readonly result: PointerResult; readonly weights: Weights }> {
  const model = createPointerModel(createRng(3), { config: config.model, spec: toy.spec });
  const result = await trainPointerModel(model, toy.data, { config, seed: 7, workers: 1, ...options });
  return { result, weights: modelArrays(model) };
}

const short = (changes: Partial<PointerConfig['reinforcement']> = {}): PointerConfig => {
  const base = toyConfig();
  return {
    ...base,
    imitation: { ...base.imitation, epochs: 1 },
    reinforcement: { ...base.reinforcement, epochs: 2, samples: 3, ...changes },
  };
};

describe('training a pointer', () => {
  it.each(['slate', 'neighbours'] as const)(
    'with the reward of the %s, its greedy slates come near the best there are, and nearer than imitation brought them',
    async (reward) => {
      const base = toyConfig();
      const { result } = await trained({ ...base, reinforcement: { ...base.reinforcement, reward } });
      const kept = result.records[result.keptEpoch - 1];
      expect(kept.share).toBeGreaterThan(0.97);
    },
  );
});
