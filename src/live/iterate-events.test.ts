import { describe, expect, it } from 'vitest';
import { iterateEvents } from './iterate-events.ts';

async function read(events: unknown, signal?: AbortSignal): Promise<readonly unknown[]> {
  const read: unknown[] = [];
  for await (const event of iterateEvents(events as Iterable<unknown>, signal)) read.push(event);
  return read;
}

const { signal } = new AbortController();

describe.each([
  ['without a signal', undefined],
  ['with one', signal],
])('%s', (_, given) => {
  it('gives lists, generators and promises in a list as for await does', async () => {
    expect(await read([1, Promise.resolve(2)], given)).toEqual([1, 2]);
    expect(await read(new Set([1, 2]).values(), given)).toEqual([1, 2]);
    async function* later(): AsyncGenerator<number> {
      yield 1;
    }
    expect(await read(later(), given)).toEqual([1]);
  });

  it.each([
    ['an iterator that is no object', { [Symbol.iterator]: () => 5 }, 'with a function next, found 5'],
    ['an iterator without next', { [Symbol.asyncIterator]: () => ({}) }, 'with a function next, found {}'],
    [
      'an iterator whose next is none',
      { [Symbol.iterator]: () => ({ next: 1 }) },
      'with a function next, found {"next":1}',
    ],
    ['no function that makes one', { [Symbol.iterator]: 5 }, 'made by a function, found 5'],
    ['neither of both', { [Symbol.iterator]: undefined }, 'made by a function, found nothing'],
    ['steps that are none', { [Symbol.iterator]: () => ({ next: () => 7 }) }, '{done, value} at each step, found 7'],
  ])('refuses %s', async (_name, events, sentence) => {
    await expect(read(events, given)).rejects.toMatchObject({
      code: 'invalid-option',
      message: expect.stringMatching(
        /^train: expected events with an iterator .+; give a list, or what a generator makes$/,
      ),
    });
    await expect(read(events, given)).rejects.toThrow(sentence);
  });

  it('lets through what the source throws', async () => {
    const failure = new TypeError('of the source');
    const broken = {
      [Symbol.iterator]: () => ({
        next: () => {
          throw failure;
        },
      }),
    };
    await expect(read(broken, given)).rejects.toBe(failure);
  });
});
