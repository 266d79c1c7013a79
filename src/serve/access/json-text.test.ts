import { describe, expect, it } from 'vitest';
import { checkDepth, DEEPEST, parseJson, parseJsonLines, textOf } from './json-text.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('depth', () => {
  it.each([DEEPEST, DEEPEST + 1, 30_000])('of %i levels', (levels) => {
    const check = (): void => checkDepth(bytes('['.repeat(levels) + ']'.repeat(levels)));
    if (levels <= DEEPEST) expect(check).not.toThrow();
    else expect(check).toThrow(`expected JSON of at most ${DEEPEST} levels`);
  });

  it('counts no brackets of texts, and all that are open at once', () => {
    const text = JSON.stringify({ text: '['.repeat(100), quoted: `"${'{'.repeat(100)}`, slash: '\\' });
    expect(() => checkDepth(bytes(text))).not.toThrow();
    expect(() => checkDepth(bytes(`[${'[],'.repeat(1000)}0]`))).not.toThrow();
    expect(() => checkDepth(bytes(`{"a\\\\":${'['.repeat(DEEPEST)}`))).toThrow('levels');
  });
});

describe('a body', () => {
  it('is UTF-8', () => {
    expect(textOf(bytes('"ü"'))).toBe('"ü"');
    expect(() => textOf(Uint8Array.of(0x22, 0xff, 0x22))).toThrow('expected UTF-8');
  });

  it('is JSON', () => {
    expect(parseJson('{"a": [1]}')).toEqual({ a: [1] });
    for (const text of ['', '{', "{'a': 1}", '{"a": NaN}', '[1,]'])
      expect(() => parseJson(text)).toThrow('expected JSON');
  });

  it.each([
    '{"__proto__": {"isAdmin": true}}',
    '{"a": [{"__proto__": null}]}',
    String.raw`{"\u005f_proto_\u005f": {}}`,
    String.raw`{"__pro\u0074o__": {}}`,
    String.raw`{"\u005F\u005Fproto\u005f_" : 1}`,
    '{"constructor": {"prototype": {"a": 1}}}',
    String.raw`{"con\u0073tructor": {"prototype": {"a": 1}}}`,
  ])('has no key that reaches a prototype: %s', (text) => {
    expect(() => parseJson(text)).toThrow('expected no key');
  });

  it('may speak of prototypes', () => {
    expect(parseJson('{"a": "__proto__", "constructor": "builder"}')).toEqual({
      a: '__proto__',
      constructor: 'builder',
    });
  });

  it('may be several lines', () => {
    expect(parseJsonLines('{"a":1}\n{"a":2}\n\n')).toEqual([{ a: 1 }, { a: 2 }]);
    expect(parseJsonLines('{\n"a": 1\n}')).toEqual({ a: 1 });
    expect(() => parseJsonLines('{"a":1}\nnothing')).toThrow('expected JSON');
  });
});
