import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataset } from '../src/datasets/folder/dataset.ts';
import { importLog } from '../src/datasets/import/import-log.ts';
import { type EncodedDataset, type EncodeOptions, encodeDataset } from '../src/datasets/walk/encode-dataset.ts';
import { settingsDefaults } from '../src/jobs/settings.ts';
import { createRng, type Rng } from '../src/random/rng.ts';

const START = 1_700_000_000_000;
const ITEMS = 40;
const USERS = 25;

/** Events of a log whose items, users, requests and listed items have fields of every kind, some of them missing, of another form, or unknown later. */
export function eventsOfKinds(lists: number, { from = 0 }: { readonly from?: number } = {}): readonly object[] {
  const rng = createRng(11).split(`${from}`);
  const events: object[] = [];
  if (from === 0) {
    for (let item = 0; item < ITEMS; item++)
      events.push({ event: 'item', item: `i${item}`, timestamp: START, fields: named(itemFields(rng, item)) });
    for (let user = 0; user < USERS; user++)
      events.push({ event: 'user', user: `u${user}`, timestamp: START, fields: named(userFields(rng, user)) });
  }
  for (let at = from; at < from + lists; at++) events.push(...listWithClicks(rng, at));
  return events;
}

export async function encodedKinds(
  lists = 300,
  options: Partial<EncodeOptions> = {},
): Promise<EncodedDataset & { readonly log: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'kinds-'));
  const log = join(folder, 'log.jsonl');
  await writeFile(
    log,
    eventsOfKinds(lists)
      .map((event) => `${JSON.stringify(event)}\n`)
      .join(''),
  );
  await importLog(log, join(folder, 'data'));
  const dataset = await openDataset(join(folder, 'data'));
  return {
    ...(await encodeDataset(dataset, { ...settingsDefaults, embeddingWidth: 4, historyLength: 3, ...options })),
    log,
  };
}

const named = (fields: Readonly<Record<string, unknown>>): readonly object[] =>
  Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));

const pick = <T>(rng: Rng, values: readonly T[]): T => values[rng.integer(values.length)] as T;
const some = <T>(rng: Rng, values: readonly T[]): readonly T[] => values.filter(() => rng.next() < 0.4);
const maybe = <T>(rng: Rng, value: T): T | undefined => (rng.next() < 0.8 ? value : undefined);
const dayOf = (days: number): string => new Date(START - days * 86_400_000).toISOString().slice(0, 10);

const itemFields = (rng: Rng, item: number): Readonly<Record<string, unknown>> => ({
  price: maybe(rng, Math.exp(3 * rng.normal())),
  rating: maybe(rng, item % 7 === 0 ? '3,5' : 5 * rng.next()),
  opened: maybe(rng, dayOf(1000 * rng.next())),
  brand: maybe(rng, pick(rng, ['oak', 'ash', 'elm', 'fir'])),
  genres: maybe(rng, some(rng, ['drama', 'comedy', 'crime', 'war', `only ${item}`])),
  embedding: maybe(rng, [rng.normal(), rng.normal(), rng.normal()]),
  title: `A title that nobody else has, number ${item}`,
});

const userFields = (rng: Rng, user: number): Readonly<Record<string, unknown>> => ({
  age: maybe(rng, 20 + 40 * rng.next()),
  since: maybe(rng, START - 1e10 * rng.next()),
  city: maybe(rng, pick(rng, ['Rome', 'Oslo', 'Bonn'])),
  likes: maybe(rng, some(rng, ['drama', 'war', 'jazz'])),
  taste: maybe(rng, [rng.normal(), rng.normal()]),
  note: `user ${user} wrote something that does not come again`,
});

function listWithClicks(rng: Rng, at: number): readonly object[] {
  const timestamp = START + (at + 1) * 600_000;
  const user = at % 9 === 0 ? undefined : `u${rng.integer(USERS)}`;
  const shown = [...new Set(Array.from({ length: 2 + rng.integer(6) }, () => rng.integer(ITEMS)))];
  const list = {
    event: 'ranking',
    id: `r${at}`,
    timestamp,
    ...(user === undefined ? {} : { user }),
    fields: named({
      query: maybe(rng, pick(rng, ['tree', 'film', 'tea'])),
      budget: maybe(rng, 100 * rng.next()),
      until: maybe(rng, dayOf(-30 * rng.next())),
      filters: maybe(rng, some(rng, ['open', 'near', 'cheap'])),
      place: maybe(rng, [rng.normal(), rng.normal()]),
    }),
    items: shown.map((item) => ({
      id: `i${item}`,
      fields: named({ relevancy: maybe(rng, rng.normal()), listed: maybe(rng, timestamp - 1e9 * rng.next()) }),
    })),
  };
  const clicks = shown
    .filter((item) => rng.next() < (item % 3 === 0 ? 0.5 : 0.15))
    .map((item, n) => ({
      event: 'interaction',
      ranking: list.id,
      timestamp: timestamp + 1000 * (n + 1),
      ...(user === undefined ? {} : { user }),
      type: 'click',
      item: `i${item}`,
    }));
  return [list, ...clicks];
}
