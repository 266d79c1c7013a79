import { describe, expect, it } from 'vitest';
import { InputError } from '../slate/input-error.ts';
import { type PrepareOptions, prepare } from './prepare.ts';
import { silentReporter } from './reporter.ts';
import { resolveRecipe, type Settings, settingsDefaults } from './settings.ts';

const options: PrepareOptions = {
  settings: settingsDefaults,
  cacheFolder: '/nowhere/at/all',
  reporter: silentReporter,
  configs: [],
};

describe('settings from code', () => {
  it.each<[string, unknown]>([
    ['split.by: expected one of time, user, found "tiem"', { split: { by: 'tiem' } }],
    ['joinWindow: expected number, found NaN', { joinWindow: Number.NaN }],
    ['memory: expected one of users, items, userDays, itemDays, found "user"', { memory: { user: 3 } }],
    ['fields.item.price: expected one of', { fields: { 'item.price': 'numric' } }],
    ['firstPosition: expected number to be <=1, found 2', { firstPosition: 2 }],
    ['embeddingWidth: expected number to be >=1, found 0', { embeddingWidth: 0 }],
    ['historyLength: expected number to be >=1, found -3', { historyLength: -3 }],
    ['found "embedingWidth"; did you mean "embeddingWidth"?', { embedingWidth: 4 }],
  ])('are refused before any data are read: %s', async (sentence, wrong) => {
    const settings = { ...settingsDefaults, ...(wrong as Partial<Settings>) };
    const prepared = prepare('/nowhere/log.jsonl', { ...options, settings });
    await expect(prepared).rejects.toThrow(InputError);
    await expect(prepared).rejects.toThrow(/^prepare: settings: /);
    await expect(prepared).rejects.toThrow(sentence);
    expect(() => resolveRecipe('attention-bce', settings)).toThrow(sentence);
  });

  it('are by default what is not given', async () => {
    // Nothing is wrong but the path.
    const prepared = prepare('/nowhere/log.jsonl', { ...options, settings: {} as Settings });
    await expect(prepared).rejects.toThrow('/nowhere/log.jsonl');
    expect(resolveRecipe('attention-bce')).toEqual(resolveRecipe('attention-bce', settingsDefaults));
    expect(() => resolveRecipe('attention-bce', null as unknown as Settings)).toThrow(
      'resolveRecipe: settings: expected an object of settings, found null',
    );
  });
});
