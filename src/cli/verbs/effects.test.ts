import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ended } from '../../../test/command-ending.ts';
import { simulateDrinks } from '../../simulator/drinks.ts';
import { writeSimulation } from '../../simulator/write-simulation.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'effects-'));
  await writeSimulation(simulateDrinks({ impressions: 500, seed: 3 }), { log: join(folder, 'log.jsonl') });
  const recipes = Object.fromEntries(['attention-bce', 'pointwise-bce'].map((name) => [name, { epochs: 2 }]));
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ recipes }));
});

const effects = (rest: string, log = 'log.jsonl'): ReturnType<typeof ended> =>
  ended(
    `effects ${folder}/${log} --workers 1 --config ${folder}/settings.json --cache ${folder}/cache --out ${folder}/runs ${rest}`,
  );

it('prints text or JSON, writes a table and a picture, and trains nothing twice', async () => {
  const files = `--csv ${folder}/effects.csv --svg ${folder}/sizes.svg`;
  const text = await effects(`--by size --price price --quality ml ${files}`);
  expect(text.code).toBe(0);
  expect(text.printed).toMatch(/^(Nothing is confirmed|Items change what is clicked)/);
  expect(text.printed).toContain('What each size brings and costs.');
  const table = await readFile(join(folder, 'effects.csv'), 'utf8');
  expect(table.split('\r\n')[0]).toMatch(/^kind,from,to,name,change,/);
  expect(table).toMatch(/^size,[SML],,,/m);
  expect(table).toMatch(/^classical,,,attraction,/m);
  expect(await readFile(join(folder, 'sizes.svg'), 'utf8')).toMatch(/^<svg data-slatewise="picture" .*<\/svg>\s*$/s);
  const kept = await readFile(join(folder, 'runs/runs/attention-bce-seed-1/slates.json'), 'utf8');
  expect(JSON.parse(kept).slates[0].items).toHaveLength(3);
  const json = await effects(`--by size --price price --quality ml --json ${files}`);
  expect(json.code).toBe(0);
  expect(json.said).toContain('influences found in');
  expect(json.said).not.toMatch(/^run 1 of/m);
  expect(json.said).toContain('effects.csv: will replace a table of effects');
  const report = JSON.parse(json.printed);
  expect(report).toMatchObject({
    lists: 100,
    recipe: 'attention-bce',
    pointwise: 'pointwise-bce',
    seeds: 1,
    rate: 0.1,
  });
  expect(report.families.map(({ by }: { by: string }) => by)).toEqual(['items', 'size']);
});

it('refuses to replace another file, and fields that are none, before it trains', async () => {
  await writeFile(join(folder, 'mine.csv'), 'a,b\n1,2\n');
  const mine = await effects(`--csv ${folder}/mine.csv`);
  expect([mine.code, mine.said]).toEqual([
    1,
    expect.stringContaining('a table of effects to replace, found another file'),
  ]);
  const nameless = await effects('--by ,size');
  expect([nameless.code, nameless.said]).toEqual([
    2,
    expect.stringContaining('Expected names with commas between them'),
  ]);
  const foreign = await effects('--by brand');
  expect([foreign.code, foreign.said]).toEqual([
    1,
    expect.stringContaining('by brand: expected one of ml, price, size'),
  ]);
});

it('says what no log of its form can tell, and trains nothing', async () => {
  const log = await readFile(join(folder, 'log.jsonl'), 'utf8');
  const alone = log
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .map((event) => (event.event === 'ranking' ? { ...event, items: event.items.slice(0, 1) } : event));
  const first = new Map(alone.flatMap((event) => (event.event === 'ranking' ? [[event.id, event.items[0].id]] : [])));
  const kept = alone.filter((event) => event.event !== 'interaction' || first.get(event.ranking) === event.item);
  await writeFile(join(folder, 'alone.jsonl'), kept.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const { code, printed, said } = await effects('--json', 'alone.jsonl');
  expect(code).toBe(0);
  expect(JSON.parse(printed)).toEqual({ why: 'every list has one item, so no item ever has company' });
  expect(said).not.toContain('pointwise-bce');
});
