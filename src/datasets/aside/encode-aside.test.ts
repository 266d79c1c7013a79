import { createHash } from 'node:crypto';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { settingsDefaults } from '../../jobs/settings.ts';
import { createRng } from '../../random/rng.ts';
import { inMemorySource } from '../../sources/in-memory.ts';
import { type OpenedDataset, openDataset } from '../folder/dataset.ts';
import { importLog } from '../import/import-log.ts';
import type { InMemorySlates } from '../slate-source/in-memory-slates.ts';
import { type EncodedDataset, encodeDataset } from '../walk/encode-dataset.ts';
import { columnsOnDisk } from '../walk/encode-on-disk.ts';
import { columnsInMemory } from '../walk/encoded-lists.ts';
import { encodeAside, encodeOnThreads } from './encode-aside.ts';
import { NotSeparable } from './not-separable.ts';

const LISTS = 1300;
const MINUTE = 60_000;
const START = 1_600_000_000_000;
const options = {
  ...settingsDefaults,
  graph: undefined,
  memory: {},
  encoders: { ...settingsDefaults.encoders, minCount: 1, userIdMinCount: 40, itemIdMinCount: 20 },
  embeddingWidth: 4,
  historyLength: 4,
  onProgress: undefined,
};

/** Lists of few users and nobody known, many of one millisecond; clicks at once, soon and late; metadata told before, between and after, or never. */
function world(): unknown[] {
  const rng = createRng(4).split('a world');
  const pick = <T>(values: readonly T[]): T => values[rng.integer(values.length)];
  const items = Array.from({ length: 50 }, (_, at) => `i${at}`);
  const users = ['', ...Array.from({ length: 30 }, (_, at) => `u${at}`)];
  const fields = (): Record<string, unknown> => ({
    price: rng.integer(9),
    kind: pick(['tea', 'coffee', 'water']),
    ...(rng.next() < 0.5 ? { tastes: [pick(['sweet', 'sour']), pick(['cold', 'hot'])] } : {}),
  });
  const events: unknown[] = items.slice(0, 30).map((item) => ({ event: 'item', item, time: START, fields: fields() }));
  let time = START;
  for (let list = 0; list < LISTS; list++) {
    time += pick([0, 0, 1, MINUTE, 5 * MINUTE, 200 * MINUTE]);
    const user = pick(users);
    if (rng.next() < 0.05) events.push({ event: 'item', item: pick(items), time, fields: fields() });
    if (rng.next() < 0.05) events.push({ event: 'user', user: pick(users.slice(1)), time, fields: { age: list % 50 } });
    const shown = [...items];
    rng.shuffle(shown);
    const slate = shown.slice(0, 1 + rng.integer(6));
    const ranking = {
      ...{ event: 'ranking', id: `l${list}`, time, user, fields: { hour: list % 24 } },
      items: slate.map((id, k) => ({ id, fields: { score: rng.next() }, position: list % 7 === 0 ? 3 * k + 1 : k })),
    };
    events.push(ranking);
    for (const item of slate) {
      if (rng.next() > 0.3) continue;
      const after = pick([0, 0, 1, MINUTE, 25 * MINUTE]);
      events.push({ event: 'interaction', ranking: `l${list}`, time: time + after, user, item, type: 'click' });
    }
  }
  // The last millisecond has a list that was clicked at once, and a click on an earlier one.
  const end = time + 20 * MINUTE;
  const last = (id: string, at: number): unknown => ({
    ...{ event: 'ranking', id, time: at, user: 'u1', fields: {} },
    items: [
      { id: 'i1', fields: {} },
      { id: 'i2', fields: {} },
    ],
  });
  const clicked = (ranking: string): unknown => ({
    ...{ event: 'interaction', ranking, time: end, user: 'u1', item: 'i2', type: 'click' },
  });
  return [...events, last('y', end - 1), last('z', end), clicked('y'), clicked('z')];
}

let dataset: OpenedDataset;
let here: EncodedDataset;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aside-'));
  await importLog(inMemorySource(world()), join(folder, 'data'));
  dataset = await openDataset(join(folder, 'data'));
  here = await encodeDataset(dataset, options);
}, 240_000);

