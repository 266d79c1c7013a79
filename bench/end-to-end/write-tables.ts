import { createWriteStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { simulate } from '../../src/simulator/simulate.ts';
import { simulationDefaults } from '../../src/simulator/simulation-options.ts';
import type { LogEvent, RankingEvent } from '../../src/slate/events.ts';

/** How `slatewise import` reads the folder. */
export const tablesConfig = {
  lists: {
    from: 'lists',
    list: 'list',
    user: 'user',
    time: 'time',
    item: 'item',
    position: 'position',
    clickTime: 'click_time',
  },
  items: { from: 'items', id: 'item', time: 'time' },
  users: { from: 'users', id: 'user', time: 'time' },
};

/** Simulated lists of 10 as a warehouse has them: `lists.parquet` with a row for every shown item, `items.parquet`, `users.parquet`. */
export async function writeTables(folder: string, lists: number, seed: number): Promise<void> {
  await mkdir(folder, { recursive: true });
  const world = { users: Math.ceil(lists / 10), items: Math.max(20, Math.ceil(lists / 50)) };
  const rows: Partial<Record<'item' | 'user', string[]>> = {
    item: ['item,time,price,price_level,rating,category,brand'],
    user: ['user,time,segment,budget'],
  };
  const csv = (name: string): string => join(folder, `${name}.csv`);
  const shown = linesOf(simulate({ ...simulationDefaults, ...world, impressions: lists, seed }), (event) => {
    if (event.event === 'item') rows.item?.push([event.item, event.time, ...Object.values(event.fields)].join());
    if (event.event === 'user') rows.user?.push([event.user, event.time, ...Object.values(event.fields)].join());
  });
  await pipeline(Readable.from(shown), createWriteStream(csv('lists')));
  for (const scope of ['item', 'user'] as const)
    await pipeline(Readable.from(`${rows[scope]?.join('\n')}\n`), createWriteStream(csv(`${scope}s`)));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  for (const [name, types] of [
    ['lists', "{'time': 'BIGINT', 'position': 'INTEGER', 'click_time': 'BIGINT'}"],
    ['items', "{'time': 'BIGINT', 'price': 'DOUBLE', 'price_level': 'DOUBLE', 'rating': 'DOUBLE'}"],
    ['users', "{'time': 'BIGINT'}"],
  ]) {
    const read = `read_csv('${csv(name)}', types = ${types})`;
    await connection.run(`COPY (SELECT * FROM ${read}) TO '${join(folder, `${name}.parquet`)}' (FORMAT parquet)`);
    await rm(csv(name));
  }
  connection.closeSync();
}

/** A row for every shown item, written once all clicks of its list have come. At most one list is let go for each that comes. */
function* linesOf(rows: ReturnType<typeof simulate>, onMetadata: (event: LogEvent) => void): Generator<string> {
  yield 'list,user,time,item,position,click_time\n';
  const open = new Map<string, { readonly list: RankingEvent; readonly clicks: Map<string, number> }>();
  for (const row of rows) {
    if (!('event' in row)) continue;
    const { event } = row;
    if (event.event === 'interaction') open.get(event.ranking ?? '')?.clicks.set(event.item, event.time);
    else if (event.event !== 'ranking') onMetadata(event);
    else {
      open.set(event.id, { list: event, clicks: new Map() });
      const [first] = open.values();
      if (event.time - first.list.time <= CLICKS_END) continue;
      open.delete(first.list.id);
      yield linesOfList(first);
    }
  }
  for (const each of open.values()) yield linesOfList(each);
}

/** Milliseconds after a list in which the simulator clicks. */
const CLICKS_END = 60_000;

const linesOfList = ({ list, clicks }: { list: RankingEvent; clicks: ReadonlyMap<string, number> }): string =>
  list.items.map(({ id }, at) => `${list.id},${list.user},${list.time},${id},${at},${clicks.get(id) ?? ''}\n`).join('');
