import { mkdtemp, readFile, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { InputError } from '../../slate/input-error.ts';
import { type CacheOptions, datasetAt } from './dataset-cache.ts';
import { importLog } from './import-log.ts';

let home = '';
const at = (name: string): string => join(home, name);
const options = (more: Partial<CacheOptions> = {}): CacheOptions => ({ cacheFolder: at('cache'), ...more });
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'cache-'));
  const lines = [
    { event: 'ranking', id: 'r', timestamp: 1, items: [{ id: 'a' }, { id: 'b' }] },
    { event: 'interaction', ranking: 'r', timestamp: 2, type: 'click', item: 'a' },
    { event: 'interaction', ranking: 'r', timestamp: 3, type: 'purchase', item: 'a' },
    { event: 'interaction', ranking: 'r', timestamp: 3, type: 'purchase', item: 'b' },
  ];
  await writeFile(at('log.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'));
  await importLog(at('log.jsonl'), at('clicks'));
  await importLog(at('log.jsonl'), at('bought'), { labelTypes: ['purchase', 'order'], joinWindow: 1000 });
});

it('refuses a data set folder that was joined in another way than the settings ask for', async () => {
  const asking = datasetAt(at('clicks'), options({ labelTypes: ['purchase'] }));
  await expect(asking).rejects.toThrow(InputError);
  await expect(asking).rejects.toThrow("the settings' labelTypes purchase, found one imported with click;");
  await expect(datasetAt(at('bought'), options({ labelTypes: ['purchase'] }))).rejects.toThrow('purchase, order');
  await expect(datasetAt(at('clicks'), options({ joinWindow: 5 }))).rejects.toThrow("settings' joinWindow 5, found");
});

it('opens one that was joined as they ask, or where they ask for nothing', async () => {
  for (const asked of [{}, { labelTypes: ['order', 'purchase'], joinWindow: 1000 }])
    expect((await datasetAt(at('bought'), options(asked))).summary).toMatchObject({ clicks: 2, joinWindow: 1000 });
  expect(
    (await datasetAt(at('clicks'), options({ labelTypes: ['click'], joinWindow: 1_800_000 }))).summary.clicks,
  ).toBe(1);
});

it('imports a log once per way of joining', async () => {
  const imports: string[] = [];
  const clicksAs = async (...labelTypes: string[]): Promise<number> =>
    (await datasetAt(at('log.jsonl'), options({ labelTypes, onImport: (log) => imports.push(log) }))).summary.clicks;
  expect([await clicksAs('click'), await clicksAs('purchase'), await clicksAs('click')]).toEqual([1, 2, 1]);
  expect(imports).toHaveLength(2);
});

it('imports a log again that was mended, though it has its size and its date', async () => {
  const path = at('mended.jsonl');
  const log = await readFile(at('log.jsonl'), 'utf8');
  const kept = new Date('2024-01-01');
  const read = async (text: string): Promise<number> => {
    await writeFile(path, text);
    await utimes(path, kept, kept);
    return (await datasetAt(path, options())).summary.clicks;
  };
  expect([await read(log), await read(log.replace('"click"', '"views"')), await read(log)]).toEqual([1, 0, 1]);
});

it('takes a folder whose log counted positions from 1, but not settings that say so of one that was taken to count from 0', async () => {
  await importLog(at('log.jsonl'), at('from-one'), { firstPosition: 1 });
  expect((await datasetAt(at('from-one'), options({ firstPosition: 0 }))).summary.firstPosition).toBe(1);
  await expect(datasetAt(at('clicks'), options({ firstPosition: 1 }))).rejects.toThrow(
    "settings' firstPosition 1, found",
  );
});

it('refuses an empty path', async () => {
  await expect(datasetAt('', { cacheFolder: 'never' })).rejects.toThrow(
    'the data: expected a path, found ""; name a data set folder or an event log',
  );
});

it('needs no cache for a data set that is there; a log is imported into none within a data set or a model', async () => {
  const within = options({ cacheFolder: join(at('clicks'), 'cache') });
  expect((await datasetAt(at('clicks'), within)).summary.clicks).toBe(1);
  await expect(datasetAt(at('log.jsonl'), within)).rejects.toThrow(
    'clicks/cache: expected a place outside of data sets and models',
  );
});
