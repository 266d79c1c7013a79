/** What a memory knows, as tables that other programs read: its items, its users, and its sums. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { memoryItems } from '../encoding/columns/slate-encoder.ts';
import { EXPORT_FILES } from '../files/folder-kinds.ts';
import { createMemory } from '../memory/memory.ts';
import type { MemorySnapshot } from '../memory/snapshot.ts';
import { createItemState, type ItemState } from '../memory/state.ts';
import type { StoredModel } from '../scoring/model-folder.ts';
import type { Fields } from '../slate/fields.ts';
import { type ParquetColumn, writeParquet } from './parquet.ts';

/** Writes the tables of what is known after everything that the memory has met. */
export async function writeMemoryTables(folder: string, stored: StoredModel): Promise<void> {
  const snapshot = settledSnapshot(stored);
  const { exposures, clicks, positionExposures, positionClicks, next } = snapshot;
  const { clock, settings } = stored.memory;
  const sums = {
    clock: Number.isFinite(clock) ? clock : null,
    ...{ exposures, clicks, positionExposures, positionClicks },
    nextItem: next,
    settings,
  };
  await writeFile(join(folder, EXPORT_FILES.sums), `${JSON.stringify(sums)}\n`);
  await writeParquet(join(folder, EXPORT_FILES.items), itemColumns, itemRows(snapshot));
  const numbers = stored.encoder.items.denseNames.length;
  await writeParquet(join(folder, EXPORT_FILES.users), userColumns, userRows(snapshot, numbers));
}

/** What happened at the clock's own millisecond has entered too: all requests to come are later. */
function settledSnapshot({ encoder, memory }: StoredModel): MemorySnapshot {
  const copy = createMemory({ ...memoryItems(encoder), ...memory.settings }, memory.snapshot());
  copy.restart();
  return copy.snapshot();
}

interface ItemRow {
  readonly item: number;
  readonly id: string;
  readonly fields: Fields;
  readonly state: ItemState;
}

function* itemRows({ items, itemStates }: MemorySnapshot): Generator<ItemRow> {
  const states = new Map(itemStates);
  for (const [item, id, fields] of items) yield { item, id, fields, state: states.get(item) ?? createItemState() };
}

/** Times are epoch milliseconds. */
const itemColumns: readonly ParquetColumn<ItemRow>[] = [
  { name: 'item', type: 'whole', value: ({ item }) => item },
  { name: 'id', type: 'text', value: ({ id }) => id },
  { name: 'fields', type: 'text', value: ({ fields }) => JSON.stringify(fields) },
  { name: 'exposures', type: 'whole', value: ({ state }) => state.exposures },
  { name: 'clicks', type: 'whole', value: ({ state }) => state.clicks },
  { name: 'expected', type: 'number', value: ({ state }) => state.expected },
  { name: 'recent_exposures', type: 'number', value: ({ state }) => state.recentExposures },
  { name: 'recent_clicks', type: 'number', value: ({ state }) => state.recentClicks },
  { name: 'decayed_at', type: 'number', value: ({ state }) => state.decayedAt },
  { name: 'clickers', type: 'texts', value: ({ state }) => state.clickers },
];

type UserJson = MemorySnapshot['users'][number][1];

interface UserRow {
  readonly id: string;
  readonly fields: Fields;
  readonly user: UserJson;
}

/** Who did something, in the order they were first met; then those who are known by their fields alone. `numbers`: of an item's own, which a user leans to. */
function* userRows({ users, userFields }: MemorySnapshot, numbers: number): Generator<UserRow> {
  const fieldsOf = new Map(userFields);
  for (const [id, user] of users) {
    yield { id, fields: fieldsOf.get(id) ?? {}, user };
    fieldsOf.delete(id);
  }
  const leanings = new Array<number>(numbers).fill(0);
  const nothing: UserJson = { counts: [0, 0, 0, 0, -1, 0], tastes: [], leanings, seen: [], clicked: [], skipped: [] };
  for (const [id, fields] of fieldsOf) yield { id, fields, user: nothing };
}

const countAt = (name: string, at: number, type: 'whole' | 'number'): ParquetColumn<UserRow> => ({
  name,
  type,
  value: ({ user }) => user.counts[at] as number,
});
const tasteAt = (name: string, at: number, type: 'wholes' | 'numbers'): ParquetColumn<UserRow> => ({
  name,
  type,
  value: ({ user }) => user.tastes.map((entry) => entry[at] as number),
});
const seenColumn = (name: string, at: number, type: 'wholes' | 'numbers'): ParquetColumn<UserRow> => ({
  name,
  type,
  value: ({ user }) => user.seen.map((entry) => entry[at] as number),
});

/** Items are told by their number in the table of items, tokens by their number over the vocabularies of items end to end; lists of one kind belong together, place by place. */
const userColumns: readonly ParquetColumn<UserRow>[] = [
  { name: 'id', type: 'text', value: ({ id }) => id },
  { name: 'fields', type: 'text', value: ({ fields }) => JSON.stringify(fields) },
  countAt('impressions', 0, 'whole'),
  countAt('exposures', 1, 'whole'),
  countAt('clicks', 2, 'whole'),
  countAt('expected', 3, 'number'),
  countAt('last_impression', 4, 'number'),
  countAt('session_impressions', 5, 'whole'),
  { name: 'leanings', type: 'numbers', value: ({ user }) => user.leanings },
  tasteAt('taste_tokens', 0, 'wholes'),
  tasteAt('taste_exposures', 1, 'wholes'),
  tasteAt('taste_residuals', 2, 'numbers'),
  tasteAt('taste_clicked', 3, 'numbers'),
  tasteAt('taste_skipped', 4, 'numbers'),
  seenColumn('seen_items', 0, 'wholes'),
  seenColumn('seen_shown', 1, 'wholes'),
  seenColumn('seen_clicked', 2, 'wholes'),
  seenColumn('seen_at', 3, 'numbers'),
  { name: 'clicked', type: 'wholes', value: ({ user }) => user.clicked },
  { name: 'skipped', type: 'wholes', value: ({ user }) => user.skipped },
];
