import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryItems } from '../src/encoding/columns/slate-encoder.ts';
import { type EventInput, InputError, type ListModel, open, type Snapshot, train } from '../src/index.ts';
import { prepare } from '../src/jobs/prepare.ts';
import { trainModel } from '../src/jobs/recipes/train-model.ts';
import { silentReporter } from '../src/jobs/reporter.ts';
import { resolveRecipe, settingsFrom } from '../src/jobs/settings.ts';
import { createMemory } from '../src/memory/memory.ts';
import type { MemorySnapshot } from '../src/memory/snapshot.ts';
import { loadModel } from '../src/scoring/model-folder.ts';
import { eventToJson } from '../src/slate/event-to-json.ts';
import { readEvent } from '../src/slate/log-form.ts';
import { MARKET_START, type MarketFields, marketEvents, marketFields, quick, streamOf } from './door-events.ts';

const LISTS = 400;
const END = MARKET_START + (LISTS + 10) * 60_000;
/** What time it is for the models here: after all events. */
const NOW = END + 86_400_000;
const events = marketEvents(LISTS);
const request = { user: 'u1', time: END, items: ['i0', 'i4', 'i7', 'i11'] };
const lineOf = (event: unknown): string => `${JSON.stringify(eventToJson(readEvent(event)))}\n`;

let folder = '';
let model: ListModel<MarketFields>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'door-'));
  model = await train(events, { ...quick, fields: marketFields, now: () => NOW });
});
afterAll(() => model.close());

/** The code of the error that a promise or a call ends with. */
async function codeOf(act: () => unknown): Promise<string> {
  try {
    await act();
  } catch (error) {
    if (error instanceof InputError) return error.code;
    throw error;
  }
  return 'none';
}

