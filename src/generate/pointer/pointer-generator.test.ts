import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { encodedMarket, type Market } from '../../../test/encoded-market.ts';
import { toyConfig } from '../../../test/pointer-toy.ts';
import { withNoise } from '../../../test/random-model.ts';
import { knownItemsOf, knownUsersOf, replayAfter } from '../../../test/replayed.ts';
import { candidateBatch } from '../../encoding/batches/candidate-batch.ts';
import { collate } from '../../encoding/batches/collate.ts';
import { normaliseSlates } from '../../encoding/columns/fitted-features.ts';
import { createPointerModel, type PointerModel } from '../../models/pointer.ts';
import { modelArrays } from '../../models/tables/weights.ts';
import { createRng } from '../../random/rng.ts';
import { createPool } from '../../runtime/pool.ts';
import { loadModel, saveModel } from '../../scoring/model-folder.ts';
import type { RankingEvent } from '../../slate/events.ts';
import { InputError } from '../../slate/input-error.ts';
import { rollOut } from '../../train/pointer/pointer-rollout.ts';
import type { GenerationTask, SlateValue } from '../generator.ts';
import { compileRules } from '../rules/compile-rules.ts';
import type { Rules } from '../rules/rules.ts';
import { loadPointer, savePointer } from './pointer-folder.ts';
import { createPointerGenerator, type PointerGenerator } from './pointer-generator.ts';
import { compilePointerEncoder, compilePointerStep } from './pointer-graphs.ts';

let market: Market;
let model: PointerModel;
let generator: PointerGenerator;
let request: RankingEvent;
const N = 30;

beforeAll(async () => {
  market = await encodedMarket();
  model = pointerWith({});
  const { features, encoder, memory, card } = market.scorer;
  generator = await createPointerGenerator({ model, features, encoder, memory });
  const items = knownItemsOf(memory).slice(0, N);
  const [user] = knownUsersOf(memory);
  request = {
    event: 'ranking',
    id: 'q',
    time: card.knownUntil + 1000,
    user,
    fields: {},
    items: items.map((id) => ({ id, fields: {} })),
  };
});

const pointerWith = (how: Partial<PointerModel['config']>): PointerModel => {
  const config = { ...toyConfig().model, ...how };
  return withNoise(createPointerModel(createRng(4), { config, spec: market.encoded.spec }), createRng(5));
};

/** A value that has nothing to do with what the pointer wants. */
const value: SlateValue = async (slates) =>
  Float64Array.from(slates, (places) => places.reduce((sum, n) => sum + n, 0));

function task(rules: Rules, count = 1, size = 6): GenerationTask {
  const known = market.scorer.memory.items;
  const candidates = request.items.map(({ id }) => ({ id, fields: known.fieldsOf(id) ?? {} }));
  return {
    request,
    size,
    value,
    rules: compileRules(rules, { candidates, size, where: 'request q' }),
    count,
    rng: createRng(1),
  };
}

