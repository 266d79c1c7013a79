import type { Bags, InputSpec, SlateBatch } from '../../encoding/columns/encoded-slates.ts';
import type { Rng } from '../../random/rng.ts';
import type { IdTable } from '../shared/scorer-config.ts';
import { embeddedWidth } from '../shared/scorer-inputs.ts';
import { createEmbeddingTable, type EmbeddingTable, poolBags } from './embedding-table.ts';

/** The tables of a model on the host: of the items' fields and of the context's, in the order of its `InputSpec`, that of the users, and the scorer's own by item. */
export interface EmbeddingTables extends Readonly<Record<TableGroup, readonly EmbeddingTable[]>> {
  /** Of each id table, the row of an item; row 0 is every item that is not among them. */
  readonly idRows: readonly ReadonlyMap<number, number>[];
}

/** The groups, each with the graph input that its pooled rows are. */
export const tableInputs = {
  item: 'itemEmbeddedUE',
  context: 'contextEmbeddedBE',
  user: 'userEmbeddedBE',
  id: 'idEmbeddedUE',
} as const;
export type TableGroup = keyof typeof tableInputs;
export const tableGroups = Object.keys(tableInputs) as readonly TableGroup[];

export function createEmbeddingTables(rng: Rng, spec: InputSpec, idTables: readonly IdTable[]): EmbeddingTables {
  return {
    item: spec.itemEmbeddings.map((table) => createEmbeddingTable(rng.split(`item ${table.name}`), table)),
    context: spec.contextEmbeddings.map((table) => createEmbeddingTable(rng.split(`context ${table.name}`), table)),
    user: spec.userIds ? [createEmbeddingTable(rng.split('user'), spec.userIds, USER_DEVIATION)] : [],
    id: idTables.map((table) => createIdTable(rng.split(`id ${table.name}`), table, spec)),
    idRows: idTables.map(({ of }) => new Map(spec.items[of].map((item, at) => [item, at + 1]))),
  };
}

/** Of the values that users start from: a user that nothing was learned of is as good as unknown. */
const USER_DEVIATION = 0;

function createIdTable(rng: Rng, { name, width, of, deviation }: IdTable, { items }: InputSpec): EmbeddingTable {
  const table = createEmbeddingTable(rng, { name, width, rows: items[of].length + 1, pooling: 'sqrt' }, deviation);
  table.values.fill(0, 0, width);
  return table;
}

/** The bags of one group's tables, in their order. */
export function bagsOf(batch: SlateBatch, group: TableGroup, tables: EmbeddingTables): readonly Bags[] {
  if (group === 'item') return batch.itemBagsU;
  if (group === 'context') return batch.contextBagsB;
  if (group === 'user') return [usersOf(batch)];
  const offsets = Int32Array.from({ length: batch.U + 1 }, (_, at) => at);
  return tables.idRows.map((rows) => ({ offsets, ids: batch.itemU.map((item) => rows.get(item) ?? 0) }));
}

/** The user of each list; an empty bag, which is the zero vector, where it has no row of its own. */
function usersOf({ userRowB }: SlateBatch): Bags {
  const offsets = new Int32Array(userRowB.length + 1);
  for (const [b, row] of userRowB.entries()) offsets[b + 1] = offsets[b] + (row > 0 ? 1 : 0);
  return { offsets, ids: userRowB.filter((row) => row > 0) };
}

/** The pooled rows of one group's tables, side by side: [bags, widths]. */
export function poolGroup(tables: readonly EmbeddingTable[], bags: readonly Bags[], count: number): Float32Array {
  const stride = embeddedWidth(tables.map((table) => table.spec));
  const pooled = new Float32Array(count * stride);
  let column = 0;
  for (const [index, table] of tables.entries()) {
    poolBags(table, bags[index], { pooled, stride, column });
    column += table.spec.width;
  }
  return pooled;
}
