/** Calls of a model that are not as they should be: one sentence with a code each, and nothing has changed. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ListModel, open, train } from '../src/index.ts';
import { marketEvents, marketFields, quick } from './door-events.ts';

const events = marketEvents(300);
const request = { items: ['i0', 'i1', 'i2'] };
const event = { event: 'item', item: 'i1' };
/** The same function as a caller without a compiler sees it. */
const untyped = (call: unknown): ((...given: readonly unknown[]) => unknown) =>
  call as (...given: readonly unknown[]) => unknown;
let model: ListModel;
beforeAll(async () => {
  model = await train(events, { ...quick, fields: marketFields });
}, 60_000);
afterAll(() => model.close());

it.each<[string, () => unknown, string]>([
  ['options that are none', () => model.score([request], null as never), 'invalid-option'],
  ['options of generate that are none', () => model.generate(request, null as never), 'invalid-option'],
  ['a signal that is none', () => model.explain(request, { signal: {} as never }), 'invalid-option'],
  ['a folder that is none', () => model.save(5 as never), 'output-refused'],
  ['a path with a zero byte', () => model.save('a\0b'), 'output-refused'],
  ['a bigint as a folder', () => model.save(10n as never), 'output-refused'],
  ['a bigint as a folder to open', () => open(10n as never), 'model-missing'],
  [
    'an object without a prototype as a generator',
    () => model.generate(request, { generator: Object.create(null) }),
    'unknown-name',
  ],
  ['a page shorter than its slate', () => model.generate(request, { size: 3, page: 2 }), 'invalid-option'],
  ['an empty path, which would be the working folder', () => model.save(''), 'output-refused'],
  ['no folder to open', () => (open as () => Promise<unknown>)(), 'model-missing'],
  ['an empty folder to open', () => open(''), 'model-missing'],
  [
    'a misspelt key of an event',
    () => model.observe({ event: 'ranking', id: 'z', usr: 'u1', items: ['i0'] } as never),
    'unknown-key',
  ],
])('%s', async (_, call, code) => {
  const before = JSON.stringify(model.snapshot());
  await expect((async () => call())()).rejects.toMatchObject({ name: 'InputError', code });
  expect(JSON.stringify(model.snapshot())).toBe(before);
});

it('a value that its field cannot read, as it is defined, is refused in events and requests', async () => {
  const before = JSON.stringify(model.snapshot());
  await expect(model.observe({ event: 'item', item: 'i1', fields: { price: '' } })).rejects.toMatchObject({
    code: 'bad-value',
    message: expect.stringContaining('found ""; mend the value, or give null where there is none'),
  });
  await expect(model.observe({ event: 'item', item: 'i1', fields: { price: 'cheap' } })).rejects.toMatchObject({
    name: 'RejectedEvent',
    code: 'bad-value',
    message: expect.stringContaining('expected numbers in "item.price"'),
  });
  const items = ['i0', { id: 'i1', fields: { relevancy: 'high' } }];
  await expect(model.score([{ items }])).rejects.toMatchObject({ name: 'InputError', code: 'bad-value' });
  expect(JSON.stringify(model.snapshot())).toBe(before);
});

