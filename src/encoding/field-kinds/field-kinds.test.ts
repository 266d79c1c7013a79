import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exportsOf, unregistered } from '../../../test/unregistered.ts';
import type { FieldValue } from '../../slate/fields.ts';
import { createFieldsFitter } from '../encoders/fields-encoder.ts';
import { createFieldStatistics } from '../field-values/field-statistics.ts';
import { fieldNotes } from '../schema/kind-doubts.ts';
import { inferSchema } from '../schema/schema.ts';
import type { FieldKindDefinition } from './field-kind.ts';
import { type FieldKind, fieldKindNames, fieldKinds } from './field-kinds.ts';
import { tagsKind } from './tags.ts';

/** Values that are of this kind beyond doubt. */
const values: Readonly<Record<FieldKind, readonly FieldValue[]>> = {
  numeric: [1.5, 2, true],
  time: ['2026-01-01T00:00:00Z', '2026-01-02'],
  category: ['tea', 'cake', 'tea', 'cake'],
  tags: [['tea'], ['tea', 'cake']],
  vector: [
    [0.1, 0.2],
    [0.3, 0.1],
  ],
  ignored: ['a title', 'another title'],
};

/** A kind whose author wrote a file and no line. */
const forgotten: FieldKindDefinition = { ...tagsKind, name: 'forgotten' };

describe('the registry of field kinds', () => {
  it('has a line for every kind that a file of the room defines', async () => {
    expect(fieldKindNames).toEqual(Object.keys(values));
    expect(unregistered(await exportsOf(import.meta.dirname), 'field kind', fieldKinds)).toEqual([]);
  });

  it('finds a file whose line was forgotten', async () => {
    const room = { ...(await exportsOf(import.meta.dirname)), 'forgotten.ts': { forgotten } };
    expect(unregistered(room, 'field kind', fieldKinds)).toEqual([
      'forgotten.ts: forgotten has no line in the registry of its room',
    ]);
  });

  it('lets no kind without a part through the compiler', () => {
    const { lacks: _, ...others } = tagsKind;
    // @ts-expect-error what it lacks is not said
    const half: FieldKindDefinition = others;
    expect(half.lacks).toBeUndefined();
  });

  it('asks every kind but the last before a field is left to the last', () => {
    const asked: string[] = [];
    const [field] = statisticsOf(['a title', 'another title']);
    fieldKinds.all.find(({ name, claims }) => {
      asked.push(name);
      return claims(field);
    });
    expect(asked).toEqual(fieldKindNames);
  });
});

describe.each(fieldKindNames)('the kind %s', (name) => {
  const kind = fieldKinds.named(name);
  const own = values[name];

  it('claims its own values, lacks and loses none of them, and has no doubt', () => {
    const [field] = statisticsOf(own);
    expect(inferSchema([field]).item).toMatchObject([{ name: 'x', kind: name }]);
    expect(kind.lacks(field)).toBeUndefined();
    expect(kind.lost(field)).toBe(kind.columns.form === 'none' ? own.length : 0);
    expect(kind.doubt(field)).toBeUndefined();
  });

  it('is dropped by no encoder in silence', () => {
    const fitter = createFieldsFitter([{ name: 'x', kind: name, length: 2 }], { minCount: 1, limit: 100 });
    for (const value of own) fitter.observe({ x: value });
    const encoded = Object.values(fitter.fit()).flatMap((part) => (Array.isArray(part) ? part : []));
    expect(encoded).toHaveLength(kind.columns.form === 'none' ? 0 : 1);
  });

  it('stands in the pages that tell of kinds', () => {
    for (const page of ['config.md', 'your-data.md'])
      expect(readFileSync(join(import.meta.dirname, '../../../docs', page), 'utf8')).toContain(`\`${name}\``);
  });
});

it('suggests only kinds that there are', () => {
  const text = fc.constantFrom('1', '2.5', '007', 'NULL', 'tea', '2026-01-01');
  const number = fc.constantFrom(1, 2, 0.5, 2 ** 60, 1_700_000_000_000);
  const lists = fc.oneof(fc.array(text, { maxLength: 2 }), fc.array(number, { maxLength: 2 }));
  const column = fc.oneof(
    ...[text, number, fc.boolean(), lists].map((each) => fc.array<FieldValue>(each, { minLength: 1, maxLength: 6 })),
  );
  const suggested = new Set<string>();
  fc.assert(
    fc.property(column, fc.constantFrom('x', 'chain_id'), (held, name) => {
      const fields = statisticsOf(held, name);
      for (const note of fieldNotes(fields, inferSchema(fields)))
        for (const [, kind] of note.matchAll(/"fields": \{"[^"]*": "([^"]*)"\}/g)) suggested.add(kind);
    }),
    { numRuns: 1000, seed: 1 },
  );
  expect([...suggested].sort()).toEqual(['category', 'ignored', 'numeric', 'tags']);
  for (const name of suggested) expect(fieldKinds.has(name)).toBe(true);
});

function statisticsOf(held: readonly FieldValue[], name = 'x') {
  const statistics = createFieldStatistics();
  for (const value of held) statistics.observe('item', { [name]: value });
  return statistics.result();
}
