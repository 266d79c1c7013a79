import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkOptions, valueWith } from './check-options.ts';
import { InputError } from './input-error.ts';
import { strictObject } from './strict-schema.ts';

const schema = strictObject({
  workers: z.number().int().min(1),
  diversity: z.number().optional(),
  generator: valueWith('generate', 'a generator').optional(),
});

describe('options of a public function', () => {
  it('pass where they are sound', () => {
    expect(() => checkOptions(schema, { workers: 2, generator: { generate() {} } }, 'make')).not.toThrow();
  });

  it.each<[unknown, string]>([
    [undefined, 'make: options: expected object, found nothing; mend the options'],
    [null, 'make: options: expected object, found null; mend the options'],
    [{ workers: '2' }, 'make: workers: expected number, found "2"; mend the options'],
    [{ workers: Number.NaN }, 'make: workers: expected number, found NaN; mend the options'],
    [{ workers: 0 }, 'make: workers: expected number to be >=1, found 0; mend the options'],
    [
      { workers: 1, diversty: 1 },
      'make: options: expected one of workers, diversity, generator, found "diversty"; did you mean "diversity"?',
    ],
    [{ workers: 1, generator: 'beam' }, 'make: generator: expected a generator, found "beam"; mend the options'],
  ])('%j are refused', (given, sentence) => {
    expect(() => checkOptions(schema, given, 'make')).toThrow(new InputError(sentence, 'invalid-option'));
  });
});
