import { describe, expect, it } from 'vitest';
import { plainMemory } from '../../test/memory-events.ts';
import { InputError } from '../slate/input-error.ts';
import { createMemory, type MemoryOptions } from './memory.ts';
import type { MemorySnapshot } from './snapshot.ts';

const sound = {
  describe: () => {
    throw new Error('nothing is described here');
  },
  ...{ denseColumns: 1, joinWindow: 60_000, labelTypes: ['click'] },
};

describe('a memory', () => {
  it.each<[string, object]>([
    ['joinWindow: expected number, found NaN', { joinWindow: Number.NaN }],
    ['joinWindow: expected number, found "30"', { joinWindow: '30' }],
    ['joinWindow: expected number, found nothing', { joinWindow: undefined }],
    ['joinWindow: expected number to be >0, found -1', { joinWindow: -1 }],
    ['labelTypes: expected array, found "click"', { labelTypes: 'click' }],
    ['labelTypes: expected array, found nothing', { labelTypes: undefined }],
    ['limits: expected one of users, items, userAge, itemAge, found "user"', { limits: { user: 5 } }],
    ['limits.users: expected number, found NaN', { limits: { users: Number.NaN } }],
    ['limits.users: expected number to be >=1, found -1', { limits: { users: -1 } }],
    ['limits: expected object, found null', { limits: null }],
    ['futureLimit: expected number, found NaN', { futureLimit: Number.NaN }],
    ['describe: expected the function that memoryItems(encoder) gives, found nothing', { describe: undefined }],
    ['found "joinWindw"; did you mean "joinWindow"?', { joinWindw: 5 }],
  ])('refuses options: %s', (sentence, wrong) => {
    const make = (): unknown => createMemory({ ...sound, ...wrong } as unknown as MemoryOptions);
    expect(make).toThrow(InputError);
    expect(make).toThrow(sentence);
    expect(() => createMemory(sound)).not.toThrow();
  });

  it.each([{}, { ...plainMemory().snapshot(), open: undefined }])('refuses a snapshot that is none: %#', (given) => {
    expect(() => createMemory(sound, given as unknown as MemorySnapshot)).toThrow("the memory's snapshot: ");
  });

  it.each([undefined, Number.NaN, '5'])('is not asked as of %s', (time) => {
    expect(() => plainMemory().asOf(time as number)).toThrow('asOf: expected a time in milliseconds');
  });
});
