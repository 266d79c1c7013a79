import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EventInput, type ListModel, open, train } from '../src/index.ts';
import { marketEvents, quick, streamOf } from './door-events.ts';

const events = marketEvents(400);
const items = Array.from({ length: 12 }, (_, n) => `i${n}`);
const stopped = new Error('stopped by the test');

/** Where the library keeps what it is making, for these tests only. */
let temporary = '';
const usual = process.env.TMPDIR;
beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'door-stops-'));
  process.env.TMPDIR = temporary;
});
afterAll(() => {
  if (usual === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usual;
});

/** The runner of these tests keeps its own files there too. */
const leftovers = async (): Promise<readonly string[]> =>
  (await readdir(temporary)).filter((name) => !name.startsWith('tsx') && name !== 'node-compile-cache');

describe('train, aborted', () => {
  it('rejects with the reason before it does anything', async () => {
    const signal = AbortSignal.abort(stopped);
    await expect(train(events, { ...quick, signal })).rejects.toBe(stopped);
    await expect(train(events, { ...quick, signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('rejects while events that are there already are read, without end if need be', async () => {
    function* endless(): Generator<EventInput> {
      for (let n = 0; ; n++) yield { ...events[n % events.length] };
    }
    const signal = AbortSignal.timeout(50);
    await expect(train(endless(), { ...quick, signal })).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(await leftovers()).toEqual([]);
  });

  it('rejects while a source waits for its next event, and lets the source clean up', async () => {
    const controller = new AbortController();
    let ended = false;
    const endless: AsyncIterable<EventInput> = {
      [Symbol.asyncIterator]: () => ({
        next() {
          // Asked already: on a busy machine a timer alone may be earlier.
          setTimeout(() => controller.abort(stopped), 30);
          return new Promise(() => undefined);
        },
        async return() {
          ended = true;
          return { done: true, value: undefined };
        },
      }),
    };
    const training = train(endless, { ...quick, signal: controller.signal });
    await expect(training).rejects.toBe(stopped);
    expect(ended).toBe(true);
    expect(await leftovers()).toEqual([]);
  });

  it.each(['replay', 'attention-listnet seed 1'])('leaves nothing behind in the middle of %s', async (where) => {
    const controller = new AbortController();
    const onProgress = ({ task }: { task: string }): void => {
      if (task === where) controller.abort(stopped);
    };
    const training = train(events, { changes: { epochs: 50 }, workers: 2, signal: controller.signal, onProgress });
    await expect(training).rejects.toBe(stopped);
    expect(await leftovers()).toEqual([]);
  });

  it('leaves nothing behind either where the source, or the progress, fails', async () => {
    async function* failing(): AsyncGenerator<EventInput> {
      yield* streamOf(events.slice(0, 60) as EventInput[]);
      throw stopped;
    }
    await expect(train(failing(), quick)).rejects.toBe(stopped);
    const onProgress = (): void => {
      throw stopped;
    };
    await expect(train(events, { ...quick, onProgress })).rejects.toBe(stopped);
    await expect(train(events.slice(0, 52), quick)).rejects.toMatchObject({ code: 'no-lists' });
    expect(await leftovers()).toEqual([]);
  });
});

describe('a model that is open', () => {
  let model: ListModel;
  beforeAll(async () => {
    model = await train(events, quick);
    expect(await leftovers()).toEqual([]);
  });
  afterAll(() => model.close());

  it('stops every call at the abort, with its reason, and answers the next', async () => {
    const request = { user: 'u1', items };
    const [expected] = await model.score([{ ...request, time: Date.now() + 1000 }]);
    const calls: readonly ((signal: AbortSignal) => Promise<unknown>)[] = [
      (signal) =>
        model.score(
          Array.from({ length: 300 }, () => request),
          { signal },
        ),
      (signal) => model.generate(request, { size: 9, generator: 'exhaustive', signal }),
      (signal) => model.generate(request, { size: 9, best: 'search', signal }),
      (signal) => model.explain(request, { signal }),
      (signal) => model.save(join(temporary, 'never'), { signal }),
    ];
    for (const call of calls) {
      await expect(call(AbortSignal.abort(stopped))).rejects.toBe(stopped);
      const controller = new AbortController();
      const running = call(controller.signal);
      controller.abort(stopped);
      await expect(running).rejects.toBe(stopped);
    }
    expect(await leftovers()).toEqual([]);
    expect((await model.score([{ ...request, time: Date.now() + 1000 }]))[0].items).toEqual(expected.items);
  });

  it('keeps the folder as it was where a save is aborted', async () => {
    const path = join(temporary, 'kept');
    await model.save(path);
    const files = async (): Promise<readonly string[]> =>
      Promise.all((await readdir(path)).sort().map((file) => readFile(join(path, file), 'base64')));
    const before = await files();
    await model.observe({ event: 'item', item: 'i1', fields: { price: 3 } });
    const controller = new AbortController();
    const saving = model.save(path, { signal: controller.signal });
    controller.abort(stopped);
    await expect(saving).rejects.toBe(stopped);
    expect(await files()).toEqual(before);
    expect((await readdir(temporary)).filter((name) => name.startsWith('kept'))).toEqual(['kept']);
  });

  it('rejects an open that is aborted', async () => {
    await expect(open(join(temporary, 'kept'), { signal: AbortSignal.abort(stopped) })).rejects.toBe(stopped);
    const controller = new AbortController();
    const opening = open(join(temporary, 'kept'), { signal: controller.signal });
    controller.abort(stopped);
    await expect(opening).rejects.toBe(stopped);
  });

  it('closes once, after the calls under way, and refuses those after it', async () => {
    const other = await open(join(temporary, 'kept'));
    const last = other.score([{ items }]);
    const closing = other.close();
    expect(other.close()).toBe(closing);
    await closing;
    await other[Symbol.asyncDispose]();
    expect((await last)[0].items.length).toBe(12);
    const request = { items };
    const known = model.snapshot();
    const calls: readonly (() => unknown)[] = [
      () => other.score([request]),
      () => other.generate(request),
      () => other.explain(request),
      () => other.observe({ event: 'item', item: 'i1' }),
      () => other.save(join(temporary, 'never')),
      async () => other.snapshot(),
      async () => other.restore(known),
    ];
    for (const call of calls) await expect(call()).rejects.toMatchObject({ name: 'InputError', code: 'closed' });
    expect(other.report.recipe).toBe('attention-listnet');
  });
});
