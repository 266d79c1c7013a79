import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import { encodedMarket } from '../../test/encoded-market.ts';
import { writeParquet } from '../export/parquet.ts';
import { saveModel } from '../scoring/model-folder.ts';
import { runGenerate } from './actions/generate.ts';
import { runScore } from './actions/score.ts';
import { checkShard } from './options/shard-options.ts';
import { shardNamed, writeShard } from './shards.ts';

let home: string;
let model: string;
const lists = Array.from({ length: 7 }, (_, at) => ({
  id: `q${at}`,
  user: `u${at % 3}`,
  time: 2e12 + at,
  items: [`i${at}`, `i${at + 1}`, `i${at + 2}`],
}));
const asEvent = ({ id, user, time, items }: (typeof lists)[number]): object => ({
  event: 'ranking',
  ...{ id, user, timestamp: time },
  items: items.map((item) => ({ id: item })),
});
const lines = (some: typeof lists): string => some.map((list) => `${JSON.stringify(asEvent(list))}\n`).join('');

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'shards-'));
  model = join(home, 'model');
  const { scorer } = await encodedMarket(60);
  await saveModel(model, scorer);
});

const plain = { config: false, workers: 1, allowRejects: 0 } as const;
const generation = { generator: 'rerank', objective: 'clicks', diversity: 0, alternatives: 0, prices: false, seed: 1 };

/** The last digits of a number depend on what is scored beside it. */
const rounded = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/\d\.\d+/g, (number) => Number(number).toFixed(6)))
    .toSorted();

/** What all shards together answer, and what is in the folder then. */
async function answers(
  requests: string,
  of: number,
): Promise<{ readonly told: readonly string[]; readonly files: readonly string[] }> {
  const out = await mkdtemp(join(home, 'out-'));
  for (let share = 1; share <= of; share++) await runScore(model, requests, { ...plain, shard: { share, of }, out });
  const files = (await readdir(out)).toSorted();
  const texts = await Promise.all(files.map((name) => readFile(join(out, name), 'utf8')));
  return { told: rounded(texts.join('')), files };
}

async function answersAtOnce(requests: string): Promise<readonly string[]> {
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    text += String(chunk);
    return true;
  });
  await runScore(model, requests, plain);
  write.mockRestore();
  return rounded(text);
}

it('shards of a file, of a folder of lines and of partitions of Parquet answer what one process answers', async () => {
  const one = join(home, 'requests.jsonl');
  await writeFile(one, lines(lists));
  const expected = await answersAtOnce(one);
  expect(expected).toHaveLength(7 * 4);
  const ofFile = await answers(one, 3);
  expect(ofFile.told).toEqual(expected);
  expect(ofFile.files).toEqual([1, 2, 3].map((share) => `part-0000${share}-of-00003.jsonl`));

  for (const day of ['day=2033-05-18', 'day=2033-05-19', '_temporary']) {
    await mkdir(join(home, 'lines', day), { recursive: true });
    await mkdir(join(home, 'rows', day), { recursive: true });
  }
  await writeFile(join(home, 'lines/day=2033-05-18/a.jsonl'), lines(lists.slice(0, 4)));
  await writeFile(join(home, 'lines/day=2033-05-19/a.jsonl'), lines(lists.slice(4)));
  await writeFile(join(home, 'lines/_temporary/a.jsonl'), 'half a li');
  expect((await answers(join(home, 'lines'), 2)).told).toEqual(expected);
  await writeRows(join(home, 'rows/day=2033-05-18/a.parquet'), lists.slice(0, 4));
  await writeRows(join(home, 'rows/day=2033-05-19/a.parquet'), lists.slice(4));
  expect((await answers(join(home, 'rows'), 3)).told).toEqual(expected);
});

it('slates are written by shards too, as JSON', async () => {
  const one = join(home, 'candidates.jsonl');
  await writeFile(one, lines(lists));
  const out = join(home, 'slates');
  await runGenerate(model, one, { ...plain, ...generation, size: 2, shard: { share: 2, of: 2 }, out });
  const text = await readFile(join(out, 'part-00002-of-00002.jsonl'), 'utf8');
  const told = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(told.map(({ request, items }) => [request, items.length])).toEqual(['q1', 'q3', 'q5'].map((id) => [id, 2]));
});

it('a shard that fails leaves the one before, and nothing beside it', async () => {
  const out = join(home, 'kept');
  const shard = { share: 1, of: 2 };
  await writeShard(out, shard, (print) => print('first\n'));
  const failing = writeShard(out, shard, async (print) => {
    await print('half');
    throw new RangeError('stopped');
  });
  await expect(failing).rejects.toThrow('stopped');
  expect(await readdir(out)).toEqual(['part-00001-of-00002.jsonl']);
  expect(await readFile(join(out, 'part-00001-of-00002.jsonl'), 'utf8')).toBe('first\n');
  await writeShard(out, shard, (print) => print('second\n'));
  expect(await readFile(join(out, 'part-00001-of-00002.jsonl'), 'utf8')).toBe('second\n');
});

it('a shard is i/n, needs a folder, and finds a folder without requests odd', async () => {
  expect(['2/8', '1/1', '0/2', '3/2', '1', 'a/b'].map(shardNamed)).toEqual([
    { share: 2, of: 8 },
    { share: 1, of: 1 },
    ...new Array<undefined>(4).fill(undefined),
  ]);
  expect(() => checkShard('score', { out: 'x' })).toThrow('score: expected --shard <i/n> beside --out');
  expect(() => checkShard('score', { shard: { share: 1, of: 2 } })).toThrow('expected --out <folder> beside --shard');
  const empty = await mkdtemp(join(home, 'empty-'));
  const asked = runScore(model, empty, { ...plain, shard: { share: 1, of: 2 }, out: join(home, 'none') });
  await expect(asked).rejects.toThrow('expected files of requests');
  await writeFile(join(empty, 'a.parquet'), 'no such thing');
  const broken = runScore(model, empty, { ...plain, shard: { share: 1, of: 1 }, out: join(home, 'none') });
  await expect(broken).rejects.toThrow('expected a Parquet file');
});

async function writeRows(path: string, some: typeof lists): Promise<void> {
  const rows = some.flatMap((list) => list.items.map((item, position) => ({ list, item, position })));
  await writeParquet(
    path,
    [
      { name: 'list', type: 'text', value: ({ list }) => list.id },
      { name: 'user', type: 'text', value: ({ list }) => list.user },
      { name: 'time', type: 'time', value: ({ list }) => list.time },
      { name: 'item', type: 'text', value: ({ item }) => item },
      { name: 'position', type: 'whole', value: ({ position }) => position },
    ],
    rows,
  );
}
