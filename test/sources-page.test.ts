/** What docs/sources.md shows is what works. */
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { importLog } from '../src/datasets/import/import-log.ts';
import { settingsFrom } from '../src/jobs/settings.ts';
import { tableSource } from '../src/sources/open-source.ts';
import { ROLES } from '../src/sources/tables/column-map.ts';
import { ended } from './command-ending.ts';
import { knownItems, knownUsers, runDuckDb, shownRows, sqlOf } from './shown-tables.ts';

let page = '';
let settings: readonly unknown[] = [];
let folder = '';
const rows = shownRows(60);

beforeAll(async () => {
  page = await readFile(resolve(import.meta.dirname, '../docs/sources.md'), 'utf8');
  settings = [...page.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => JSON.parse(json));
  folder = await mkdtemp(join(tmpdir(), 'page-'));
});

/** The same rows under the names of the page's shop. */
const SHOP = `SELECT list AS search_id, "user" AS visitor, time AS shown_at, item AS salon, position AS pos, query, 'phone' AS device, price, clicked_at, time::DATE AS day FROM t`;

it('names every key of a table', () => {
  for (const role of ROLES) expect(page).toContain(`\`${role}\``);
});

it('has settings that import: a row for every shown item', async () => {
  const path = join(folder, 'impressions.parquet');
  await runDuckDb(sqlOf('t', rows), `COPY (${SHOP}) TO '${path}' (FORMAT parquet)`);
  const { columns } = settingsFrom(settings[0], 'the page');
  const summary = await importLog(await tableSource(path, { columns }), join(folder, 'one'));
  expect(summary).toMatchObject({ lists: 60, rejected: 0, warnings: [] });
  expect(summary.clicks).toBe(rows.filter((row) => row.clicked_at !== null).length);
});

it('has settings that import: tables apart', async () => {
  const [lists, clicks] = ['search_id, visitor, shown_at, salon, pos', 'search_id, salon, clicked_at'];
  await runDuckDb(
    sqlOf('t', rows),
    `CREATE VIEW shop AS ${SHOP}`,
    `COPY (SELECT ${lists} FROM shop) TO '${folder}/impressions.parquet' (FORMAT parquet)`,
    `COPY (SELECT ${clicks} FROM shop WHERE clicked_at IS NOT NULL) TO '${folder}/clicks.csv' (HEADER)`,
    sqlOf('items', knownItems),
    `COPY (SELECT item AS salon, time AS updated_at, brand, 'x' AS notes FROM items) TO '${folder}/salons.parquet' (FORMAT parquet)`,
    sqlOf('users', knownUsers),
    `COPY (SELECT "user" AS visitor, time AS updated_at, age FROM users) TO '${folder}/visitors.parquet' (FORMAT parquet)`,
  );
  const { tables } = settingsFrom(settings[1], 'the page');
  const summary = await importLog(await tableSource(folder, { tables }), join(folder, 'apart'));
  expect(summary).toMatchObject({ lists: 60, itemEvents: 44, userEvents: 7, rejected: 0 });
});

it('has settings that import: a query; and the command line reads them', async () => {
  await runDuckDb(sqlOf('t', rows), `COPY t TO '${folder}/shown.parquet' (FORMAT parquet)`);
  const config = join(folder, 'slatewise.config.json');
  await writeFile(config, JSON.stringify(settings[2]));
  const command = `import ${folder} --config ${config} --out ${folder}/query`;
  expect(await ended(command)).toMatchObject({
    code: 0,
    printed: expect.stringContaining('60 lists of up to 6 items'),
  });
  const again = await ended(`${command} --append`);
  expect(again).toMatchObject({ code: 0, printed: expect.stringContaining('added nothing') });
  const guessed = await ended(`import ${folder}/shown.parquet --guess`);
  expect(JSON.parse(guessed.printed).columns).toMatchObject({ list: 'list', clickTime: 'clicked_at' });
  expect(guessed.said).toContain('keep it in slatewise.config.json, then run: npx slatewise import');
});