it.each<[string, () => unknown, RegExp]>([
  [
    'a request alone',
    () => model.score(request as never),
    /^score: expected a list of requests, found {"items".*; give \[/,
  ],
  ['a number', () => model.score(5 as never), /^score: expected a list of requests, found 5; give \[request\]$/],
  ['a promise', () => model.score(Promise.resolve([request]) as never), /found a promise; await it$/],
  ['a promise of a request', () => model.explain(Promise.resolve(request) as never), /found a promise; await it$/],
  ['a list as options', () => model.generate(request, [] as never), /^generate: options: expected object, found \[\];/],
  ['rules that are null', () => model.generate(request, { rules: null } as never), /^rules: .*found null/],
  [
    'a seed that is none',
    () => model.generate(request, { seed: 1.5 }),
    /^seed: expected a whole number from 0, found 1.5/,
  ],
  ['no path', () => train(''), /^train: expected the path of a log or of a data set folder, found ""; name one$/],
  [
    'a promise of an event',
    () => model.observe(Promise.resolve({}) as never),
    /^observe: expected an event, found a promise; await it$/,
  ],
  ['a promise of a folder', () => model.save(Promise.resolve('f') as never), /found a promise; await it$/],
  ['a promise of a model folder', () => open(Promise.resolve('f') as never), /found a promise; await it$/],
  ['a promise of a snapshot', () => model.restore(Promise.resolve({}) as never), /found a promise; await it$/],
  [
    'a promise of options',
    () => model.score([request], Promise.resolve({}) as never),
    /^score: expected options, found a promise; await it$/,
  ],
  [
    'two events',
    () => untyped(model.observe)(event, event),
    /^observe: expected an event, found 2 arguments; leave the others out$/,
  ],
  [
    'two requests',
    () => untyped(model.score)([request], {}, [request]),
    /^score: expected a list of requests and options, found 3 arguments; leave/,
  ],
  ['a third argument of generate', () => untyped(model.generate)(request, {}, {}), /found 3 arguments/],
  ['a third argument of explain', () => untyped(model.explain)(request, {}, {}), /found 3 arguments/],
  ['a third argument of save', () => untyped(model.save)('f', {}, {}), /found 3 arguments/],
  ['a second argument of restore', () => untyped(model.restore)(model.snapshot(), {}), /found 2 arguments/],
  ['a third argument of open', () => untyped(open)('f', {}, {}), /found 3 arguments/],
  ['a third argument of train', () => untyped(train)([], {}, {}), /found 3 arguments/],
  ['events to wait for', () => train(Promise.resolve([]) as never), /found a promise; await it$/],
  ['a function as events', () => train((() => []) as never), /found a function; /],
  ['a symbol as events', () => train(Symbol('events') as never), /found a symbol; /],
])('%s is told as what it is', async (_, call, message) => {
  await expect((async () => call())()).rejects.toMatchObject({
    name: 'InputError',
    message: expect.stringMatching(message),
  });
});

it.runIf(process.platform === 'linux')('a place where no folder can be made is refused, not waited for', async () => {
  await expect(model.save('/proc/x')).rejects.toMatchObject({
    code: 'output-refused',
    message: expect.stringMatching(/^\/proc: expected a place for folders/),
  });
});

it('an odd request is answered, and the answer says what is odd', async () => {
  const [first, second, third] = await model.score([
    { id: 'r1', items: ['i0', 'i1'] },
    { id: 'r1', items: ['i0', 'i1'] },
    { items: ['x', 'y'] },
  ]);
  expect(first).not.toHaveProperty('warnings');
  expect(second.warnings).toEqual([expect.stringMatching(/^request r1: expected an id of its own/)]);
  expect(third.warnings).toEqual([expect.stringMatching(/^request 3: expected items that the model has met/)]);
  const twice = { items: ['i0', 'i1'].map((id) => ({ id, position: 0 })) };
  for (const { warnings } of [await model.generate(twice, { size: 1 }), await model.explain(twice)])
    expect(warnings).toEqual([expect.stringMatching(/^request 1: expected every position once/)]);
});

it('a click that is spelt almost as one is refused; another type is not', async () => {
  await model.observe({ event: 'ranking', id: 'spelt', user: 'u1', items: ['i0', 'i1'] });
  const event = { event: 'interaction', ranking: 'spelt', item: 'i0' } as const;
  await expect(model.observe({ ...event, type: 'Click' })).rejects.toMatchObject({
    code: 'no-such-label',
    message: expect.stringContaining('expected type "click" of an interaction that counts as a click, found "Click"'),
  });
  expect(await model.observe({ ...event, type: 'view' })).toBe('other');
});

it('a misspelt option of generate is told without the keys that only the program gives', async () => {
  const asked = model.generate(request, { diversty: 1 } as never);
  await expect(asked).rejects.toThrow('did you mean "diversity"?');
  await expect(asked).rejects.not.toThrow(/ruleKinds|bound/);
});

it('a progress callback that rejects ends the training', async () => {
  const onProgress = async (): Promise<void> => Promise.reject(new Error('no room'));
  await expect(train(events, { ...quick, onProgress })).rejects.toThrow('no room');
});

it.each([null, undefined, 'no error'])('a progress callback may throw anything: %s', async (thrown) => {
  const onProgress = ({ task }: { task: string }): void => {
    if (task.startsWith('attention')) throw thrown;
  };
  await expect(train(events, { ...quick, onProgress })).rejects.toBe(thrown);
});

it('a training may be aborted with any reason', async () => {
  const controller = new AbortController();
  const onProgress = ({ task }: { task: string }): void => {
    if (task.startsWith('attention')) controller.abort(null);
  };
  await expect(train(events, { ...quick, signal: controller.signal, onProgress })).rejects.toBe(null);
});

it('a list that is too long is told with the name of the caller`s events', async () => {
  const items = Array.from({ length: 4001 }, (_, n) => `i${n}`);
  const long = [...events, { event: 'ranking', id: 'long', time: Date.UTC(2026, 1, 1), items } as const];
  await expect(train(long, quick)).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringMatching(/^events: its longest list: expected at most 4000 items, found 4001/),
  });
});

