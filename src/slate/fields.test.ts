import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FieldUpdates, type FieldValue, fieldOf, mergeFields, newFields, noFields } from './fields.ts';

const names = ['price', 'constructor', 'toString', '__proto__', 'hasOwnProperty', 'length'];
const record = <V extends FieldValue | null>(entries: readonly (readonly [string, V])[]): Record<string, V> => {
  const made = newFields<V>();
  for (const [name, value] of entries) made[name] = value;
  return made;
};

describe('fields', () => {
  it('take any name, and have none that was not given', () => {
    for (const name of names) {
      expect(fieldOf(noFields, name)).toBe(undefined);
      expect(fieldOf({}, name)).toBe(undefined);
      const fields = record([[name, 'x']]);
      expect(fieldOf(fields, name)).toBe('x');
      expect(Object.entries(fields)).toEqual([[name, 'x']]);
      expect(JSON.stringify(fields)).toBe(`{"${name}":"x"}`);
    }
  });

  it('keep what an update does not name, and lose what it sets to null', () => {
    expect(mergeFields({ price: 1, brand: 'b', color: 'red' }, { price: 2, color: null })).toEqual({
      price: 2,
      brand: 'b',
    });
    expect(mergeFields({}, { gone: null })).toEqual({});
    expect(fieldOf(mergeFields({}, {}), 'constructor')).toBe(undefined);
  });

  it('merge as a list of assignments and deletions does, without changing what was known', () => {
    const entries = fc.array(fc.tuple(fc.constantFrom(...names), fc.option(fc.integer(), { nil: null })));
    fc.assert(
      fc.property(fc.array(entries), (events) => {
        const expected = new Map<string, number>();
        let known = noFields;
        for (const event of events) {
          const update: FieldUpdates = record(event);
          const before = JSON.stringify(known);
          const next = mergeFields(known, update);
          expect(JSON.stringify(known)).toBe(before);
          known = next;
          for (const [name, value] of Object.entries(update)) {
            if (value === null) expected.delete(name);
            else expected.set(name, value as number);
          }
        }
        expect(new Map(Object.entries(known))).toEqual(expected);
      }),
    );
  });
});
