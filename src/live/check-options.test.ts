import { expect, it } from 'vitest';
import { InputError } from '../slate/input-error.ts';
import { open } from './open.ts';
import type { OpenOptions, TrainOptions } from './options.ts';
import { train } from './train.ts';

it.each<[string, object | null]>([
  ['train: options: expected object, found null', null],
  ['found "recpie"; did you mean "recipe"?', { recpie: 'prm' }],
  ['train: recipe: expected string, found 5', { recipe: 5 }],
  ['train: changes: expected an object of changes, found 4', { changes: 4 }],
  [
    'train: settings: expected an object of settings, found "slatewise.config.json"',
    { settings: 'slatewise.config.json' },
  ],
  ['train: refitAll: expected boolean, found "yes"', { refitAll: 'yes' }],
  ['workers: expected a whole number from 1 to 256, found "2"', { workers: '2' }],
  ['seed: expected a whole number from 0, found 1n', { seed: 1n }],
  ['seed: expected a whole number from 0, found 1.5', { seed: 1.5 }],
  ['seed: expected a whole number from 0, found -1', { seed: -1 }],
  ['train: onProgress: expected a function, found true', { onProgress: true }],
  ['train: unknownFields: expected one of refuse, warn, found "wran"; did you mean "warn"?', { unknownFields: 'wran' }],
])('train refuses options: %s', async (sentence, wrong) => {
  await expect(train([], wrong as TrainOptions)).rejects.toThrow(InputError);
  await expect(train([], wrong as TrainOptions)).rejects.toThrow(sentence);
});

it.each<[string, object | null]>([
  ['open: options: expected object, found null', null],
  ['found "worker"; did you mean "workers"?', { worker: 2 }],
  ['open: now: expected a function, found 5', { now: 5 }],
])('open refuses options: %s', async (sentence, wrong) => {
  await expect(open('/nowhere/at/all', wrong as OpenOptions)).rejects.toThrow(InputError);
  await expect(open('/nowhere/at/all', wrong as OpenOptions)).rejects.toThrow(sentence);
});