describe('train', () => {
  it('gives the model that the steps give, from a list, a stream or a log', async () => {
    const log = join(folder, 'events.jsonl');
    await writeFile(log, events.map(lineOf).join(''));
    const settings = settingsFrom({ recipes: { 'attention-listnet': { epochs: 1 } } }, 'settings');
    const config = resolveRecipe('attention-listnet', settings);
    const shared = { settings, reporter: silentReporter };
    const prepared = await prepare(log, { ...shared, configs: [config], cacheFolder: join(folder, 'cache') });
    await trainModel(prepared, { ...shared, config, seed: 1, workers: 2, folder: join(folder, 'steps') });
    await using ofSteps = await open(join(folder, 'steps'));
    const [expected] = await ofSteps.score([request]);
    expect((await model.score([request]))[0]).toEqual(expected);
    for (const source of [
      log,
      streamOf(events),
      new Set(events),
      join(folder, 'cache', (await readdir(join(folder, 'cache')))[0]),
    ]) {
      await using other = await train(source, quick);
      expect(await other.score([request])).toEqual([expected]);
      expect(other.report.validation).toEqual(model.report.validation);
    }
  });

  it('tells what was read and how well it predicts', () => {
    const { read, fields, lists, epochs, validation, test, recipe, seed } = model.report;
    expect(read).toMatchObject({ events: events.length, lists: LISTS, items: 12, users: 40 });
    expect(read?.rejected).toEqual({ count: 0, byReason: {} });
    expect(read?.from).toBe('2026-01-01T00:01:00.000Z');
    expect(fields).toMatchObject({ 'item.price': 'numeric', 'rankedItem.relevancy': 'numeric' });
    expect({ recipe, seed, lists, epochs }).toEqual({
      recipe: 'attention-listnet',
      seed: 1,
      lists: { train: 280, validation: 40, test: 80 },
      epochs: { trained: 1, kept: 1 },
    });
    for (const part of [validation, test]) expect(part?.rocAuc).toBeGreaterThan(0.5);
  });

  it('leaves out what cannot be used, and tells which, why and how many', async () => {
    const wrong: unknown[] = [
      { event: 'interaction', ranking: 'nowhere', time: END, item: 'i1', type: 'click' },
      { event: 'interaction', ranking: 'nowhere', time: END, item: 'i2', type: 'click' },
      { event: 'item', item: 'i1', time: new Date(Number.NaN), fields: {} },
      { event: 'item', item: 'i1', time: 'yesterday' },
      { event: 'item', item: 'i1', time: END, timestamp: END },
      { event: 'ranking', id: 'empty', time: END, items: [] },
      'i1',
    ];
    await using other = await train([...events, ...wrong] as EventInput[], quick);
    const { rejected } = other.report.read ?? {};
    expect(rejected?.count).toBe(7);
    expect(Object.entries(rejected?.byReason ?? {}).map(([reason, { count }]) => [reason, count])).toEqual(
      expect.arrayContaining([
        ['unknown-list', 2],
        ['bad-timestamp', 3],
        ['empty-slate', 1],
        ['unknown-event', 1],
      ]),
    );
    expect(rejected?.byReason['empty-slate']?.first).toEqual([
      {
        event: events.length + 6,
        message: expect.stringContaining('at least one item'),
        text: JSON.stringify(wrong[5]),
      },
    ]);
  });

  it('tells how far it is', async () => {
    const tasks = new Set<string>();
    await using _ = await train(events, {
      ...quick,
      onProgress: ({ task, done }) => void (done > 0 && tasks.add(task)),
    });
    expect([...tasks]).toEqual(['replay', 'attention-listnet seed 1']);
  });

  it('takes changes to a recipe, other recipes, settings, and learns from every list if told to', async () => {
    await using other = await train(events, {
      ...{ recipe: 'pointwise-bce', changes: { epochs: 2, model: { width: 8, feedForward: 8, heads: 1 } }, workers: 2 },
      ...{ seed: 5, refitAll: true, settings: { split: { by: 'user' }, historyLength: 3 } },
    });
    expect(other.report).toMatchObject({ recipe: 'pointwise-bce', seed: 5, epochs: { trained: 2 } });
    expect(other.report.test).toBeUndefined();
  });

  it.each<[string, string, () => unknown]>([
    ['no events', 'invalid-option', () => train(undefined as never)],
    ['events that are none', 'invalid-option', () => train({} as never)],
    ['no list among them', 'no-lists', () => train(events.filter(({ event }) => event !== 'ranking'))],
    ['too few lists', 'not-enough-data', () => train(events.slice(0, 54), quick)],
    ['a log that is not there', 'file-not-found', () => train('nowhere.jsonl')],
    ['a misspelt recipe', 'unknown-name', () => train(events, { recipe: 'attention-listent' })],
    ['a misspelt part of a recipe', 'invalid-config', () => train(events, { changes: { epoch: 3 } as never })],
    ['a misspelt setting', 'invalid-config', () => train(events, { settings: { historylength: 3 } as never })],
    ['a misspelt kind', 'invalid-option', () => train(events, { fields: { item: { price: 'number' } } as never })],
    [
      'a field that no event has',
      'unknown-field',
      () => train(events, { fields: { item: { prize: 'numeric' } } as never }),
    ],
    ['a seed that is no number', 'invalid-option', () => train(events, { seed: Number.NaN })],
    ['no threads', 'invalid-option', () => train(events, { ...quick, workers: 0 })],
    ['other labels', 'no-such-label', () => train(events, { ...quick, settings: { labelTypes: ['purchase'] } })],
    ['times in seconds', 'times-in-seconds', () => train(inSeconds(events), quick)],
  ])('refuses %s', async (_, code, act) => {
    expect(await codeOf(act)).toBe(code);
  });
});

const inSeconds = (given: readonly EventInput<MarketFields>[]): EventInput<MarketFields>[] =>
  given.map((event) => ({ ...event, time: Math.floor(Number(event.time) / 1000) }));

