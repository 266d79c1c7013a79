import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { inMemorySource } from '../../sources/in-memory.ts';
import { type Dataset, openDataset } from '../folder/dataset.ts';
import { importLog, validateLog } from './import-log.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
});

type Json = Record<string, unknown>;
const ranking = (id: string, timestamp: number, items: readonly string[], more: Json = {}): Json => ({
  event: 'ranking',
  id,
  timestamp,
  user: 'u1',
  fields: [],
  items: items.map((item) => ({ id: item, fields: [] })),
  ...more,
});
const click = (list: string, timestamp: number, item: string, type = 'click'): Json => ({
  event: 'interaction',
  ranking: list,
  timestamp,
  user: 'u1',
  type,
  item,
});

let count = 0;
async function logOf(lines: readonly (Json | string | Uint8Array)[], separator = '\n'): Promise<string> {
  const path = join(folder, `log-${count++}.jsonl`);
  const parts = lines.map((line) =>
    line instanceof Uint8Array ? line : Buffer.from(typeof line === 'string' ? line : JSON.stringify(line)),
  );
  await writeFile(path, Buffer.concat(parts.flatMap((part) => [part, Buffer.from(separator)]).slice(0, -1)));
  return path;
}

const rowsOf = async (dataset: Dataset): Promise<unknown[]> => {
  const rows: unknown[] = [];
  for await (const row of dataset.rows())
    rows.push(
      row.kind === 'impression'
        ? { ...row, impression: { ...row.impression, clickTimesK: [...row.impression.clickTimesK] } }
        : row,
    );
  return rows;
};

