/** Calls of a model that are not as they should be: one sentence with a code each, and nothing has changed. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ListModel, open, train } from '../src/index.ts';
import { marketEvents, marketFields, quick } from './door-events.ts';

const events = marketEvents(300);
const request = { items: ['i0', 'i1', 'i2'] };
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
  await expect(model.observe({ event: 'item', item: 'i1', fields: { price: 'cheap' } })).rejects.toMatchObject({
    name: 'RejectedEvent',
    code: 'bad-value',
    message: expect.stringContaining('expected numbers in "item.price"'),
  });
  const items = ['i0', { id: 'i1', fields: { relevancy: 'high' } }];
  await expect(model.score([{ items }])).rejects.toMatchObject({ name: 'InputError', code: 'bad-value' });
  expect(JSON.stringify(model.snapshot())).toBe(before);
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