/** Everything, with hashes in the place of columns: they are compared at once. */
function plain({ slates, memory, ...rest }: EncodedDataset): unknown {
  return hashed({ ...rest, columns: slates.columns, memory: memory.snapshot() });
}

function hashed(value: unknown): unknown {
  if (ArrayBuffer.isView(value)) {
    const { buffer, byteOffset, byteLength } = value;
    const bytes = Buffer.from(new Uint8Array(buffer, byteOffset, byteLength));
    return `${value.constructor.name} ${createHash('sha1').update(bytes).digest('hex')}`;
  }
  if (Array.isArray(value)) return value.map(hashed);
  if (typeof value !== 'object' || value === null || value instanceof Map) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, hashed(part)]));
}

it.each([2, 3])(
  'on %i threads gives the bits of one: columns, numbers of rows and users, what is known after',
  async (threads) => {
    const aside: EncodedDataset<InMemorySlates> = await encodeOnThreads(columnsInMemory, dataset, {
      ...options,
      threads,
    });
    expect(plain(aside)).toEqual(plain(here));
    expect(here.memory.snapshot()).toMatchObject({
      pendingLists: [LISTS + 1],
      pendingClicks: [[LISTS, 1, expect.any(Number)]],
    });
  },
  60_000,
);

it('a memory that was put together goes on as the other does', async () => {
  const aside = await encodeOnThreads(columnsInMemory, dataset, { ...options, threads: 2 });
  const time = START + 10 ** 10;
  const more = {
    ...{ event: 'ranking' as const, id: 'more', time, user: 'u3', fields: {} },
    items: ['i1', 'i2', 'i45'].map((id) => ({ id, fields: {} })),
  };
  const [ours, theirs] = [aside.memory, here.memory].map((memory) => {
    const snapshot = memory.snapshot();
    memory.apply(more);
    memory.apply({ event: 'user', user: 'u4', time: time + 1, fields: { age: 3 } });
    return hashed([snapshot, memory.snapshot()]);
  });
  expect(ours).toEqual(theirs);
}, 240_000);

it('writes the lists to files as one thread does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aside-'));
  const disk = { folder, held: 4 };
  const { slates, ...aside } = await encodeOnThreads((lists) => columnsOnDisk(lists, disk), dataset, {
    ...options,
    threads: 2,
  });
  expect(await readdir(folder)).toHaveLength(Math.ceil((LISTS + 2) / 1024));
  const all = Int32Array.from({ length: LISTS + 2 }, (_, list) => list);
  expect(hashed(slates.batch(all))).toEqual(hashed(here.slates.batch(all)));
  expect(aside.features).toEqual(here.features);
}, 240_000);

it('is refused for two lists of one millisecond with one id, of which a memory may take one for the other', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'aside-'));
  const again = world().map((event) => {
    const list = event as { readonly event: string; readonly id?: string; readonly ranking?: string };
    if (list.id === 'l101') return { ...list, id: 'l100', time: START + 10 ** 9 };
    return list.id === 'l100' ? { ...list, time: START + 10 ** 9 } : list;
  });
  await importLog(inMemorySource(again), join(folder, 'data'));
  const twice = await openDataset(join(folder, 'data'));
  const onThreads = encodeOnThreads(columnsInMemory, twice, { ...options, threads: 2 });
  await expect(onThreads).rejects.toThrow(NotSeparable);
  const either = await encodeAside(twice, { ...options, threads: 2, fewest: 0 });
  expect(plain(either)).toEqual(plain(await encodeDataset(twice, options)));
}, 240_000);

it('is done on one thread where users depend on each other', async () => {
  const split = { ...options.split, by: 'user' as const };
  const graph = { fanOut: 2, clicks: 2, seed: 1 };
  for (const more of [{ split }, { graph }, { partial: 1 }, { memory: { users: 5 } }]) {
    const asked = { ...options, ...more };
    const aside = await encodeAside(dataset, { ...asked, threads: 2, fewest: 0 });
    expect(plain(aside)).toEqual(plain(await encodeDataset(dataset, asked)));
  }
}, 240_000);

it('stops when it is told to, and tells why', async () => {
  const stopped = encodeOnThreads(columnsInMemory, dataset, {
    ...options,
    threads: 2,
    signal: AbortSignal.abort(new Error('enough')),
  });
  await expect(stopped).rejects.toThrow('enough');
}, 240_000);
