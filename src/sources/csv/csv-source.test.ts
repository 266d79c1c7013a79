import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { csvSource } from './csv-source.ts';

const MAP = { list: 'list', user: 'user', time: 'time', item: 'item', position: 'pos', clicked: 'click' };
const HEADER = 'list,user,time,item,pos,price,click';
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csv-'));
});

async function read(text: string | Uint8Array, firstPosition = 0): Promise<readonly object[]> {
  const path = join(folder, 'log.csv');
  await writeFile(path, text);
  const records: object[] = [];
  for await (const record of csvSource(path, MAP).records({ firstPosition })) records.push(record);
  return records;
}

it('makes a list of the rows that follow each other, and a click of each that says so', async () => {
  const table = `${HEADER}\r\nr1,u1,2025-03-01 10:00:00,"tea, green",2,140,1\r\nr1,u1,2025-03-01 10:00:00,sake,1,,0\r\n`;
  const expected = [
    {
      line: 2,
      event: {
        event: 'ranking',
        id: 'r1',
        user: 'u1',
        time: Date.UTC(2025, 2, 1, 10),
        items: [
          { id: 'tea, green', position: 1, fields: { price: '140' } },
          { id: 'sake', position: 0, fields: {} },
        ],
      },
    },
    { line: 2, event: { event: 'interaction', ranking: 'r1', item: 'tea, green', type: 'click' } },
  ];
  expect(await read(table, 1)).toMatchObject(expected);
  expect(await read(gzipSync(table), 1)).toMatchObject(expected);
  expect(await read(`\uFEFF${table.replaceAll('","', '";"').replaceAll(/,(?! )/g, ';')}`, 1)).toMatchObject(expected);
});

it('rejects a whole list for a row that cannot be read, and goes on', async () => {
  const rows = [
    [
      'a,u,2025-03-01,x,0,1,maybe',
      'bad-value',
      'expected 0 or 1, or true or false, as the click, found "maybe" on line 2',
    ],
    ['a,u,2025-03-01,x,first,1,0', 'bad-value', 'expected a whole number as the position, found "first" on line 2'],
    ['a,u,2025-03-01,x,0,1', 'bad-value', 'expected 7 columns in each row, found 6 on line 2'],
    ['a,u,soon,x,0,1,0', 'bad-timestamp', 'found "soon"'],
    [',u,2025-03-01,x,0,1,0', 'missing-field', 'expected "id" in a ranking'],
  ];
  for (const [row, reason, message] of rows) {
    const records = await read(`${HEADER}\n${row}\nb,u,2025-03-01,y,0,1,0\n`);
    expect(records).toMatchObject([
      { reason, message: expect.stringContaining(message) },
      { event: { event: 'ranking', id: 'b' } },
    ]);
  }
});

it('refuses lists that stand apart, and columns that are not there', async () => {
  const row = (list: string, item: string): string => `${list},u,2025-03-01,${item},0,1,0`;
  await expect(read([HEADER, row('a', 'x'), row('b', 'x'), row('a', 'y')].join('\n'))).rejects.toThrow(
    'expected the rows of a list one after the other, found list a again on line 4; sort the file by list',
  );
  await expect(read('list,user,time,itm,pos,click\n')).rejects.toThrow('column of item: expected one of');
  await expect(read('')).rejects.toThrow('found an empty file');
});