it.each([
  [new Map(), 'a Map'],
  ['text', '"text"'],
  [{ format: 2 }, '{"format":2}'],
])('what is no snapshot is refused by its name: %o', (given, found) => {
  expect(() => model.restore(given as never)).toThrow(
    `restore: expected what snapshot() gave, found ${found}; give it unchanged, or as JSON read back`,
  );
});

it('a snapshot of before 1970 is refused', () => {
  const snapshot = structuredClone(model.snapshot()) as { memory: { clock: number } };
  snapshot.memory.clock = -1;
  expect(() => model.restore(snapshot as never)).toThrow(expect.objectContaining({ code: 'invalid-snapshot' }));
});

it('one signal serves any number of calls', async () => {
  const warnings: string[] = [];
  const note = (warning: Error): void => void warnings.push(warning.name);
  process.on('warning', note);
  const { signal } = new AbortController();
  await Promise.all(Array.from({ length: 30 }, () => model.score([request], { signal })));
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', note);
  expect(warnings).toEqual([]);
});

it('a log none of whose clicks can be used teaches nothing', async () => {
  const lost = events.map((event) => (event.event === 'interaction' ? { ...event, item: 'nobody' } : event));
  await expect(train(lost, quick)).rejects.toMatchObject({
    code: 'not-enough-data',
    message: expect.stringMatching(/^events: expected clicks on its lists, found none that can be used/),
  });
});

it('a value that is undefined is not said; null deletes', async () => {
  const price = (): unknown => JSON.stringify(model.snapshot()).match(/"undefined-price":\d+/)?.[0];
  const tell = (value: unknown): Promise<unknown> =>
    model.observe({ event: 'item', item: 'i1', fields: { 'undefined-price': value } as never });
  await tell(5);
  await tell(undefined);
  expect(price()).toBe('"undefined-price":5');
  await tell(null);
  expect(price()).toBeUndefined();
});

it('a model is not saved within a model, which is replaced as a whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'within-'));
  await model.save(join(folder, 'model'));
  await expect(model.save(join(folder, 'model', 'inner'))).rejects.toMatchObject({
    code: 'output-refused',
    message: expect.stringContaining('expected a place outside of data sets and models, found a model at'),
  });
});

it.each<[string, Parameters<typeof train>[1], string]>([
  [
    'changes',
    { recipe: 'pointwise-bce', changes: { epochs: '5' } as never },
    '^train: changes.epochs: expected number',
  ],
  ['a recipe', { recipe: 'pointwise', changes: { epochs: 1 } }, '^recipe: expected one of pointwise-bce'],
  [
    'settings of a recipe that is not trained',
    { recipe: 'pointwise-bce', settings: { recipes: { prm: { epochs: 0 } } } },
    '^train: settings: recipes.prm.epochs: ',
  ],
])('%s: what is wrong is named as the caller wrote it', async (_, options, message) => {
  await expect(train([], options)).rejects.toMatchObject({ message: expect.stringMatching(message) });
});