async function imported(lines: readonly (Json | string | Uint8Array)[], options = {}) {
  const out = join(folder, `data-${count++}`);
  const summary = await importLog(await logOf(lines), out, options);
  const rejected = (await readFile(join(out, 'rejected.jsonl'), 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const dataset = await openDataset(out);
  return { summary, rejected, dataset, rows: await rowsOf(dataset) };
}

describe('every line that cannot be used is kept with its reason', () => {
  const good = ranking('r1', 1000, ['a', 'b']);
  const minute = 60_000;
  it.each([
    ['not-json', 'garbage'],
    ['not-json', '{"event":"item","item":"a","timestamp":1,"fields":[{"name":"x","value":NaN}]}'],
    ['unknown-event', { event: 'purchase' }],
    ['broken-utf8', '{"event":"item","item":"shop \\ud83d","timestamp":1}'],
    ['bad-value', '{"event":"item","item":1610521604143690001,"timestamp":1}'],
    ['other-user', { ...click('r1', 1500, 'a'), user: 'u2' }],
    ['no-list-of-user', { ...click('', 1500, 'z') }],
    ['unknown-event', '[1, 2]'],
    ['bad-timestamp', { ...ranking('r2', 0, ['a']), timestamp: 'yesterday' }],
    ['bad-timestamp', { ...ranking('r2', 0, ['a']), timestamp: 1_700_000_000_000_000 }],
    ['bad-timestamp', { ...ranking('r2', 0, ['a']), timestamp: 1_700_000_000_000_000_000 }],
    ['bad-value', { event: 'item', item: 'a', timestamp: 1, fields: [{ name: 'x', value: { deep: 1 } }] }],
    ['bad-value', { ...ranking('r2', 1, []), items: [{ id: 'a', propensity: 0 }] }],
    ['bad-value', { ...ranking('r2', 1, []), items: [{ id: 'a', propensity: 1.5 }] }],
    ['missing-field', { event: 'item', timestamp: 1, fields: [] }],
    ['empty-slate', ranking('r2', 1, [])],
    ['item-twice-in-slate', ranking('r2', 1, ['a', 'b', 'a'])],
    ['duplicate-list', { ...good, mine: 1 }],
    ['unknown-list', click('r9', 1500, 'a')],
    ['item-not-in-list', click('r1', 1500, 'z')],
    ['late-interaction', click('r1', 1000 + 31 * minute, 'a')],
    ['interaction-before-list', click('r1', 999, 'a')],
  ] as const)('%s', async (reason, line) => {
    const { summary, rejected } = await imported([good, line as Json | string, click('r1', 1500, 'b')]);
    expect(summary).toMatchObject({ lists: 1, clicks: 1, rejected: 1, rejectedByReason: { [reason]: 1 } });
    expect(rejected).toHaveLength(1);
    expect(rejected[0]).toMatchObject({ line: 2, reason, raw: typeof line === 'string' ? line : JSON.stringify(line) });
    expect(rejected[0].message).toMatch(/expected .* found/);
  });

  it.each(['unknown-list', 'item-not-in-list', 'duplicate-list'])(
    'keeps a line with its own blanks and keys: %s',
    async (reason) => {
      const lines = {
        'unknown-list':
          '{ "event":"interaction", "ranking":"r9", "timestamp":"1500", "item":"a", "type":"click", "mine":1e0 }',
        'item-not-in-list': '{ "type":"click", "event":"interaction", "ranking":"r1", "timestamp":1500.0, "item":"z" }',
        'duplicate-list':
          '{ "event":"ranking","id":"r1","timestamp":1000, "user":"u1", "items":[ {"id":"a"},{"id":"b" } ], "mine":[] }',
      };
      const line = lines[reason as keyof typeof lines];
      const { rejected } = await imported([good, line]);
      expect(rejected).toMatchObject([{ reason, raw: line }]);
    },
  );

  it('line-too-long', async () => {
    const endless = '[1,'.repeat(6_000_000);
    const { summary, rejected } = await imported([good, endless, click('r1', 1500, 'b')]);
    expect(summary).toMatchObject({ lines: 3, clicks: 1, rejectedByReason: { 'line-too-long': 1 } });
    expect(rejected).toMatchObject([
      { line: 2, raw: endless.slice(0, 1000), message: expect.stringMatching(/16777216/) },
    ]);
  });

  it('broken-utf8', async () => {
    const { rejected } = await imported([good, Uint8Array.of(0x7b, 0xff, 0xfe, 0x7d)]);
    expect(rejected[0]).toMatchObject({ line: 2, reason: 'broken-utf8' });
  });
});

it('takes what is unusual but right', async () => {
  const crlf = await logOf(
    [ranking('r1', 1000, ['a', 'b']), click('r1', 1200, 'b'), click('r1', 1100, 'b'), click('r1', 1100, 'a', 'view')],
    '\r\n',
  );
  expect(await validateLog(crlf)).toMatchObject({ lists: 1, clicks: 1, otherInteractions: 1, rejected: 0 });
  const { rows, summary } = await imported([
    click('r1', 1200, 'b'),
    ranking('r1', 1000, ['a', 'b']),
    ranking('r2', 900, ['c'], { timestamp: '900' }),
    click('r1', 1100, 'b'),
  ]);
  expect(summary).toMatchObject({ lists: 2, listsWithoutClick: 1, rejected: 0, itemsWithoutMetadata: 3 });
  // In time order, and the earliest of several clicks counts.
  expect(rows).toMatchObject([
    { index: 0, impression: { ranking: { id: 'r2', time: 900 }, clickTimesK: [-1] } },
    { index: 1, impression: { ranking: { id: 'r1' }, clickTimesK: [-1, 1100] } },
  ]);
});

it('brings every kind of field through the files unchanged', async () => {
  const fields = [
    { name: 'price', value: 1.5 },
    { name: 'open', value: true },
    { name: 'city', value: 'Köln' },
    { name: 'tags', value: ['x', 'ü'] },
    { name: 'vector', value: [0.25, -1] },
  ];
  const { rows } = await imported([
    { event: 'item', item: 'a', timestamp: 5, fields },
    {
      event: 'item',
      item: 'b',
      timestamp: 6,
      fields: [
        { name: 'mixed', value: 1 },
        { name: 'nothing', value: null },
      ],
    },
    { event: 'item', item: 'c', timestamp: 7, fields: [{ name: 'mixed', value: 'one' }] },
    { event: 'user', user: 'u1', timestamp: 6, fields: [{ name: 'age', value: '30s' }] },
    ranking('r1', 10, [], {
      session: 's',
      policy: 'p',
      propensity: 0.5,
      fields: [{ name: 'query', value: 'sushi' }],
      items: [
        { id: 'a', fields: [{ name: 'relevancy', value: 2 }] },
        { id: 'b', position: 7, row: 1, col: 3, propensity: 0.25, placePropensity: 0.2 },
      ],
    }),
  ]);
  const asRecord = Object.fromEntries(fields.map(({ name, value }) => [name, value]));
  expect(rows).toEqual([
    { kind: 'item', event: { event: 'item', item: 'a', time: 5, fields: asRecord } },
    { kind: 'item', event: { event: 'item', item: 'b', time: 6, fields: { mixed: 1, nothing: null } } },
    { kind: 'user', event: { event: 'user', user: 'u1', time: 6, fields: { age: '30s' } } },
    { kind: 'item', event: { event: 'item', item: 'c', time: 7, fields: { mixed: 'one' } } },
    {
      kind: 'impression',
      index: 0,
      impression: {
        clickTimesK: [-1, -1],
        ranking: {
          event: 'ranking',
          id: 'r1',
          time: 10,
          user: 'u1',
          session: 's',
          policy: 'p',
          propensity: 0.5,
          fields: { query: 'sushi' },
          items: [
            { id: 'a', fields: { relevancy: 2 } },
            { id: 'b', fields: {}, position: 7, row: 1, col: 3, propensity: 0.25, placePropensity: 0.2 },
          ],
        },
      },
    },
  ]);
});

it('does not mind the order of the lines', async () => {
  const lines = Array.from({ length: 30 }, (_, n) => [
    ranking(`r${n}`, 1000 + 10 * n, ['a', 'b', 'c']),
    ...(n % 3 === 0 ? [click(`r${n}`, 1005 + 10 * n, 'b')] : []),
  ]).flat();
  const ordered = await imported(lines);
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(lines, { minLength: lines.length }), async (shuffled) => {
      const { rows } = await imported(shuffled);
      expect(rows).toEqual(ordered.rows);
    }),
    { numRuns: 5 },
  );
});

