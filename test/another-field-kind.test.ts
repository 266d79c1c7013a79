/** A kind of field with its file (here) and its line (the mock): nothing else of the program has to know of it. */
import { expect, it, vi } from 'vitest';
import type { FieldKindDefinition } from '../src/encoding/field-kinds/field-kind.ts';
import type { FieldStatistics } from '../src/encoding/field-values/field-statistics.ts';
import type { FieldValue } from '../src/slate/fields.ts';

const minutesOf = (value: FieldValue | undefined): number | undefined =>
  typeof value === 'string' && value.endsWith(' min') ? Number(value.slice(0, -4)) : undefined;

/** `90 min`: texts, of a field that is called so. */
const durationKind: FieldKindDefinition = {
  kind: 'field kind',
  name: 'duration',
  columns: { form: 'number', read: minutesOf, values: 'minutes', hasAge: false },
  claims: ({ name, strings, count }) => name.endsWith('duration') && strings === count,
  doubt: () => ({ because: 'so it is called', otherwise: 'if it is a name', kind: 'category' }),
  lacks: ({ strings }) => (strings === 0 ? { wanted: 'minutes', found: 0 } : undefined),
  lost: ({ count, strings }) => count - strings,
};

vi.mock('../src/encoding/field-kinds/field-kinds.ts', async (load) => {
  const [room, { createRegistry }] = await Promise.all([
    load<typeof import('../src/encoding/field-kinds/field-kinds.ts')>(),
    import('../src/slate/registry.ts'),
  ]);
  const fieldKinds = createRegistry<FieldKindDefinition>('field kind', [durationKind, ...room.fieldKinds.all]);
  return { ...room, fieldKinds, fieldKindNames: fieldKinds.names };
});

const { inferSchema } = await import('../src/encoding/schema/schema.ts');
const { fieldNotes } = await import('../src/encoding/schema/kind-doubts.ts');
const { createFieldStatistics } = await import('../src/encoding/field-values/field-statistics.ts');
const { createEncodersFitter, encoderDefaults, encodersFromJson, encodersToJson } = await import(
  '../src/encoding/encoders/encoders.ts'
);
const { encodeDense } = await import('../src/encoding/encoders/fields-encoder.ts');
const { watchFields } = await import('../src/encoding/encoders/changed-fields.ts');
const { settingsFrom } = await import('../src/jobs/settings.ts');
const { overridesOf } = await import('../src/live/fields.ts');
const { schemaTable } = await import('../src/cli/summary-text.ts');
const { impression } = await import('./example-features.ts');

function statisticsOf(held: readonly FieldValue[]): readonly FieldStatistics[] {
  const statistics = createFieldStatistics();
  for (const value of held) statistics.observe('item', { duration: value, length: value });
  return statistics.result();
}

const fields = statisticsOf(['90 min', '30 min', '90 min', '30 min']);
const schema = inferSchema(fields);

it('is inferred, told and shown', () => {
  expect(schema.item).toEqual([
    { name: 'duration', kind: 'duration' },
    { name: 'length', kind: 'category' },
  ]);
  expect(fieldNotes(fields, schema)).toEqual([
    'item.duration is taken as duration: so it is called; if it is a name, say "fields": {"item.duration": "category"} in the settings',
  ]);
  const summary = { inLists: { item: { count: 0, with: {} }, user: { count: 0, with: {} } }, overrides: {} };
  expect(schemaTable(fields, schema, summary)).toMatch(/item\.duration +│ duration/);
});

it('may be given by a config and by a program, and is refused where the values are not of it', () => {
  expect(settingsFrom({ fields: { 'item.length': 'duration' } } as object, 'here').fields).toEqual({
    'item.length': 'duration',
  });
  const overrides = overridesOf({ item: { length: 'duration' as 'numeric' } });
  expect(inferSchema(fields, overrides).item[1]).toEqual({ name: 'length', kind: 'duration' });
  expect(() => inferSchema(statisticsOf([90, 30]), overrides)).toThrow(
    '"item.length" is to be a duration, but the log holds minutes in 0 of 2 events',
  );
});

it('is encoded, stored, and watched', () => {
  const known = [{ duration: '90 min' }, { duration: '30 min' }];
  const fitter = createEncodersFitter(schema, encoderDefaults);
  fitter.observe(impression(0, 'u', ['0', '1']), { item: (id) => known[Number(id)], user: {} });
  const fitted = fitter.fit();
  const encoders = encodersFromJson(JSON.parse(JSON.stringify(encodersToJson(fitted))), schema);
  expect(encoders).toEqual(fitted);
  expect(encodeDense(encoders.item, { duration: '90 min' })).toEqual([1]);
  const watch = watchFields(schema, encoders);
  for (let at = 0; at < 50; at++) watch.observe('item', { duration: 'long' });
  expect(watch.changed().map(({ note }) => note)).toContain(
    'item.duration: expected minutes, as in training, found another kind in 50 of 50 items, such as "long"; these count as missing',
  );
});
