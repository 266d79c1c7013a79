import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { issueOf, issuePlace, oneOf, protoKey, strictObject } from './strict-schema.ts';

const messageOf = (json: unknown): string | undefined =>
  strictObject({ kind: oneOf(['numeric', 'category']).optional() }).safeParse(json).error?.issues[0].message;

describe('a strict schema', () => {
  it('says which key, and which word, was probably meant', () => {
    expect(messageOf({ kind: 'numeric' })).toBeUndefined();
    expect(messageOf({ kidn: 'numeric' })).toBe('expected one of kind, found "kidn"; did you mean "kind"?');
    expect(messageOf({ kind: 'numerc' })).toBe(
      'expected one of numeric, category, found "numerc"; did you mean "numeric"?',
    );
    expect(messageOf({ kind: 3 })).toBe('expected one of numeric, category, found 3; name one of these');
    expect(messageOf(JSON.parse('{"constructor": 1}'))).toContain('found "constructor"');
  });
});

describe('an issue', () => {
  const schema = strictObject({ sizes: z.array(z.number().int().positive()).min(1), name: z.string().optional() });
  it.each([
    [{ sizes: [3, 0] }, 'the value: sizes.1', 'expected number to be >0, found 0'],
    [{ sizes: [1.5] }, 'the value: sizes.0', 'expected int, found 1.5'],
    [{ sizes: [Number.NaN] }, 'the value: sizes.0', 'expected number, found NaN'],
    [{ sizes: [] }, 'the value: sizes', 'expected array to have >=1 items, found []'],
    [{}, 'the value: sizes', 'expected array, found nothing'],
    [7, 'the value', 'expected object, found 7'],
    [{ szies: [1] }, 'the value', 'expected one of sizes, name, found "szies"; did you mean "sizes"?'],
    [{ sizes: [1], nmae: 'x' }, 'the value', 'expected one of sizes, name, found "nmae"; did you mean "name"?'],
  ])('of %j is what was expected and what was found, by its place', (value, place, sentence) => {
    const { error } = schema.safeParse(value);
    expect(error && [issuePlace(error, 'the value'), issueOf(error, value)]).toEqual([place, sentence]);
  });
});

describe('a key __proto__', () => {
  it('is found at any depth, and only where it is a key', () => {
    expect(protoKey(JSON.parse('{"a": [{"__proto__": {}}]}'))).toEqual(['a', '0', '__proto__']);
    expect(protoKey({ a: '__proto__', b: [null, 1] })).toBeUndefined();
  });
});
