import { join } from 'node:path';
import type { Generator } from '../../src/generate/generator.ts';
import { generatorNamed } from '../../src/generate/generators.ts';
import { loadPointer } from '../../src/generate/pointer/pointer-folder.ts';
import { createPointerGenerator } from '../../src/generate/pointer/pointer-generator.ts';
import { createSlateGenerator } from '../../src/generate/request/slate-generator.ts';
import { drawRequests } from '../../src/jobs/generators/evaluate-on-market.ts';
import { BEST_BY_TRUTH, bestsByTruth, marketOf, trueJudge } from '../../src/jobs/generators/market-truth.ts';
import { trainPointer } from '../../src/jobs/pointer/train-pointer.ts';
import { prepare } from '../../src/jobs/prepare.ts';
import { trainModel } from '../../src/jobs/recipes/train-model.ts';
import { silentReporter } from '../../src/jobs/reporter.ts';
import { resolveRecipe, settingsDefaults } from '../../src/jobs/settings.ts';
import { loadModel, type StoredModel } from '../../src/scoring/model-folder.ts';
import type { SeedWorth } from './intervals.ts';
import { pointersOf } from './pointers.ts';
import type { Scene } from './scene.ts';

const quiet = { workers: 1, reporter: silentReporter, settings: settingsDefaults };

export interface Seed {
  readonly worth: SeedWorth;
  /** By pointer: its greedy slates' value on held-out requests as a share of the scorer's beams', which no truth enters. */
  readonly heldOutShares: Readonly<Record<string, number>>;
}

/** The true worth of what each generator composes, with scorer and pointers of one seed. `best` by the truth is the same for all seeds: it is looked for where none is given. */
export async function worthOfSeed(
  scene: Scene,
  { seed, best }: { readonly seed: number; readonly best?: SeedWorth[string] | undefined },
): Promise<Seed> {
  const cacheFolder = join(scene.folder, 'cache');
  const config = resolveRecipe(scene.recipe);
  const prepared = await prepare(scene.log, { ...quiet, cacheFolder, configs: [config] });
  const scorer = join(scene.folder, `scorer-${seed}`);
  await trainModel(prepared, { ...quiet, config, seed, folder: scorer });
  const stored = await loadModel(scorer);

  const worth: Record<string, SeedWorth[string]> = {};
  for (const name of scene.searches) worth[name] = await worthOf(scene, stored, generatorNamed(name));
  const heldOutShares: Record<string, number> = {};
  for (const [name, pointer] of Object.entries(await pointersOf(scene))) {
    if (!scene.pointers.includes(name)) continue;
    const folder = join(scene.folder, `${name.replaceAll(' ', '-')}-${seed}`);
    const trained = await trainPointer(scene.log, { ...quiet, config: pointer, scorer, folder, seed, cacheFolder });
    const { records, keptEpoch } = trained?.card.protocol ?? { records: [], keptEpoch: 0 };
    heldOutShares[name] = records[keptEpoch - 1]?.share ?? Number.NaN;
    const { model } = await loadPointer(folder);
    const generator = await createPointerGenerator({ ...stored, model, objective: scene.objective });
    worth[name] = await worthOf(scene, stored, generator);
    await generator.close();
  }
  return { worth: { ...worth, [BEST_BY_TRUTH]: best ?? (await bestOf(scene, stored)) }, heldOutShares };
}

async function worthOf(scene: Scene, stored: StoredModel, generator: Generator): Promise<SeedWorth[string]> {
  const { judge, asked } = await requestsOf(scene, stored);
  const { size, objective } = scene;
  const maker = await createSlateGenerator(stored, { generator, size, objective, workers: 1, seed: 1 });
  const [clicksL, valueL] = [new Float64Array(asked.length), new Float64Array(asked.length)];
  for (const [at, request] of asked.entries()) {
    const { items } = await maker.generate(request);
    ({ clicks: clicksL[at], value: valueL[at] } = judge.worth(request, items));
  }
  await maker.close();
  return { clicksL, valueL };
}

async function bestOf(scene: Scene, stored: StoredModel): Promise<SeedWorth[string]> {
  const { judge, asked } = await requestsOf(scene, stored);
  const best = await bestsByTruth(judge, asked, { ...quiet, size: scene.size, seed: 1 });
  return {
    clicksL: Float64Array.from(best, ({ clicks }) => clicks),
    valueL: Float64Array.from(best, ({ value }) => value),
  };
}

/** The same for every seed. */
async function requestsOf({ truth, objective, requests, candidates }: Scene, { card }: StoredModel) {
  const market = await marketOf(truth);
  const asked = drawRequests(market, { seed: 1, requests, candidates, time: card.knownUntil + 1 });
  return { judge: trueJudge(market, objective), asked };
}
