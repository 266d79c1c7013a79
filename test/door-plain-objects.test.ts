/** What a caller gives as an object must be a plain one: of any other, keys would be read as none. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ListModel, train } from '../src/index.ts';
import { marketEvents, quick } from './door-events.ts';

const events = marketEvents(300);
const request = { items: ['i0', 'i1', 'i2', 'i3', 'i4'] };
/** Calls with types that the compiler refuses. */
let model: {
  readonly [call in 'score' | 'generate' | 'explain' | 'observe' | 'save']: (...given: unknown[]) => unknown;
};
let opened: ListModel;
beforeAll(async () => {
  opened = await train(events, quick);
  model = opened as never;
}, 60_000);
afterAll(() => opened.close());

const rules = { exclude: ['i1', 'i3'] };
const fields = { price: 5 };
const item = { event: 'item', item: 'i1' };

/** What is no plain object, and how a sentence calls it. */
const others: readonly (readonly [string, (plain: object) => unknown])[] = [
  ['found a promise; await it', (plain) => Promise.resolve(plain)],
  ['found a Map', (plain) => new Map(Object.entries(plain))],
  ['found a Set', (plain) => new Set(Object.keys(plain))],
  ['found an object with inherited keys', (plain) => Object.create(plain)],
];

/** Where a caller gives an object. */
const places: readonly (readonly [string, (other: (plain: object) => unknown) => unknown])[] = [
  ['rules', (other) => model.generate(request, { size: 3, rules: other(rules) })],
  [
    'a rule',
    (other) => model.generate(request, { rules: { unique: ['cuisine'], pin: [other({ item: 'i1', position: 0 })] } }),
  ],
  ['options of generate', (other) => model.generate(request, other({ size: 1 }))],
  ['options of score', (other) => model.score([request], other({}))],
  ['a request of score', (other) => model.score([other(request)])],
  ['a request', (other) => model.explain(other(request))],
  ['fields of a request', (other) => model.score([{ ...request, fields: other(fields) }])],
  ['an item of a request', (other) => model.score([{ items: ['i0', other({ id: 'i1' })] }])],
  ['fields of an item', (other) => model.explain({ items: ['i0', { id: 'i1', fields: other({ relevancy: 1 }) }] })],
  ['an event', (other) => model.observe(other(item))],
  ['fields of an event', (other) => model.observe({ ...item, fields: other(fields) })],
  [
    'fields of an event in the form of a log',
    (other) => model.observe({ ...item, timestamp: Date.now(), fields: other(fields) }),
  ],
  ['settings', (other) => train(events, { ...quick, settings: other({}) as never })],
  ['a part of the settings', (other) => train(events, { ...quick, settings: { split: other({}) as never } })],
  ['kinds of fields in the settings', (other) => train(events, { ...quick, settings: { fields: other({}) as never } })],
  ['changes to a recipe', (other) => train(events, { ...quick, changes: other({ epochs: 1 }) as never })],
  ['a part of the changes', (other) => train(events, { ...quick, changes: { model: other({}) as never } })],
  ['definitions of fields', (other) => train(events, { ...quick, fields: other({}) as never })],
  ['options of train', (other) => train(events, other({ ...quick }) as never)],
];

it.each(places.flatMap(([place, call]) => others.map(([told, other]) => [place, told, other, call] as const)))(
  '%s: %s',
  async (_, told, other, call) => {
    const before = JSON.stringify(opened.snapshot());
    await expect((async () => call(other))()).rejects.toMatchObject({
      message: expect.stringContaining(told),
      code: expect.any(String),
    });
    expect(JSON.stringify(opened.snapshot())).toBe(before);
  },
);

it.each(others)(
  'a log whose items have such fields learns of none of them, and counts them: %s',
  async (told, other) => {
    const log = events.map((event) => (event.event === 'item' ? { ...event, fields: other(fields) } : event));
    const trained = await train(log as never, quick);
    const { byReason } = trained.report.read?.rejected ?? {};
    await trained.close();
    expect(byReason?.['bad-value']).toMatchObject({ count: 12 });
    expect(byReason?.['bad-value']?.first[0].message).toContain(told);
  },
);

it('a signal given as options is told so, aborted or not', async () => {
  const message = /^generate: options: expected object, found an AbortSignal; give { signal }$/;
  await expect(async () => model.generate(request, AbortSignal.abort())).rejects.toThrow(message);
  await expect(async () => model.generate(request, new AbortController().signal)).rejects.toThrow(message);
});

it('objects without a prototype, and of another realm, are plain', async () => {
  const bare = Object.assign(Object.create(null), { size: 1, rules: Object.assign(Object.create(null), rules) });
  expect(await model.generate(request, bare)).toMatchObject({ slates: [expect.anything()] });
});

it.each(['score', 'generate', 'explain'] as const)(
  '%s refuses what a request cannot decide, and says where it goes',
  async (call) => {
    const asked = (given: object): unknown =>
      model[call](call === 'score' ? [{ ...request, ...given }] : { ...request, ...given });
    for (const [key, value] of Object.entries({ size: 5, rules: {}, deadline: 10 }))
      await expect(async () => asked({ [key]: value })).rejects.toMatchObject({
        code: 'unknown-key',
        message: `request 1: expected no "${key}" in a request of a program, found it; give it in the options of generate`,
      });
    await expect(async () => asked({ rles: {} })).rejects.toThrow(/^request 1: expected one of (?!.*rules)/);
    await asked({ rules: undefined });
  },
);

it('takes rows of a class, as drivers of databases make them, where their values are their own', async () => {
  class Row {
    constructor(values: object) {
      Object.assign(this, values);
    }
  }
  const row = (values: object): never => new Row(values) as never;
  const asked = { items: ['i0', row({ id: 'i1', fields: row({ relevancy: 1 }) })] };
  expect(await model.score([row(asked)])).toEqual(
    await model.score([{ items: ['i0', { id: 'i1', fields: { relevancy: 1 } }] }]),
  );
  expect(await model.observe(row({ ...item, fields: row(fields) }))).toBe('taken');
  await using learned = await train(
    events.map((event) => row({ ...event, ...('fields' in event ? { fields: row(event.fields ?? {}) } : {}) })),
    quick,
  );
  expect(learned.report.read?.rejected.count).toBe(0);
  expect(learned.report.validation).toEqual(opened.report.validation);
});

const epochs = { epochs: 1 };
const withChanges = (recipes: unknown): Promise<unknown> =>
  train(events, { ...quick, recipe: 'pointwise-bce', settings: { recipes: recipes as never }, changes: { batch: 64 } });

it.each<[string, (other: (plain: object) => unknown) => Promise<unknown>]>([
  ['recipes', (other) => withChanges(other({ 'pointwise-bce': epochs }))],
  ['a recipe', (other) => withChanges({ 'pointwise-bce': other(epochs) })],
  ['a part of a recipe', (other) => withChanges({ 'pointwise-bce': { model: other({ width: 32 }) } })],
  [
    'kinds of fields',
    (other) =>
      train(events, { ...quick, settings: { fields: other({}) as never }, fields: { item: { price: 'numeric' } } }),
  ],
])('what settings say is not lost under changes and fields: %s', async (_, call) => {
  for (const [told, other] of others) await expect(call(other)).rejects.toThrow(told);
});

it('changes come on top of what the settings say of the recipe', async () => {
  const settings = { recipes: { 'pointwise-bce': epochs } };
  await using trained = await train(events, { recipe: 'pointwise-bce', workers: 1, settings, changes: { batch: 64 } });
  expect(trained.report.epochs.trained).toBe(1);
});
