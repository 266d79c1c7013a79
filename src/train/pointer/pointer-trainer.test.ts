import { describe, expect, it } from 'vitest';
import { createPointerToy, toyConfig } from '../../../test/pointer-toy.ts';
import { createInMemorySlates } from '../../datasets/slate-source/in-memory-slates.ts';
import { createPointerModel } from '../../models/pointer.ts';
import { modelArrays, type Weights } from '../../models/tables/weights.ts';
import { createRng } from '../../random/rng.ts';
import type { Store } from '../checkpoints/checkpoint.ts';
import type { PointerCheckpoint } from './pointer-checkpoint.ts';
import type { PointerConfig } from './pointer-config.ts';
import { type PointerResult, type TrainPointerOptions, trainPointerModel } from './pointer-trainer.ts';

const toy = createPointerToy();
const few = createPointerToy({ train: 40, heldOut: 8 });
const best = toy.data.heldOut.reduce((sum, request) => sum + toy.bestValue[request], 0) / toy.data.heldOut.length;

async function trained(
  config: PointerConfig,
  { data = few.data, ...options }: Partial<TrainPointerOptions> & { data?: typeof toy.data } = {},
): Promise<{ readonly result: PointerResult; readonly weights: Weights }> {
  const model = createPointerModel(createRng(3), { config: config.model, spec: toy.spec });
  const result = await trainPointerModel(model, data, { config, seed: 7, workers: 1, origin: 'toy', ...options });
  return { result, weights: modelArrays(model) };
}

/** Two epochs of three steps by imitation, then as many by reinforcement. */
const short = (changes: Partial<PointerConfig['reinforcement']> = {}): PointerConfig => {
  const base = toyConfig();
  return {
    ...base,
    imitation: { ...base.imitation, epochs: 2 },
    reinforcement: { ...base.reinforcement, epochs: 2, samples: 3, ...changes },
  };
};

const memoryStore = (): Store<PointerCheckpoint> => {
  let stored: PointerCheckpoint | undefined;
  return {
    load: async () => stored,
    save: async (checkpoint) => {
      stored = structuredClone(checkpoint);
    },
  };
};

describe('training a pointer', () => {
  it.each(['slate', 'neighbours'] as const)(
    'with the reward of the %s its greedy slates come nearer to the best there are than what it imitated',
    async (reward) => {
      const base = toyConfig();
      const config = { ...base, reinforcement: { ...base.reinforcement, reward } };
      const { result } = await trained(config, { data: toy.data });
      const { records, keptEpoch, reference } = result;
      const imitated = records.filter(({ stage }) => stage === 'imitation');
      const kept = records[keptEpoch - 1];
      expect(kept.greedyValue).toBe(Math.max(...records.map(({ greedyValue }) => greedyValue)));
      expect(kept.stage).toBe('reinforcement');
      expect(kept.greedyValue / best).toBeGreaterThan(0.985);
      expect(kept.greedyValue).toBeLessThanOrEqual(best);
      expect(kept.greedyValue / best).toBeGreaterThan((imitated.at(-1)?.greedyValue ?? 0) / best);
      expect(kept.share).toBeCloseTo(kept.greedyValue / reference, 12);
      expect(imitated.at(-1)?.imitationLoss).toBeLessThan(imitated[0].imitationLoss);
    },
  );

  it.each(['off', 'sampled', 'best'] as const)(
    'is bitwise the same for 1 and 2 workers, hill climbing %s',
    async (how) => {
      const reward = ({ off: 'slate', sampled: 'signed', best: 'neighbours' } as const)[how];
      const config = short({ hillClimbing: how, reward });
      const [one, two] = await Promise.all([1, 2].map((workers) => trained(config, { workers })));
      expect(two).toEqual(one);
      expect((await trained(config, { seed: 8 })).weights).not.toEqual(one.weights);
    },
  );

  it("learns as the authors' code does: one climbed sample reinforced, the logged card imitated along it", async () => {
    const authors = { reward: 'signed', policy: 'climbed', hillClimbing: 'off', imitationPath: 'reinforced' } as const;
    const config = { ...short({ ...authors, imitationWeight: 0.5 }), demonstrations: 'card' as const };
    const alone = { ...config, imitation: { ...config.imitation, epochs: 0 } };
    const labelS = new Uint8Array(few.data.slates.columns.labelS.length);
    // Only the first candidate of the even requests is clicked: the others' cards satisfied nobody.
    for (const request of few.data.train) labelS[request * 8] = request % 2 === 0 ? 1 : 0;
    const data = { ...few.data, slates: createInMemorySlates({ ...few.data.slates.columns, labelS }) };
    const [one, two] = await Promise.all([1, 2].map((workers) => trained(alone, { data, workers })));
    expect(two).toEqual(one);
    expect(one.result.records[0].imitationLoss).toBeGreaterThan(0);
    // Without a click no card is a demonstration.
    const none = (await trained(alone)).result.records.map(({ imitationLoss }) => imitationLoss);
    expect(none).toEqual([0, 0]);
    expect((await trained({ ...alone, demonstrations: 'clicks' }, { data })).weights).not.toEqual(one.weights);
  });

  it.each([1, 5, 6, 8, 12])(
    'interrupted after step %i and resumed it ends as if nothing had happened',
    async (steps) => {
      const config = short();
      const whole = await trained(config);
      const checkpoints = memoryStore();
      const controller = new AbortController();
      let done = 0;
      const { result } = await trained(config, {
        checkpoints,
        signal: controller.signal,
        onProgress: ({ task, last }) => {
          if (task !== 'demonstrations' && !last && ++done === steps) controller.abort();
        },
      });
      expect(result.interrupted).toBe(true);
      expect(await trained(config, { checkpoints, workers: 2 })).toEqual(whole);
    },
  );

  it('interrupted while it looks for demonstrations it leaves nothing, and of another run it takes nothing', async () => {
    const checkpoints = memoryStore();
    const { result } = await trained(short(), { checkpoints, signal: AbortSignal.abort() });
    expect(result).toMatchObject({ records: [], interrupted: true });
    expect(await checkpoints.load()).toBeUndefined();
    await trained(short(), { checkpoints });
    const other = short({ samples: 4 });
    expect(await trained(other, { checkpoints })).toEqual(await trained(other));
    // Nothing is left to do of what is stored: only a run that starts afresh has steps to tell of.
    let steps = 0;
    const count = (): void => void steps++;
    await trained(other, { checkpoints, onProgress: count });
    expect(steps).toBe(0);
    await trained(other, { checkpoints, onProgress: count, origin: 'another judge' });
    expect(steps).toBeGreaterThan(0);
  });

  it('imitates what was clicked where that is asked for; a request without clicks teaches nothing', async () => {
    const config = { ...short(), demonstrations: 'clicks' as const };
    const none = await trained({ ...config, reinforcement: { ...config.reinforcement, epochs: 0 } });
    expect(none.result.records.map(({ imitationLoss }) => imitationLoss)).toEqual([0, 0]);
    // The best candidate of each request was clicked.
    const labelS = Uint8Array.from({ length: few.data.slates.columns.labelS.length });
    for (const request of few.data.train) {
      const values = Array.from({ length: 8 }, (_, n) => few.worthOf(request, [n]));
      labelS[request * 8 + values.indexOf(Math.max(...values))] = 1;
    }
    const data = { ...few.data, slates: createInMemorySlates({ ...few.data.slates.columns, labelS }) };
    const { records } = (await trained(config, { data })).result;
    expect(records[0].imitationLoss).toBeGreaterThan(0);
    expect(records[1].imitationLoss).toBeLessThan(records[0].imitationLoss);
  });
});
