import { z } from 'zod';
import { checkOptions, valueThat } from '../slate/check-options.ts';
import { isPlainRecord } from '../slate/plain-record.ts';
import { oneOf, plain, strictObject } from '../slate/strict-schema.ts';
import type { CallOptions } from './call-options.ts';

const callable = valueThat('a function', (value) => typeof value === 'function').optional();
const stopping = valueThat('an AbortSignal', (value) => value instanceof AbortSignal).optional();
/** Judged where it is read. */
const any = z.unknown().optional();
const answering = { workers: any, unknownFields: oneOf(['refuse', 'warn']).optional(), now: callable };

const opening = strictObject({ ...answering, fields: any, kinds: any, signal: stopping });
const training = strictObject({
  ...answering,
  recipe: z.string().optional(),
  changes: valueThat('an object of changes', isPlainRecord).optional(),
  fields: any,
  settings: valueThat('an object of settings', isPlainRecord).optional(),
  kinds: any,
  seed: any,
  refitAll: z.boolean().optional(),
  onProgress: callable,
  signal: stopping,
});

/** Throws `InputError` for options of `open` that are not valid. */
export const checkOpenOptions = (options: unknown): void => checkOptions(opening, options, 'open');

/** Throws `InputError` for options of `train` that are not valid. */
export const checkTrainOptions = (options: unknown): void => checkOptions(training, options, 'train');

const generating = plain(z.looseObject({ signal: stopping }));

/** Throws `InputError` for options of `generate` that are not valid; what they say is judged where the list is made. */
export const checkGenerateOptions = (options: unknown): void => checkOptions(generating, options, 'generate');

const asking = strictObject({ signal: stopping, asIf: any, swaps: any, pinned: any });

/** Throws `InputError` for options of `whatIf` that are not valid; what they say is judged where it is read. */
export const checkWhatIfOptions = (options: unknown): void => checkOptions(asking, options, 'whatIf');

const calling = strictObject({ signal: stopping });

/** The options of a call of the model. Throws `InputError` where they are none. */
export function optionsOf(options: CallOptions | undefined, call: string): CallOptions {
  if (options === undefined) return {};
  checkOptions(calling, options, call);
  return options;
}
