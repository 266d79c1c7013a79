import { mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import {
  CSV_TYPES,
  knownItems,
  knownUsers,
  runDuckDb,
  SEPARATE_TABLES,
  SHOWN_COLUMNS,
  shownRows,
  sqlOf,
  writeCsv,
} from '../../test/shown-tables.ts';
import { guessColumns } from './guess-columns.ts';

const rows = shownRows(60);
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guess-'));
});

it('proposes for a file of Parquet, and for CSV the types too', async () => {
  const path = join(folder, 'impressions.parquet');
  await runDuckDb(sqlOf('t', rows), `COPY t TO '${path}' (FORMAT parquet)`);
  expect(await guessColumns(path)).toEqual({ settings: { columns: SHOWN_COLUMNS }, missing: [] });
  const csv = await writeCsv(join(folder, 'impressions.csv'), rows);
  expect(await guessColumns(csv)).toEqual({ settings: { columns: { ...SHOWN_COLUMNS, ...CSV_TYPES } }, missing: [] });
});

it('proposes for tables that lie apart', async () => {
  const place = join(folder, 'shop');
  await mkdir(place);
  const lists = rows.map(({ clicked_at: _, ...row }) => row);
  const clicks = rows.flatMap(({ list, user, item, clicked_at: time }) =>
    time === null ? [] : [{ list, user, item, time }],
  );
  for (const [name, table] of Object.entries({ lists, clicks, items: knownItems, users: knownUsers }))
    await runDuckDb(sqlOf('t', table), `COPY t TO '${join(place, `${name}.parquet`)}' (FORMAT parquet)`);
  const { settings, missing } = await guessColumns(place);
  const bare = JSON.parse(JSON.stringify(settings).replaceAll('.parquet"', '"'));
  expect(bare).toEqual({ tables: SEPARATE_TABLES });
  expect(missing).toEqual([]);
});

it('says what nobody can guess', async () => {
  const path = await writeCsv(join(folder, 'odd.csv'), [{ a: 'x', b: 'y' }]);
  expect(await guessColumns(path)).toEqual({
    settings: { columns: { list: '<list>', time: '<time>', item: '<item>' } },
    missing: ['columns.list', 'columns.time', 'columns.item'],
  });
});
