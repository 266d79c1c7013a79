import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { smallConfig } from '../../../test/encoded-drinks.ts';
import { bce } from '../../losses/bce.ts';
import { perItem } from '../../losses/counts.ts';
import { defineLoss } from '../../losses/define-loss.ts';
import type { Loss } from '../../losses/loss.ts';
import { defineScorer } from '../../models/define-scorer.ts';
import type { Scorer } from '../../models/scorer.ts';
import { attentionScorer } from '../../models/scorers/attention-scorer.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';
import { checkpointFolder } from '../../train/checkpoints/checkpoint-folder.ts';
import type { OwnKind } from '../kinds.ts';
import { type Prepared, prepare } from '../prepare.ts';
import { silentReporter } from '../reporter.ts';
import { settingsDefaults } from '../settings.ts';
import { fitRecipe } from './fit-recipe.ts';
import { ownKindsDigest } from './own-kinds-digest.ts';
import { runKey } from './run-key.ts';

/** A function that says the same whatever it holds: its text does not tell two apart. */
const scaledLoss = (scale: number): Loss =>
  defineLoss({ name: 'mine', calibrates: 'clicks', counts: perItem, build: (inputs) => bce(inputs).mul(scale) });
const scaledScorer = (scale: number): Scorer =>
  defineScorer({
    name: 'own',
    create: attentionScorer.create,
    score(...given) {
      const outputs = attentionScorer.score(...given);
      return { ...outputs, itemLogitsBK: outputs.itemLogitsBK.mul(scale) };
    },
  });

const builtIn = smallConfig('attention-bce', { epochs: 2 });
const config = { ...builtIn, scorer: 'own', losses: [{ name: 'mine', weight: 1 }] };
let prepared: (...kinds: OwnKind[]) => Prepared;
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'own-kinds-'));
  const log = join(folder, 'log.jsonl');
  await writeSimulation(simulateDrinks({ impressions: 200, seed: 3 }), { log });
  const settings = { ...settingsDefaults, kinds: [scaledLoss(1), scaledScorer(1)] };
  const options = { settings, configs: [config], cacheFolder: folder, reporter: silentReporter };
  const once = await prepare(log, options);
  prepared = (...kinds) => ({ ...once, settings: { ...settings, kinds } });
});

it('a run is known by what is made of the kinds that it names, and of no others', () => {
  const keyOf = (loss: number, scorer: number): string =>
    runKey(prepared(scaledLoss(loss), scaledScorer(scorer)), { config, seed: 1 });
  expect(keyOf(1, 1)).toBe(keyOf(1, 1));
  expect(new Set([keyOf(1, 1), keyOf(2, 1), keyOf(1, 2)]).size).toBe(3);
  const ofBuiltIn = (...kinds: OwnKind[]): string => runKey(prepared(...kinds), { config: builtIn, seed: 1 });
  expect(ofBuiltIn(scaledLoss(1), scaledScorer(2))).toBe(ofBuiltIn());
  const data = prepared(scaledLoss(1));
  expect(ownKindsDigest(data, data.encoded.train, { config: builtIn, seed: 1 })).toEqual([]);
});

it('a training goes on with the same kinds, and starts anew with others of their names', async () => {
  const train = async (scale: number, stopAfter?: number): Promise<{ notes: string[]; epochs: number }> => {
    const data = prepared(scaledLoss(scale), scaledScorer(1));
    const notes: string[] = [];
    const { slates, train: lists, validation } = data.encoded;
    const { result } = await fitRecipe(
      data,
      { slates, train: lists, validation },
      {
        config,
        seed: 1,
        workers: 1,
        reporter: { ...silentReporter, note: (text) => void notes.push(text) },
        checkpoints: checkpointFolder(join(folder, 'training')),
        ...(stopAfter === undefined ? {} : { stopAfter }),
      },
    );
    return { notes, epochs: result.epochs.length };
  };
  expect((await train(1, 1)).notes).toEqual([]);
  expect(await train(1)).toEqual({ notes: [], epochs: 2 });
  expect((await train(2)).notes.join()).toContain('starting anew');
});