describe('the pointer as a generator', () => {
  it('sees of candidates what the replay sees of them at position 0, but for what a list compares', () => {
    const { features } = market.scorer;
    const replay = replayAfter(market.scorer);
    const fast = candidateBatch(replay.candidates(request), features);
    const items = request.items.map((item) => ({ ...item, position: 0 }));
    replay.peek({ ranking: { ...request, items }, clickTimesK: new Float64Array(N).fill(-1) });
    const slow = collate(normaliseSlates(replay.take(), features), Int32Array.of(0));
    const { listRelative, slotDense } = market.encoded.spec;
    for (const [column, name] of slotDense.entries()) {
      for (let n = 0; n < N; n++) {
        const expected = listRelative.includes(name) ? 0 : slow.slotDenseBKF[n * slotDense.length + column];
        expect(fast.slotDenseBKF[n * slotDense.length + column], name).toBe(expected);
      }
    }
    const shared = (batch: typeof fast): unknown => ({ ...batch, slotDenseBKF: [], graph: undefined });
    expect(shared(fast)).toEqual(shared(slow));
  });

  it.each([false, true])('composes the slate that a rollout of training composes, intra %s', async (intra) => {
    const { encoder, memory, features } = market.scorer;
    const model = pointerWith({ intra });
    const generator = await createPointerGenerator({ model, features, encoder, memory });
    const pools = await Promise.all(
      [compilePointerEncoder(model), compilePointerStep(model)].map(async ({ graph, layout }) => {
        const pool = await createPool(graph, { workers: 1, layout });
        for (const { name, offset } of layout.entries) pool.parameters.set(modelArrays(model)[name], offset);
        return pool;
      }),
    );
    const batches = [candidateBatch(encoder.candidates(request, memory), features)];
    const [[slate]] = await rollOut(
      { model, encoder: pools[0], step: pools[1] },
      { batches, size: 6, rngs: [createRng(0)], samples: 0 },
    );
    await Promise.all(pools.map((pool) => pool.close()));
    const [found] = await generator.generate(task({}));
    expect([...found.places]).toEqual([...slate]);
    expect(new Set(slate).size).toBe(6);
    expect(found.value).toBe(slate.reduce((sum, n) => sum + n, 0));
    await generator.close();
  });

  it('keeps every rule, and is not moved by chance', async () => {
    const [free] = await generator.generate(task({}));
    const ids = request.items.map(({ id }) => id);
    const unloved = ids.findIndex((_, n) => !free.places.includes(n));
    const rules: Rules = {
      pin: [{ item: ids[unloved], position: 2 }],
      exclude: [ids[free.places[0]]],
      atMost: [{ field: 'category', count: 2 }],
    };
    const given = task(rules, 4);
    const slates = await generator.generate(given);
    expect(slates.length).toBe(4);
    for (const { places } of slates) {
      expect(given.rules.permits(places)).toBe(true);
      expect(places[2]).toBe(unloved);
      expect(places).not.toContain(free.places[0]);
    }
    expect(await generator.generate({ ...given, rng: createRng(99) })).toEqual(slates);
    expect(new Set(slates.map(({ places }) => places.join())).size).toBe(4);
    expect(slates.map((slate) => slate.value)).toEqual(slates.map((slate) => slate.value).toSorted((a, b) => b - a));
  });

  it('fills as many places as there are candidates', async () => {
    const given = task({ exclude: request.items.slice(4).map(({ id }) => id) });
    expect([...(await generator.generate(given))[0].places].sort()).toEqual([0, 1, 2, 3]);
  });

  it('is complete in its folder, which is no scorer, as a scorer is no generator', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pointer-'));
    const card = {
      recipe: 'exact-k-pointer',
      seed: 1,
      objective: 'clicks',
      size: 6,
      candidates: N,
      config: {},
      protocol: {},
      version: '0',
    };
    await savePointer(join(folder, 'p'), { model, scorer: market.scorer, card });
    await saveModel(join(folder, 's'), market.scorer);
    const loaded = await loadPointer(join(folder, 'p'));
    expect(loaded.card).toEqual(card);
    const { features, encoder, memory } = loaded.scorer;
    const again = await createPointerGenerator({ model: loaded.model, features, encoder, memory });
    expect(await again.generate(task({}, 3))).toEqual(await generator.generate(task({}, 3)));
    await again.close();
    await expect(loadModel(join(folder, 'p'))).rejects.toThrow(/expected a scorer's model folder, found a generator's/);
    await expect(loadModel(join(folder, 'p', 'scorer'))).resolves.toBeDefined();
    await expect(loadPointer(join(folder, 's'))).rejects.toThrow(/expected a generator's folder, found a scorer's/);
    await expect(loadPointer(join(folder, 'none'))).rejects.toThrow(/no pointer\.json/);
    const file = join(folder, 'p', 'pointer.json');
    const json = JSON.parse(await readFile(file, 'utf8'));
    const damages: readonly (readonly [string, string])[] = [
      ['{', 'found a damaged pointer.json'],
      [JSON.stringify({ ...json, format: 99 }), 'expected a model of format 3, found 99'],
      [JSON.stringify({ ...json, modelConfig: undefined }), 'found pointer.json with'],
    ];
    for (const [content, sentence] of damages) {
      await writeFile(file, content);
      await expect(loadPointer(join(folder, 'p'))).rejects.toThrow(InputError);
      await expect(loadPointer(join(folder, 'p'))).rejects.toThrow(sentence);
    }
    // A scorer of its own right, but not the one that taught it.
    await writeFile(file, JSON.stringify(json, null, 1).concat('\n'));
    await loadPointer(join(folder, 'p'));
    await rm(join(folder, 'p', 'scorer'), { recursive: true });
    const other = { ...market.scorer, card: { ...market.scorer.card, seed: 77 } };
    await saveModel(join(folder, 'other'), other);
    await cp(join(folder, 'other'), join(folder, 'p', 'scorer'), { recursive: true });
    await loadModel(join(folder, 'p', 'scorer'));
    await expect(loadPointer(join(folder, 'p'))).rejects.toThrow('found scorer/manifest.json');
  });
});