it('judges the list and the item of interactions that are no clicks, not their time', async () => {
  const day = 86_400_000;
  const { summary, rejected } = await imported([
    click('r9', 1500, 'a', 'view'),
    click('r1', 1500, 'b', 'view'),
    ranking('r1', 1000, ['a', 'b']),
    click('r1', 1500, 'z', 'view'),
    click('r1', day, 'a', 'purchase'),
  ]);
  expect(summary).toMatchObject({ clicks: 0, otherInteractions: 2 });
  expect(rejected).toMatchObject([
    { line: 1, reason: 'unknown-list' },
    { line: 4, reason: 'item-not-in-list' },
  ]);
});

it('leaves nothing half-made', async () => {
  const nothing = await logOf([{ event: 'item', item: 'a', timestamp: 1, fields: [] }]);
  await expect(importLog(nothing, join(folder, 'none'))).rejects.toThrow(/expected at least one ranking/);
  expect((await readdir(folder)).filter((name) => name.startsWith('none'))).toEqual([]);
  await expect(openDataset(join(folder, 'none'))).rejects.toThrow(/expected a data set folder/);
});

it('keeps the rejected lines of a log that cannot be imported, and names the file', async () => {
  const out = join(folder, 'garbage');
  const log = await logOf(['garbage', '{"event":"item"}']);
  await expect(importLog(log, out)).rejects.toThrow(
    `(2 rejected, the first: line 1: expected one JSON object per line, found "garbage"); docs/your-data.md has the event format; the rejected lines are kept in ${out}.rejected.jsonl`,
  );
  const kept = (await readFile(`${out}.rejected.jsonl`, 'utf8')).trim().split('\n');
  expect(kept.map((line) => JSON.parse(line).raw)).toEqual(['garbage', '{"event":"item"}']);
  expect((await readdir(folder)).filter((name) => name.startsWith('garbage'))).toEqual(['garbage.rejected.jsonl']);

  const cut = join(folder, 'cut.jsonl.gz');
  const zipped = gzipSync(Array.from({ length: 20_000 }, (_, n) => `garbage ${(n * 7919) % 20_011}\n`).join(''));
  await writeFile(cut, zipped.subarray(0, zipped.length >> 1));
  await expect(importLog(cut, out)).rejects.toThrow(/complete gzip file.*kept in/);
  const rejectedPath = join(folder, 'new/deep/rejected.jsonl');
  await expect(validateLog(cut, { rejectedPath })).rejects.toThrow(/complete gzip file/);
  for (const path of [rejectedPath, `${out}.rejected.jsonl`])
    expect((await readFile(path, 'utf8')).split('\n').length).toBeGreaterThan(1000);
});

it('never writes rejected lines over the log', async () => {
  const log = await logOf(['garbage']);
  await expect(validateLog(log, { rejectedPath: log })).rejects.toThrow('which is read, found the same');
  expect(await readFile(log, 'utf8')).toBe('garbage');
});

it('replaces a data set, and nothing else', async () => {
  const log = await logOf([ranking('r1', 1000, ['a', 'b'])]);
  const out = join(folder, 'thesis');
  await mkdir(out);
  await writeFile(join(out, 'chapter-1.tex'), 'years of work');
  await expect(importLog(log, out)).rejects.toThrow(/an empty one, or a data set to replace.*chapter-1\.tex/);
  expect(await readFile(join(out, 'chapter-1.tex'), 'utf8')).toBe('years of work');
  const again = join(folder, 'again');
  await importLog(log, again);
  expect(await importLog(log, again)).toMatchObject({ lists: 1 });
});

describe('an abort after the last line', () => {
  const stopped = new Error('stopped by the test');

  it.each(['importLog', 'validateLog'])('stops %s', async (name) => {
    const controller = new AbortController();
    async function* records(): AsyncGenerator<unknown> {
      for (let n = 0; n < 3000; n++) yield ranking(`r${n}`, n, ['i1', 'i2', 'i3']);
      // Comes only when the process gets to it.
      setImmediate(() => controller.abort(stopped));
    }
    const source = inMemorySource(records());
    const { signal } = controller;
    const out = join(folder, `data-${count++}`);
    const work = name === 'importLog' ? importLog(source, out, { signal }) : validateLog(source, { signal });
    await expect(work).rejects.toBe(stopped);
    expect(await readdir(folder)).not.toContain(basename(out));
  });
});
