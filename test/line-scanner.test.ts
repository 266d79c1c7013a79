import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize } from 'node:v8';
import { expect, it } from 'vitest';
import { DATASET_FILES } from '../src/datasets/folder/write-dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { createRng } from '../src/random/rng.ts';
import { createIdTable } from '../src/sources/blocks/seen-ids.ts';
import { jsonLinesSource } from '../src/sources/json-lines/event-log.ts';
import { createLineScanner } from '../src/sources/json-lines/line-scanner.ts';

const scanner = (firstPosition = 0) =>
  createLineScanner({ items: createIdTable(), users: createIdTable() }, firstPosition);
const kindOf = (line: string, firstPosition = 0): string | undefined => scanner(firstPosition).scan(Buffer.from(line));

it.each([
  '{"event":"ranking","id":"r","user":"u","timestamp":1,"items":[{"id":"a"},{"id":"b","fields":[],"relevancy":0.5}]}',
  '{"event": "ranking", "timestamp": "2022-06-22T11:21:39", "items": [{"position": 3, "id": "a"}], "id": "r", "user": null }',
  '{"event":"ranking","id":"r","timestamp":1,"session":"s","propensity":0.5,"fields":[{"name":"query","value":"x"},{"name":"n","value":-1.25}],"items":[{"id":"a","fields":[{"name":"new","value":true},{"name":"none","value":null}]}]}',
])('reads a list of the common form: %s', (line) => expect(kindOf(line)).toBe('list'));

it('reads interactions', () => {
  expect(
    kindOf('{"event":"interaction","id":7,"ranking":"r","timestamp":1,"user":"u","type":"click","item":"a"}'),
  ).toBe('interaction');
  expect(kindOf('{"event":"interaction","timestamp":1,"user":"u","type":"click","item":"a"}')).toBe('interaction');
});

const LIST = '{"event":"ranking","id":"r","timestamp":1,"items":[{"id":"a"}]}';
it.each([
  ...['', '{}', '[]', '{"event":"item","item":"a","timestamp":1}', LIST.slice(0, -1), `${LIST},`, `${LIST}x`],
  LIST.replace('"r"', '""'),
  LIST.replace('"r"', '"größe"'),
  LIST.replace('"r"', '"a\\u0020"'),
  LIST.replace('"r"', '"r","id":"s"'),
  LIST.replace('"r"', '"r","odd":1'),
  LIST.replace('"r"', '"r","size":1'),
  LIST.replace(':1,', ':-1,'),
  LIST.replace(':1,', ':01,'),
  LIST.replace(':1,', ':1e3,'),
  LIST.replace(':1,', ':99999999999999,'),
  LIST.replace('{"id":"a"}', ''),
  LIST.replace('{"id":"a"}', '{"id":"a"},{"id":"a"}'),
  LIST.replace('{"id":"a"}', '{"id":"a","position":0.5}'),
  LIST.replace('{"id":"a"}', '{"id":"a","propensity":0}'),
  LIST.replace('{"id":"a"}', '{"id":"a","fields":[{"name":"f","value":[1]}]}'),
  LIST.replace('{"id":"a"}', '{"id":"a","fields":[{"name":"f","value":1},{"name":"f","value":2}]}'),
  LIST.replace('{"id":"a"}', '{"id":"a","fields":[{"name":"1","value":1}]}'),
  '{"event":"interaction","timestamp":1,"type":"click","item":"a"}',
  '{"event":"interaction","ranking":"r","timestamp":1,"type":"","item":"a"}',
])('leaves to JSON.parse what is not plain: %s', (line) => expect(kindOf(line)).toBeUndefined());

it('counts positions from where it is told', () => {
  const line = LIST.replace('{"id":"a"}', '{"id":"a","position":1}');
  const own = scanner(1);
  expect(own.scan(Buffer.from(line))).toBe('list');
  expect(own.draft.places.position[0]).toBe(0);
  expect(kindOf(line.replace(':1}', ':0}'), 1)).toBeUndefined();
});

it('becomes the data set that the records become, also where lines are anyhow', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'scanner-'));
  const log = join(folder, 'log.jsonl');
  const rng = createRng('scanner');
  const any = <T = unknown>(...values: readonly T[]): T => values[rng.integer(values.length)];
  const lines: string[] = [];
  for (let n = 0; n < 3000; n++) {
    const items = Array.from({ length: 1 + rng.integer(6) }, (_, k) => ({
      id: any<unknown>(`i${rng.integer(50)}`, `i${k}`, rng.integer(9), `größe ${k}`),
      ...any<object>(
        {},
        {},
        { position: any<unknown>(k, 5 - k, null, -1) },
        { relevancy: any<unknown>(rng.next(), null, 'x') },
        { odd: 1 },
      ),
      fields: any<readonly object[]>(
        [],
        [{ name: any('b', 'a', '7'), value: any<unknown>(k / 4, 'x', true, null, ['t']) }],
      ),
    }));
    const list = {
      event: 'ranking',
      id: any(`r${n}`, `r${n}`, `r${n}`, `r${n - 1}`),
      user: any<unknown>('u', `u${n % 7}`, null, 3),
      timestamp: 1e12 + n * 9000,
    };
    const shown = {
      ...list,
      fields: any<readonly object[]>([], [{ name: any('q', 'p'), value: any<unknown>('x', 1.5) }]),
      items,
    };
    lines.push(JSON.stringify(shown));
    for (let k = rng.integer(3); k > 0; k--) {
      const { id: item } = any(...items);
      const ranking = any<unknown>(list.id, list.id, `r${rng.integer(3000)}`, undefined);
      lines.push(
        JSON.stringify({
          event: 'interaction',
          ranking,
          user: list.user,
          timestamp: list.timestamp + rng.integer(5000),
          type: any('click', 'click', 'buy'),
          item,
        }),
      );
    }
    if (n % 40 === 0)
      lines.push(
        any(
          '',
          'none',
          '{"event":"item","item":"i1","timestamp":5,"fields":[{"name":"c","value":1}]}',
          '{"event": "user", "user": "u1", "timestamp": 6}',
        ),
      );
  }
  await writeFile(log, `${lines.join('\n')}\n`);
  const contents = async (source: Parameters<typeof importLog>[0], out: string): Promise<readonly unknown[]> => {
    await importLog(source, join(folder, out), { openBytes: 100_000 });
    const names = [...DATASET_FILES, 'rejected.jsonl'];
    const texts = await Promise.all(names.map((name) => readFile(join(folder, out, name), 'latin1')));
    // A number may be kept in two ways.
    return [...texts, deserialize(await readFile(join(folder, out, 'state.bin')))];
  };
  const source = jsonLinesSource(log);
  expect(await contents(source, 'blocks')).toEqual(await contents({ ...source }, 'records'));
});
