import { describe, expect, it } from 'vitest';
import { InputError } from '../../slate/input-error.ts';
import { inMemorySource } from '../../sources/in-memory.ts';
import { importLog, validateLog } from './import-log.ts';
import type { ImportOptions } from './read-log.ts';

describe('an import', () => {
  it.each<[string, object | null]>([
    ['joinWindow: expected number to be >0, found -1', { joinWindow: -1 }],
    ['joinWindow: expected number, found NaN', { joinWindow: Number.NaN }],
    ['labelTypes: expected array, found "click"', { labelTypes: 'click' }],
    ['firstPosition: expected number to be <=1, found 2', { firstPosition: 2 }],
    ['found "joinWindw"; did you mean "joinWindow"?', { joinWindw: 1 }],
    ['onProgress: expected a function, found true', { onProgress: true }],
    ['options: expected object, found null', null],
  ])('refuses options before it reads or writes: %s', async (sentence, wrong) => {
    const source = inMemorySource([]);
    const imported = importLog(source, '/nowhere/at/all', wrong as ImportOptions);
    await expect(imported).rejects.toThrow(InputError);
    await expect(imported).rejects.toThrow(`importLog: ${sentence}`.replace('importLog: found', 'found'));
    await expect(validateLog(source, wrong as ImportOptions)).rejects.toThrow(sentence);
  });
});
