import { beforeAll, expect, it } from 'vitest';
import { fitRecipe } from '../jobs/recipes/fit-recipe.ts';
import { silentReporter } from '../jobs/reporter.ts';
import { resolveRecipe } from '../jobs/settings.ts';
import { modelArrays } from '../models/tables/weights.ts';
import type { EpochRecord } from '../train/epoch-record.ts';
import type { PlaygroundJudgement } from './judge.ts';
import { makeLists, type PlaygroundLists } from './lists.ts';
import { createTraining } from './training.ts';
import { truthDefaults } from './truth-settings.ts';

const options = { recipe: 'attention-triplet', seed: 3, workers: 1 } as const;
const never = new AbortController().signal;
let lists: PlaygroundLists;
beforeAll(async () => {
  lists = await makeLists({ ...truthDefaults, lists: 600 });
});

it('is the training of the command line: the same weights, bit for bit, and the same curve', async () => {
  const curve: EpochRecord[] = [];
  const training = createTraining(lists, options);
  expect(await training.run(never, { onEpoch: (record) => curve.push(record) })).toBe('finished');
  const { encoded, settings, log } = lists;
  const prepared = { path: 'made', dataset: { ...log, folder: 'nowhere' }, encoded, settings };
  const fitted = await fitRecipe(prepared, encoded, {
    ...{ config: resolveRecipe(options.recipe), seed: options.seed, workers: 2, reporter: silentReporter },
  });
  expect(training.weights()).toEqual(modelArrays(fitted.model));
  expect(curve).toEqual(fitted.result.epochs);
});

it('stopped within an epoch and taken up again it ends as if it had not been stopped', async () => {
  const whole = createTraining(lists, options);
  await whole.run(never, {});
  const stopped = createTraining(lists, options);
  const epochs: number[] = [];
  for (const step of [2, 6, 7]) {
    const abort = new AbortController();
    const how = await stopped.run(abort.signal, {
      onProgress: (progress) => progress.step === step && abort.abort(),
      onEpoch: ({ epoch }) => epochs.push(epoch),
    });
    expect(how).toBe('stopped');
  }
  expect(await stopped.run(never, { onEpoch: ({ epoch }) => epochs.push(epoch) })).toBe('finished');
  expect(stopped.weights()).toEqual(whole.weights());
  expect(epochs).toEqual(epochs.map((_, n) => n + 1));
});

it('is judged on test lists by the truth: a model that sees company comes nearer', async () => {
  const last: Record<string, PlaygroundJudgement> = {};
  for (const recipe of ['pointwise-bce', 'attention-bce'] as const)
    await createTraining(await makeLists({ ...truthDefaults, lists: 3000, company: 2 }), { ...options, recipe }).run(
      never,
      { onEpoch: (_, judgement) => (last[recipe] = judgement) },
    );
  const { 'pointwise-bce': pointwise, 'attention-bce': attention } = last;
  expect(attention.truthLogLoss).toBe(pointwise.truthLogLoss);
  const above = ({ logLoss, truthLogLoss = Number.NaN }: PlaygroundJudgement): number => logLoss / truthLogLoss - 1;
  expect(above(attention)).toBeGreaterThan(0);
  expect(above(attention)).toBeLessThan(0.02);
  expect(above(pointwise)).toBeGreaterThan(0.05);
  expect(attention.points.map(({ label }) => label)).toContain('large beside medium and small');
});
