/** ONNX Runtime's WebAssembly, which browsers run, against its native library, in Node: the whole way from lists to weights. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { beforeAll, expect, it, vi } from 'vitest';
import type { Weights } from '../src/models/tables/weights.ts';
import { makeLists, type PlaygroundLists } from '../src/playground/lists.ts';
import { type PlaygroundRecipe, playgroundRecipes } from '../src/playground/recipes.ts';
import { createTraining } from '../src/playground/training.ts';
import { truthDefaults } from '../src/playground/truth-settings.ts';
import { setWebPlace } from '../src/runtime/web/place.ts';

const library = vi.hoisted((): { isWeb: boolean } => ({ isWeb: false }));
vi.mock('../src/runtime/node/open-model.ts', async (original) => {
  const native = await original<typeof import('../src/runtime/node/open-model.ts')>();
  const web = await import('../src/runtime/web/open-model.ts');
  const openModel: typeof native.openModel = (bytes, options) =>
    library.isWeb ? web.openModel(bytes) : native.openModel(bytes, options);
  return { openModel };
});

let lists: PlaygroundLists;
beforeAll(async () => {
  const wasm = createRequire(import.meta.url).resolve('onnxruntime-web/ort-wasm-simd-threaded.wasm');
  setWebPlace({ wasm: await readFile(wasm) });
  lists = await makeLists({ ...truthDefaults, lists: 600 });
});

const EPOCHS = 2;

/** Weights of the best of some epochs, and the last validation loss. */
async function trained(recipe: PlaygroundRecipe, isWeb: boolean): Promise<{ weights: Weights; loss: number }> {
  library.isWeb = isWeb;
  const training = createTraining(lists, { recipe, seed: 1, workers: 1 });
  const abort = new AbortController();
  let loss = Number.NaN;
  await training.run(abort.signal, {
    onEpoch(record) {
      loss = record.validation.total;
      if (record.epoch === EPOCHS) abort.abort();
    },
  });
  return { weights: training.weights(), loss };
}

it.each(playgroundRecipes)(
  '%s: the same seed gives the same weights in both to 1e-6',
  { timeout: 300_000 },
  async (recipe) => {
    const [native, web] = [await trained(recipe, false), await trained(recipe, true)];
    expect(Object.keys(web.weights)).toEqual(Object.keys(native.weights));
    const [ours, theirs] = [native.weights, web.weights].map((weights) =>
      Object.values(weights).flatMap((each) => [...each]),
    );
    const apart = ours.map((value, at) => Math.abs(value - theirs[at]));
    // Where a gradient is zero but for rounding (a key's bias, which no softmax sees), AdamW still makes a step of it.
    expect(apart.filter((difference) => difference > 1e-6).length).toBeLessThan(apart.length / 1000);
    expect(apart.reduce((most, difference) => Math.max(most, difference), 0)).toBeLessThan(1e-5);
    expect(ours.some((value) => Math.abs(value) > 0.1)).toBe(true);
    expect(Math.abs(web.loss - native.loss)).toBeLessThan(1e-6);
  },
);
