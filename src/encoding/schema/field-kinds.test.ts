import { expect, it } from 'vitest';
import type { FieldValue } from '../../slate/fields.ts';
import { createFieldsFitter } from '../encoders/fields-encoder.ts';
import { type FieldKind, type FieldKindParts, fieldKindParts, fieldKinds } from './field-kinds.ts';

const values: Readonly<Record<FieldKind, readonly FieldValue[]>> = {
  numeric: [1, 2],
  time: ['2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'],
  category: ['tea', 'cake'],
  tags: [['tea'], ['tea', 'cake']],
  vector: [
    [0.1, 0.2],
    [0.3, 0.1],
  ],
  ignored: ['a title', 'another title'],
};

it.each(fieldKinds)('drops no field of kind %s in silence', (kind) => {
  const fitter = createFieldsFitter([{ name: 'x', kind, length: 2 }], { minCount: 1, limit: 100 });
  for (const value of values[kind]) fitter.observe({ x: value });
  const encoded = Object.values(fitter.fit()).flatMap((part) => (Array.isArray(part) ? part : []));
  expect(encoded).toHaveLength(kind === 'ignored' ? 0 : 1);
});

it('lets no kind without its entry, and no entry without a part, through the compiler', () => {
  const { vector: _, ...others } = fieldKindParts;
  // @ts-expect-error vector has no entry
  const forgotten: Readonly<Record<FieldKind, FieldKindParts>> = others;
  // @ts-expect-error what it lacks is not said
  const half: FieldKindParts = { columns: 'bag', lost: () => 0 };
  expect(Object.keys(forgotten)).not.toContain('vector');
  expect(half.lacks).toBeUndefined();
  expect(Object.keys(fieldKindParts)).toEqual([...fieldKinds]);
});
