/** Requests that are odd, in a file: what is said of them, and how the command ends. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ended } from '../../test/command-ending.ts';
import { encodedMarket } from '../../test/encoded-market.ts';
import { saveModel } from '../scoring/model-folder.ts';
import { EXIT } from './exit-codes.ts';

let folder = '';
let timestamp = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'odd-'));
  const { scorer } = await encodedMarket(60);
  await saveModel(join(folder, 'model'), scorer);
  timestamp = scorer.memory.clock + 1;
});

interface Asked {
  readonly id?: string;
  readonly user?: string;
  readonly items: readonly { readonly id: string; readonly position?: number }[];
}

const line = ({ id = 'a', user = 'u1', items }: Asked): object => ({ event: 'ranking', id, timestamp, user, items });

async function asked(verb: string, lines: readonly object[]): ReturnType<typeof ended> {
  const path = join(folder, `${verb}.jsonl`);
  await writeFile(path, lines.map((each) => `${JSON.stringify(each)}\n`).join(''));
  return ended(`${verb} ${folder}/model ${path} --workers 1`);
}

const known = [{ id: 'i1' }, { id: 'i2' }];

describe.each(['score', 'generate', 'explain'])('%s', (verb) => {
  it.each<[string, readonly Asked[], RegExp | undefined]>([
    ['what is not odd', [{ items: known }], undefined],
    [
      'a new item beside known ones, and a new user beside others',
      [{ items: [...known, { id: 'x' }] }, { id: 'b', user: 'x', items: known }],
      undefined,
    ],
    [
      'positions that repeat',
      [
        {
          items: [
            { id: 'i1', position: 0 },
            { id: 'i2', position: 0 },
          ],
        },
      ],
      /^warning: 1 request: expected every position once/,
    ],
    ['an id that repeats', [{ items: known }, { items: known }], /^warning: 1 request: expected an id of its own/],
    [
      'items that are all unknown',
      [{ items: [{ id: 'x' }, { id: 'y' }] }],
      /^warning: 1 request: expected items that the model has met/,
    ],
    [
      'users who are all unknown',
      [
        { user: 'x', items: known },
        { id: 'b', user: 'y', items: known },
      ],
      /^warning: expected users that the model has met, found none among the 2 of/,
    ],
  ])('answers %s, and says so', async (_, requests, warning) => {
    const { code, printed, said } = await asked(verb, requests.map(line));
    expect(code).toBe(EXIT.clean);
    expect(printed).not.toBe('');
    const warnings = said.split('\n').filter((each) => each.startsWith('warning:'));
    expect(warnings).toEqual(warning === undefined ? [] : [expect.stringMatching(warning)]);
  });

  it('refuses a file in which nothing is asked', async () => {
    const { code, printed, said } = await asked(verb, [{ event: 'item', item: 'i1', timestamp, fields: [] }]);
    expect([code, printed]).toEqual([EXIT.failed, '']);
    expect(said).toContain('expected at least one request, an event of kind "ranking", found none');
  });

  it('says what a time is called in a log', async () => {
    const { timestamp: time, ...rest } = line({ items: known }) as { readonly timestamp: number };
    const { code, said } = await asked(verb, [{ ...rest, time }]);
    expect(code).toBe(EXIT.rejects);
    expect(said).toContain(`found "time": ${time}; in a log, call it "timestamp"`);
  });

  it('tells a position beyond a page, or refuses it', async () => {
    const { code, said } = await asked(verb, [line({ items: [{ id: 'i1', position: 1e9 }, { id: 'i2' }] })]);
    expect(code).toBe(verb === 'explain' ? EXIT.rejects : EXIT.clean);
    expect(said.match(/expected positions/g)).toHaveLength(1);
  });
});