describe('a model that is open', () => {
  it('answers for items as ids or objects, in the order of the request', async () => {
    const [plain, withFields] = await model.score([
      request,
      { ...request, id: 'r', items: request.items.map((id) => ({ id })) },
    ]);
    expect(plain.items.map(({ item }) => item)).toEqual(request.items);
    expect(withFields.items.map(({ probability }) => probability)).toEqual(
      plain.items.map(({ probability }) => probability),
    );
    expect([plain.request, withFields.request]).toEqual(['request 1', 'r']);
    expect(await model.score([])).toEqual([]);
  });

  it('composes lists by rules, with alternatives', async () => {
    const asked = { ...request, items: ['i0', 'i1', 'i2', 'i3', 'i4', 'i5', 'i6'] };
    const { slates, generator } = await model.generate(asked, {
      size: 3,
      rules: { unique: ['cuisine'] },
      alternatives: 2,
    });
    expect(generator).toBe('beam+swap');
    expect(slates.length).toBe(3);
    for (const { items } of slates) expect(new Set(items.map(({ item }) => Number(item.slice(1)) % 3)).size).toBe(3);
    expect(slates.map(({ value }) => value)).toEqual(slates.map(({ value }) => value).toSorted((a, b) => b - a));
    const { slates: beam } = await model.generate(asked, { size: 2, generator: 'exhaustive', objective: 'any' });
    expect(beam[0].items.length).toBe(2);
  });

  it('explains a list', async () => {
    const explained = await model.explain(request);
    expect(explained.items.map((item) => item?.item)).toEqual(request.items);
    expect(explained.influence.length).toBe(4);
    const [{ items }] = await model.score([request]);
    expect(explained.items[2]?.probability).toBeCloseTo(items[2].probability, 5);
  });

  it('knows what it observed, from the next question on, whatever the clock', async () => {
    const before = model.snapshot();
    const [asBefore] = await model.score([{ user: 'u1', items: request.items }]);
    expect(await model.observe({ event: 'ranking', id: 'live', user: 'u1', items: request.items })).toBe('taken');
    expect(await model.observe({ event: 'interaction', ranking: 'live', item: 'i4', type: 'click' })).toBe('taken');
    expect(await model.observe({ event: 'interaction', ranking: 'live', item: 'i4', type: 'click' })).toBe('again');
    expect(await model.observe({ event: 'interaction', ranking: 'live', item: 'i7', type: 'purchase' })).toBe('other');
    expect(await model.observe({ event: 'item', item: 'i4', fields: { price: 1 } })).toBe('taken');
    const [asAfter] = await model.score([{ user: 'u1', items: request.items }]);
    expect(asAfter.items).not.toEqual(asBefore.items);
    model.restore(before);
    expect(await model.score([{ user: 'u1', items: request.items }])).toEqual([asBefore]);
  });

  it('knows after events, in whatever form they come, what a replay of them knows', async () => {
    const start = model.snapshot();
    const later = marketEvents(60, 2).map((event) => ({ ...event, time: Number(event.time) + (LISTS + 5) * 60_000 }));
    const forms: readonly ((event: EventInput<MarketFields>) => unknown)[] = [
      (event) => event,
      (event) => ({ ...event, time: new Date(event.time) }),
      (event) => ({ ...event, time: new Date(event.time).toISOString() }),
      (event) => eventToJson(readEvent(event)),
    ];
    const memory = await memoryOf(start);
    for (const event of later) memory.apply(readEvent(event));
    for (const form of forms) {
      model.restore(start);
      for (const [n, event] of later.entries()) {
        await model.observe(form(event) as never);
        // Questions leave no trace.
        if (n % 20 === 0) await model.score([request]);
      }
      expect(model.snapshot().memory).toEqual(memory.snapshot());
    }
    model.restore(start);
  });

  it('goes on from a snapshot that was written as JSON, in this model or in one that was saved', async () => {
    const start = model.snapshot();
    const path = join(folder, 'saved');
    await model.save(path);
    await model.observe({ event: 'ranking', id: 'more', user: 'u2', items: ['i1', 'i2'] });
    await model.observe({ event: 'interaction', ranking: 'more', item: 'i2', type: 'click' });
    const known = JSON.parse(JSON.stringify(model.snapshot())) as Snapshot;
    const asked = [{ ...request, user: 'u2', time: NOW + 60_000 }];
    const expected = await model.score(asked);
    model.restore(start);
    await using again = await open(path, { fields: marketFields, now: () => NOW });
    expect(again.report).toEqual(model.report);
    expect(await again.score(asked)).toEqual(await model.score(asked));
    expect(await again.score(asked)).not.toEqual(expected);
    again.restore(known);
    expect(await again.score(asked)).toEqual(expected);
    expect(again.snapshot()).toEqual(known);
    // Restored twice, it is the same: what came after the first has not changed it.
    await again.observe({ event: 'ranking', id: 'after', user: 'u2', items: ['i3', 'i2'] });
    again.restore(known);
    expect(await again.score(asked)).toEqual(expected);
  });

  it.each<[string, string, (open: ListModel) => unknown]>([
    ['a request that is none', 'invalid-request', (open) => open.score(['i1' as never])],
    ['one request instead of a list', 'invalid-request', (open) => open.score(request as never)],
    ['no items', 'missing-field', (open) => open.score([{ user: 'u1' } as never])],
    ['an empty list', 'empty-slate', (open) => open.score([{ ...request, items: [] }])],
    ['an item twice', 'item-twice-in-slate', (open) => open.score([{ ...request, items: ['i1', 'i1'] }])],
    ['time in seconds', 'bad-timestamp', (open) => open.score([{ ...request, time: Math.floor(END / 1000) }])],
    ['a time that is none', 'bad-timestamp', (open) => open.score([{ ...request, time: Number.NaN }])],
    ['a misspelt key', 'unknown-key', (open) => open.score([{ ...request, usr: 'u1' } as never])],
    [
      'a misspelt field',
      'unknown-field',
      (open) => open.score([{ ...request, items: [{ id: 'i1', fields: { relevance: 1 } }] }]),
    ],
    [
      "an item's own field in a request",
      'unknown-field',
      (open) => open.score([{ ...request, items: [{ id: 'i1', fields: { price: 5 } }] }]),
    ],
    [
      'a value that is none',
      'bad-value',
      (open) => open.explain({ ...request, items: [{ id: 'i1', fields: { relevancy: Number.NaN } }] }),
    ],
    ['a misspelt generator', 'unknown-name', (open) => open.generate(request, { generator: 'baem' })],
    [
      'a rule that cannot hold',
      'rules-cannot-hold',
      (open) => open.generate(request, { size: 2, rules: { pin: [{ item: 'i9', position: 0 }] } }),
    ],
    [
      'a rule that is none',
      'invalid-rules',
      (open) => open.generate(request, { rules: { uniq: ['cuisine'] } as never }),
    ],
    ['a size that is none', 'invalid-option', (open) => open.generate(request, { size: 0 })],
    [
      'a click on an unknown list',
      'unknown-list',
      (open) => open.observe({ event: 'interaction', ranking: 'no', item: 'i1', type: 'click' }),
    ],
    ['an event that is none', 'unknown-event', (open) => open.observe({ event: 'clicked' } as never)],
    ['an event in seconds', 'bad-timestamp', (open) => open.observe({ event: 'item', item: 'i1', time: 1.7e9 })],
    ['a snapshot that is none', 'invalid-snapshot', (open) => open.restore({} as never)],
    ["another model's snapshot", 'other-model', (open) => open.restore({ ...open.snapshot(), features: 'x' })],
    ['a broken snapshot', 'invalid-snapshot', (open) => open.restore({ ...open.snapshot(), memory: { items: 3 } })],
    ['a folder with other things to save to', 'output-refused', (open) => open.save(folder)],
  ])('refuses %s, and is as it was', async (_, code, act) => {
    const known = model.snapshot() as { memory: MemorySnapshot };
    expect(await codeOf(() => act(model as ListModel))).toBe(code);
    const { memory } = model.snapshot() as { memory: MemorySnapshot };
    // Rejections are counted, and change nothing else.
    expect({ ...memory, counters: 0 }).toEqual({ ...known.memory, counters: 0 });
  });

  it('says in one sentence where a price belongs', async () => {
    const asked = { ...request, id: 'r7', items: [{ id: 'i1', fields: { price: 5 } }] };
    await expect((model as ListModel).score([asked])).rejects.toThrow(
      'request r7: expected "price" in item events, where the model read it, found it in the fields of a listed item; tell it with an item event before you ask',
    );
  });

  it('answers with a warning instead, where it is opened so', async () => {
    await model.save(join(folder, 'lenient'));
    await using lenient = await open(join(folder, 'lenient'), { unknownFields: 'warn' });
    const asked = { ...request, items: [{ id: 'i1', fields: { price: 5, relevancy: 0.5 } }, 'i2'] };
    const [answer] = await lenient.score([asked]);
    expect(answer.warnings).toEqual([expect.stringContaining('"price" in item events')]);
    expect((await lenient.generate(asked, { size: 1 })).warnings?.length).toBe(1);
    expect((await lenient.explain(asked)).warnings?.length).toBe(1);
    expect((await lenient.score([request]))[0]).not.toHaveProperty('warnings');
  });
});

/** A memory that goes on from a model's snapshot. */
async function memoryOf({ memory }: Snapshot): Promise<ReturnType<typeof createMemory>> {
  const path = join(folder, 'replayed');
  await model.save(path);
  const stored = await loadModel(path);
  return createMemory({ ...memoryItems(stored.encoder), ...stored.memory.settings }, memory as MemorySnapshot);
}

describe('open', () => {
  it('refuses fields that the model was not trained with', async () => {
    const path = join(folder, 'fields');
    await model.save(path);
    expect(await codeOf(() => open(path, { fields: { item: { price: 'category' } } }))).toBe('unknown-field');
    expect(await codeOf(() => open(path, { fields: { item: { prize: 'numeric' } } }))).toBe('unknown-field');
    expect(await codeOf(() => open(join(folder, 'nothing')))).toBe('model-missing');
    await writeFile(join(path, 'weights.bin'), 'nothing');
    expect(await codeOf(() => open(path))).toBe('model-damaged');
  });
});
