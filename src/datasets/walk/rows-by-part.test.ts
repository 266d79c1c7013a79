import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RankingEvent } from '../../slate/events.ts';
import { type Fields, type FieldUpdates, mergeFields, noFields } from '../../slate/fields.ts';
import type { Dataset, DatasetRow } from '../folder/dataset.ts';
import { type PartRow, rowsByPart } from './rows-by-part.ts';

const ranking = (id: string): RankingEvent => ({ event: 'ranking', id, time: 1, user: 'u', fields: {}, items: [] });
const item: DatasetRow = { kind: 'item', event: { event: 'item', item: 'a', time: 0, fields: {} } };
const user: DatasetRow = { kind: 'user', event: { event: 'user', user: 'u', time: 0, fields: {} } };
const list = (index: number): DatasetRow => ({
  kind: 'impression',
  index,
  impression: { ranking: ranking(`r${index}`), clickTimesK: new Float64Array() },
});

/** Metadata between lists, as a log has it; the parts of the four lists. */
const rows = [item, list(0), user, list(1), list(2), list(3)];
const parts = Uint8Array.of(1, 0, 2, 0);
const dataset = {
  async *rows() {
    yield* rows;
  },
} as Pick<Dataset, 'rows'> as Dataset;

function nameOf(row: PartRow): string {
  if (row.kind === 'impression') return `list ${row.index} of ${row.part}`;
  if (row.kind !== 'rewind') return row.kind;
  for (const { fields } of row.described) expect(fields).toEqual({});
  return ['rewind', ...row.described.map(({ kind, id }) => `${kind} ${id}`)].join(' ');
}

async function walked(by: 'time' | 'user'): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const row of rowsByPart(dataset, { parts, by })) found.push(nameOf(row));
  return found;
}

it('walks a split by time once, in the order of the log', async () => {
  expect(await walked('time')).toEqual(['item', 'list 0 of 1', 'user', 'list 1 of 0', 'list 2 of 2', 'list 3 of 0']);
});

it('walks a split by user part after part, metadata by the clock in each', async () => {
  expect(await walked('user')).toEqual([
    ...['item', 'user', 'list 1 of 0', 'list 3 of 0'],
    // The item was described before any list, and stays so; the user was unknown at first.
    ...['rewind user u', 'list 0 of 1', 'user', 'again', 'again'],
    ...['rewind user u', 'again', 'user', 'again', 'list 2 of 2', 'again'],
  ]);
});

it('begins every pass with the metadata that were known before the first list', async () => {
  const described = (row: DatasetRow, name: string): DatasetRow =>
    ({ ...row, event: { ...(row as typeof item).event, fields: { name } } }) as DatasetRow;
  const changing = [
    described(item, 'old'),
    list(0),
    described(user, 'first'),
    list(1),
    list(2),
    described(item, 'new'),
  ];
  const changingSet = {
    async *rows() {
      yield* [...changing, list(3)];
    },
  } as Pick<Dataset, 'rows'> as Dataset;
  const known: Record<string, unknown> = {};
  const seen: Record<number, unknown> = {};
  for await (const row of rowsByPart(changingSet, { parts, by: 'user' })) {
    if (row.kind === 'impression') seen[row.index] = [known.item, known.user];
    else if (row.kind === 'item' || row.kind === 'user') known[row.kind] = row.event.fields.name ?? undefined;
    else if (row.kind === 'rewind') for (const { kind, fields } of row.described) known[kind] = fields.name;
  }
  expect(seen).toEqual({ 0: ['old', undefined], 1: ['old', 'first'], 2: ['old', 'first'], 3: ['new', 'first'] });
});

it('leads back from any updates to what was known before the first list, and touches nothing else', async () => {
  const told = (fields: FieldUpdates): DatasetRow => ({
    kind: 'item',
    event: { event: 'item', item: 'a', time: 0, fields },
  });
  const updates = fc.dictionary(fc.constantFrom('price', 'brand', 'color'), fc.option(fc.nat(3), { nil: null }), {
    noNullPrototype: true,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(updates), fc.array(updates), async (before, between) => {
      const set = {
        async *rows() {
          yield* [...before.map(told), list(0), ...between.map(told), list(1), list(2), list(3)];
        },
      } as Pick<Dataset, 'rows'> as Dataset;
      const atFirst = before.reduce(mergeFields, noFields);
      const atLast = between.reduce(mergeFields, atFirst);
      let known = noFields;
      const seen: Fields[] = [];
      for await (const row of rowsByPart(set, { parts, by: 'user' })) {
        if (row.kind === 'impression') seen[row.index] = known;
        else if (row.kind === 'item') known = mergeFields(known, row.event.fields);
        else if (row.kind === 'rewind') for (const { fields } of row.described) known = fields;
      }
      expect(seen).toEqual([atFirst, atLast, atLast, atLast]);
    }),
  );
});
