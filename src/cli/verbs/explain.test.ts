import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ended } from '../../../test/command-ending.ts';
import { encodedMarket } from '../../../test/encoded-market.ts';
import { saveModel } from '../../scoring/model-folder.ts';
import { EXIT } from '../exit-codes.ts';

let folder: string;
let time: number;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'explain-'));
  const { scorer } = await encodedMarket(60);
  await saveModel(join(folder, 'model'), scorer);
  time = scorer.memory.clock + 1;
});

type Shown = { readonly id: string; readonly position?: number };
const slate = (id: string, items: readonly Shown[]): string =>
  JSON.stringify({ event: 'ranking', id, timestamp: time, user: 'u1', items });
const pair: readonly Shown[] = [{ id: 'i1' }, { id: 'i2' }];

async function explain(lines: readonly string[], rest = ''): ReturnType<typeof ended> {
  await writeFile(join(folder, 'requests.jsonl'), `${lines.join('\n')}\n`);
  return ended(`explain ${folder}/model ${folder}/requests.jsonl --workers 1${rest}`);
}

it('answers what it can in order, and names each slate that is none with its line', async () => {
  const lines = [
    slate('a', pair),
    slate('twice', [{ id: 'i1' }, { id: 'i1' }]),
    slate('far', [{ id: 'i1', position: 3e10 }, { id: 'i2' }]),
    'garbage',
    slate('unknown', [{ id: 'i1' }, { id: 'never seen' }]),
    slate('z', pair),
  ];
  const text = await explain(lines);
  expect(text.code).toBe(EXIT.rejects);
  expect(text.printed.match(/^[a-z]+$/gm)).toEqual(['a', 'unknown', 'z']);
  const told = text.said.trim().split('\n');
  expect(told).toHaveLength(3);
  expect(told[0]).toMatch(/^line 2 rejected \(item-twice-in-slate\)/);
  expect(told[1]).toMatch(/^line 3 rejected \(bad-slate\): request far: expected positions from 0 to 999, found 3/);
  expect(told[2]).toMatch(/^line 4 rejected/);
  expect((await explain(lines, ' --allow-rejects 2')).code).toBe(EXIT.rejects);
  expect((await explain(lines, ' --allow-rejects 3')).code).toBe(EXIT.clean);
});

it('tells how many items are too many, where no position is to blame', async () => {
  const many = [{ id: 'i1' }, ...Array.from({ length: 1000 }, (_, n) => ({ id: `n${n}` }))];
  const { code, said } = await explain([slate('many', many)]);
  expect(said.trim()).toBe(
    'line 1 rejected (bad-slate): request many: expected at most 1000 items, found 1001; explain the top of the page',
  );
  expect(code).toBe(EXIT.rejects);
});

it('is JSON with the id of the request, in place of a slate that is none its error', async () => {
  const far = slate('far', [{ id: 'i1', position: 1000 }]);
  const { printed } = await explain([far, slate('b', [{ id: 'i1', position: 999 }])], ' --json');
  const [error, b] = printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(error).toEqual({ request: 'far', error: expect.stringContaining('found 1000') });
  expect(b).toMatchObject({ request: 'b' });
  expect(b.items).toHaveLength(1000);
  expect(b).not.toHaveProperty('list');
});

it('reads positions as the file counts them, and tells of keys that nothing reads', async () => {
  const from = (first: number): string =>
    slate('a', [
      { id: 'i1', position: first + 1 },
      { id: 'i2', position: first },
    ]);
  const counted = await explain([from(0)], ' --json');
  expect((await explain([from(1)], ' --json --first-position 1')).printed).toBe(counted.printed);
  const misspelt = await explain([from(0).replaceAll('position', 'postion')]);
  expect(misspelt.said.trim()).toBe('warning: "postion" in 2 entries of "items" is not read; did you mean "position"?');
});

it('says where no item has the field of the labels', async () => {
  const picture = ` --svg ${folder}/labels.svg --label`;
  expect((await explain([slate('a', pair)], `${picture} prize`)).said).toContain(
    '--label prize: no item of request a has this field, so the picture has no labels; check its name',
  );
});
