import { describe, expect, it } from 'vitest';
import { oneOf, protoKey, strictObject } from './strict-schema.ts';

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

describe('a key __proto__', () => {
  it('is found at any depth, and only where it is a key', () => {
    expect(protoKey(JSON.parse('{"a": [{"__proto__": {}}]}'))).toEqual(['a', '0', '__proto__']);
    expect(protoKey({ a: '__proto__', b: [null, 1] })).toBeUndefined();
  });
});
