import { z } from 'zod';
import { checkOptions } from '../../slate/check-options.ts';
import { oneOf, plain, strictObject } from '../../slate/strict-schema.ts';

const share = z.number().min(0.01).max(0.98);
const whole = z.number().int();

/** Other names are passed over: settings hold more than an encoding needs. What a memory may hold is judged where one is made. */
const schema = plain(
  z.looseObject({
    split: strictObject({ by: oneOf(['time', 'user']), train: share, validation: share, seed: whole }),
    fields: plain(z.record(z.string(), z.string())),
    encoders: plain(z.looseObject({})),
    historyLength: whole.min(1),
    embeddingWidth: whole.min(1),
    partial: whole.min(0).optional(),
  }),
);

/** Throws `InputError` for options of `encodeDataset` that are not valid. */
export const checkEncodeOptions = (options: unknown): void => checkOptions(schema, options, 'encodeDataset');
