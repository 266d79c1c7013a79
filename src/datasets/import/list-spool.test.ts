import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createRng } from '../../random/rng.ts';
import type { ListBlock } from '../../sources/blocks/list-block.ts';
import { createIdTable } from '../../sources/blocks/seen-ids.ts';
import type { JoinedImpression } from '../../sources/join/joined.ts';
import { createListSpool } from './list-spool.ts';

const rng = createRng('list spool');
const lists = Array.from({ length: 300 }, (_, n): JoinedImpression => {
  const length = 1 + rng.integer(30);
  return {
    time: rng.integer(40),
    line: n,
    ranking: {
      ...{ event: 'ranking', id: `list ${n}`, time: 0, user: `u${n % 7}` },
      ...(n % 3 === 0 ? { session: `s${n}`, propensity: 0.25 } : {}),
      fields: n % 4 === 0 ? {} : { query: `größe ${n % 5}`, hour: n },
      items: Array.from({ length }, (_, k) => ({
        id: `i${k}`,
        fields: k % 2 ? { price: k / 4, tags: ['a', `${k}`], fresh: k % 3 === 0 } : {},
        ...(n % 5 === 0 ? { position: k + 1 } : {}),
      })),
    },
    clickTimes: Array.from({ length }, (_, k) => (k % 4 ? -1 : n)),
  };
});

async function drained(options: { readonly run?: number; readonly block?: number }): Promise<readonly unknown[]> {
  const folder = join(await mkdtemp(join(tmpdir(), 'spool-')), 'spool');
  const codes = { items: createIdTable(), users: createIdTable() };
  const spool = createListSpool({ folder, codes, signal: undefined, ...options });
  for (const list of lists) await spool.add(list);
  const rows: unknown[] = [];
  for await (const block of spool.drain()) for (let row = 0; row < block.count; row++) rows.push(rowOf(block, row));
  expect(await readdir(folder).catch(() => [])).toEqual([]);
  return rows;
}

/** All that a block says of a list. */
function rowOf(block: ListBlock, row: number): object {
  const [start, end] = [block.starts[row], block.starts[row + 1]];
  const cells = (fields: ListBlock['ranked'], from: number, to: number): object =>
    Object.fromEntries(
      fields
        .map(({ name, kinds, values }) => [
          name,
          [...kinds.subarray(from, to)].map((kind, k) => [
            kind,
            kind > 2 ? block.dictionary[values[from + k]] : values[from + k],
          ]),
        ])
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  return {
    ...{ time: block.times[row], line: block.lines[row], id: block.ids[row], user: block.users[row] },
    session: block.texts.session === undefined ? undefined : block.dictionary[block.texts.session[row]],
    propensity: block.propensities?.[row] ?? Number.NaN,
    items: [...block.items.subarray(start, end)],
    clicks: [...block.clickTimes.subarray(start, end)],
    positions: [...(block.places.position?.subarray(start, end) ?? new Float64Array(end - start).fill(-1))],
    request: cells(block.request, row, row + 1),
  };
}

it('gives all lists by time, then by line, in memory and from runs on disk', async () => {
  const expected = lists.map((list) => list).sort((a, b) => a.time - b.time || a.line - b.line);
  const inMemory = await drained({});
  expect(inMemory.map((row) => (row as { readonly id: string }).id)).toEqual(expected.map(({ ranking }) => ranking.id));
  expect(await drained({ run: 2, block: 7 })).toEqual(inMemory);
  expect(await drained({ run: 5, block: 20 })).toEqual(inMemory);
});
