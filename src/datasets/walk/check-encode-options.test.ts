import { expect, it } from 'vitest';
import { encoderDefaults } from '../../encoding/encoders/encoders.ts';
import { checkEncodeOptions } from './check-encode-options.ts';
import { splitDefaults } from './split.ts';

const sound = { split: splitDefaults, fields: {}, encoders: encoderDefaults, historyLength: 10, embeddingWidth: 8 };

it.each<[string, object]>([
  [
    'split.by: expected one of time, user, found "tiem"; did you mean "time"?',
    { split: { ...splitDefaults, by: 'tiem' } },
  ],
  ['historyLength: expected number to be >=1, found -3', { historyLength: -3 }],
  ['embeddingWidth: expected number to be >=1, found 0', { embeddingWidth: 0 }],
  ['partial: expected number, found "2"', { partial: '2' }],
])('a data set is not encoded with %s', (sentence, wrong) => {
  expect(() => checkEncodeOptions(sound)).not.toThrow();
  expect(() => checkEncodeOptions({ ...sound, ...wrong })).toThrow(`encodeDataset: ${sentence}`);
});
