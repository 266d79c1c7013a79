/** Impressions as one flat table, a row a shown item, for models that know no tables of vectors. Legend: S slots of the part, C columns. */
import type { Bags, EmbeddingSpec, EncodedSlates, InputSpec } from '../../src/encoding/columns/encoded-slates.ts';

export interface TableColumns {
  readonly names: readonly string[];
  /** Of every vocabulary, how many tokens have a column: ids 1 to that number, the most frequent ones. */
  readonly itemTokens: readonly number[];
  readonly contextTokens: readonly number[];
}

/** The columns that stand for an input spec, in the order that `featureTable` writes them; at most `tokens` of each vocabulary. */
export function tableColumns(spec: InputSpec, tokens: number): TableColumns {
  const kept = (embeddings: readonly EmbeddingSpec[]): number[] =>
    embeddings.map(({ rows }) => Math.min(tokens, rows - 1));
  const named = (embeddings: readonly EmbeddingSpec[], counts: readonly number[], scope: string): string[] =>
    embeddings.flatMap(({ name }, at) => Array.from({ length: counts[at] }, (_, id) => `${scope}${name}#${id + 1}`));
  const [itemTokens, contextTokens] = [kept(spec.itemEmbeddings), kept(spec.contextEmbeddings)];
  const names = [
    ...spec.slotDense,
    ...spec.contextDense.map((name) => `context ${name}`),
    ...spec.itemDense.map((name) => `item ${name}`),
    ...named(spec.itemEmbeddings, itemTokens, 'item '),
    ...named(spec.contextEmbeddings, contextTokens, 'context '),
  ];
  return { names, itemTokens, contextTokens };
}

export interface FeatureTable {
  /** Row by row. */
  readonly featuresSC: Float32Array;
  readonly labelS: Uint8Array;
  /** Shown items of each list, end to end the rows of the table. */
  readonly lengthB: Int32Array;
}

/** The rows of some impressions, in the order of `indices`. Tokens are 1 where the bag holds them, else 0. */
export function featureTable(slates: EncodedSlates, indices: Int32Array, columns: TableColumns): FeatureTable {
  const C = columns.names.length;
  const lengthB = indices.map((b) => slates.offsets[b + 1] - slates.offsets[b]);
  const rows = lengthB.reduce((sum, length) => sum + length, 0);
  const table = { featuresSC: new Float32Array(rows * C), labelS: new Uint8Array(rows), lengthB };
  const slotWidth = slates.labelS.length === 0 ? 0 : slates.slotDenseSF.length / slates.labelS.length;
  const contextWidth = slates.count === 0 ? 0 : slates.contextDenseBF.length / slates.count;
  const { items } = slates;
  const itemWidth = items.count === 0 ? 0 : items.denseRF.length / items.count;
  let row = 0;
  for (const b of indices) {
    for (let slot = slates.offsets[b]; slot < slates.offsets[b + 1]; slot++, row++) {
      const item = slates.itemRowS[slot];
      let at = row * C;
      const copy = (values: Float32Array, width: number, index: number): void => {
        table.featuresSC.set(values.subarray(index * width, (index + 1) * width), at);
        at += width;
      };
      const mark = (bags: readonly Bags[], counts: readonly number[], index: number): void => {
        for (const [v, bag] of bags.entries()) {
          markTokens(table.featuresSC.subarray(at, at + counts[v]), bag, index);
          at += counts[v];
        }
      };
      copy(slates.slotDenseSF, slotWidth, slot);
      copy(slates.contextDenseBF, contextWidth, b);
      copy(items.denseRF, itemWidth, item);
      mark(items.bags, columns.itemTokens, item);
      mark(slates.contextBags, columns.contextTokens, b);
      if (at !== (row + 1) * C) {
        throw new RangeError(`featureTable: ${C} columns expected by their names, ${at - row * C} written`);
      }
      table.labelS[row] = slates.labelS[slot];
    }
  }
  return table;
}

function markTokens(out: Float32Array, { offsets, ids }: Bags, index: number): void {
  for (let at = offsets[index]; at < offsets[index + 1]; at++) {
    const column = ids[at] - 1;
    if (column >= 0 && column < out.length) out[column] = 1;
  }
}
