/** Requests as what an exported scorer is fed. Legend: B lists, K items of the longest, U distinct items, T texts of the longest bag, H history. */
import { collate } from '../encoding/batches/collate.ts';
import { BAG_LIMIT, type FieldsEncoder } from '../encoding/encoders/fields-encoder.ts';
import type { Vocabulary } from '../encoding/encoders/vocabulary.ts';
import type { FileFeed } from '../runtime/node/text-session.ts';
import type { StoredModel } from '../scoring/model-folder.ts';
import type { RankingEvent } from '../slate/events.ts';
import { type Fields, type FieldValue, fieldOf, noFields } from '../slate/fields.ts';
import { inShownOrder } from '../slate/shown-order.ts';
import { countInput, type InputScope } from './field-nodes.ts';
import { LIST_INPUTS, stateColumns } from './input-nodes.ts';

export type RawFeeds = Readonly<Record<string, FileFeed>>;

/** Of requests that are valid, from what the model's memory knows. */
export function rawFeeds(stored: StoredModel, requests: readonly RankingEvent[]): RawFeeds {
  const { encoder, features, memory } = stored;
  const shown = requests.map(inShownOrder);
  const slates = encoder.encode(shown, memory);
  const batch = collate(slates, Int32Array.from(shown.keys()));
  const { B, K, U } = batch;
  const idOf = new Map(Array.from(memory.items.entries(), ([index, id]) => [index, id]));
  const idU = Array.from(batch.itemU, (index) => idOf.get(index) ?? '');
  // An item that the memory does not know has no index: its id stands in the request.
  for (const [b, { items }] of shown.entries())
    for (const [k, { id }] of items.entries()) idU[batch.itemIndexBK[b * K + k]] = id;
  const itemFields = idU.map((id) => memory.items.fieldsOf(id) ?? noFields);
  const userFields = shown.map(({ user }) => memory.userFields(user) ?? noFields);
  const S = stateColumns(stored);
  const C = encoder.columns.context.length;
  const state = new Float32Array(B * S);
  for (let b = 0; b < B; b++) state.set(slates.contextDenseBF.subarray(b * C, b * C + S), b * S);
  const H = features.historyLength;
  const graph = batch.graph;
  return {
    [LIST_INPUTS.items]: whole(withNone(batch.itemIndexBK, batch.maskBK), [B, K]),
    [LIST_INPUTS.positions]: whole(batch.positionBK, [B, K]),
    [LIST_INPUTS.features]: { data: batch.slotDenseBKF, dims: [B, K, encoder.columns.slot.length] },
    [LIST_INPUTS.missing]: { data: new Float32Array(B), dims: [B] },
    [LIST_INPUTS.time]: {
      data: Float64Array.from(shown, ({ time }) => memory.asOf(time).time),
      dims: [B],
    },
    [LIST_INPUTS.user]: { data: shown.map(({ user }) => user), dims: [B] },
    [LIST_INPUTS.userState]: { data: state, dims: [B, S] },
    [LIST_INPUTS.clicked]: whole(withNone(batch.clickedIndexBH, batch.clickedMaskBH), [B, H]),
    [LIST_INPUTS.skipped]: whole(withNone(batch.skippedIndexBH, batch.skippedMaskBH), [B, H]),
    [LIST_INPUTS.item]: { data: idU, dims: [U] },
    ...fieldFeeds(features.encoders.item, 'item', itemFields),
    ...fieldFeeds(features.encoders.user, 'user', userFields),
    ...fieldFeeds(
      features.encoders.ranking,
      'request',
      shown.map(({ fields }) => fields),
    ),
    ...(graph && {
      [LIST_INPUTS.neighbours]: whole(withNone(graph.neighbourIndexBKF, graph.neighbourMaskBKF), [
        B,
        K,
        graph.neighbourMaskBKF.length / (B * K),
      ]),
      [LIST_INPUTS.neighbourItems]: whole(withNone(graph.nodeItemIndexVG, graph.nodeItemMaskVG), [
        graph.V,
        graph.nodeItemMaskVG.length / graph.V,
      ]),
    }),
  };
}

/** Indices, -1 where the mask is 0. */
const withNone = (index: Int32Array, mask: Float32Array): Int32Array =>
  index.map((value, at) => (mask[at] > 0 ? value : -1));

const whole = (values: Int32Array, dims: readonly number[]): FileFeed => ({
  data: BigInt64Array.from(values, BigInt),
  dims,
});

function fieldFeeds(encoder: FieldsEncoder, scope: InputScope['scope'], rows: readonly Fields[]): RawFeeds {
  const n = rows.length;
  const values = (name: string): readonly (FieldValue | undefined)[] => rows.map((fields) => fieldOf(fields, name));
  const feeds: Record<string, FileFeed> = {};
  for (const { name, columns } of encoder.numeric)
    feeds[`${scope}.${name}`] = {
      data: Float64Array.from(values(name), (value) => columns.read(value) ?? Number.NaN),
      dims: [n],
    };
  for (const { name, encoders } of encoder.vectors)
    feeds[`${scope}.${name}`] = {
      data: Float64Array.from(values(name).flatMap((value) => elementsOf(value, encoders.length))),
      dims: [n, encoders.length],
    };
  for (const { name, vocabulary } of encoder.vocabularies) {
    const texts = values(name).map((value) => textsOf(value, vocabulary));
    const T = Math.max(1, ...texts.map(({ length }) => length));
    const data = texts.flatMap((bag) => [...bag, ...new Array<string>(T - bag.length).fill('')]);
    feeds[`${scope}.${name}`] = { data, dims: [n, T] };
    feeds[countInput(`${scope}.${name}`)] = whole(
      Int32Array.from(texts, ({ length }) => length),
      [n],
    );
  }
  return feeds;
}

const elementsOf = (value: FieldValue | undefined, length: number): readonly number[] =>
  Array.from({ length }, (_, at) => {
    const element = typeof value === 'object' ? value[at] : undefined;
    return typeof element === 'number' ? element : Number.NaN;
  });

/** Each once; of more known ones than a bag may have the most frequent. */
function textsOf(value: FieldValue | undefined, { ids }: Vocabulary): readonly string[] {
  if (value === undefined) return [];
  if (typeof value !== 'object') return [String(value)];
  const texts = [...new Set(value.map(String))];
  const rowOf = (text: string): number => ids.get(text) ?? 0;
  const known = texts.filter((text) => rowOf(text) > 0);
  return known.length > BAG_LIMIT ? known.sort((a, b) => rowOf(a) - rowOf(b)).slice(0, BAG_LIMIT) : texts;
}
