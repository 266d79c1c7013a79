/** From what is fed to an exported scorer to what its graph reads. Legend: B lists, K items of the longest, U distinct items, F columns, H history. */
import { ageNames, denseNames } from '../encoding/encoders/fields-encoder.ts';
import type { StoredModel } from '../scoring/model-folder.ts';
import { isKnown, rowsOfTexts, vectorsOf } from './bag-nodes.ts';
import { bagNodes, numberNodes } from './field-nodes.ts';
import type { GraphWriter } from './graph-writer.ts';
import { normalised } from './number-nodes.ts';

/** The inputs that are no field. */
export const LIST_INPUTS = {
  items: 'list.items',
  positions: 'list.positions',
  features: 'list.features',
  missing: 'list.missing',
  time: 'list.time',
  user: 'user.id',
  userState: 'user.state',
  clicked: 'user.clicked',
  skipped: 'user.skipped',
  item: 'item.id',
  neighbours: 'list.neighbours',
  neighbourItems: 'neighbour.items',
} as const;

/** Columns of the context that a memory tells, in front of those of fields. */
export const stateColumns = ({ encoder, features: { encoders } }: StoredModel): number =>
  [encoders.user, encoders.ranking].reduce(
    (rest, fields) => rest - denseNames(fields).length - ageNames(fields).length,
    encoder.columns.context.length,
  );

/** Emits every input of a scorer's graph under the name that `named` gives it; what the scorer does not read is cut away later. */
export function inputNodes(writer: GraphWriter, stored: StoredModel, named: (input: string) => string): void {
  listNodes(writer, stored, named);
  itemNodes(writer, stored, named);
  contextNodes(writer, stored, named);
  userNodes(writer, stored, named);
  if (stored.features.graph) graphNodes(writer, stored, named);
}

/** Indices of which -1 stands for none: the index, 0 for none, and a mask. */
function indexed(writer: GraphWriter, value: string, [index, mask]: readonly [string, string]): void {
  const zero = writer.integers([0], []);
  writer.emit('Max', [value, zero], { name: index });
  writer.cast(writer.emit('GreaterOrEqual', [value, zero]), 'float32', mask);
}

function listNodes(writer: GraphWriter, { features, encoder }: StoredModel, named: (input: string) => string): void {
  const items = writer.input(LIST_INPUTS.items, 'int64', ['B', 'K']);
  indexed(writer, items, [named('itemIndexBK'), named('maskBK')]);
  writer.emit('Identity', [writer.input(LIST_INPUTS.positions, 'int64', ['B', 'K'])], { name: named('positionBK') });
  const F = encoder.columns.slot.length;
  const raw = writer.input(LIST_INPUTS.features, 'float32', ['B', 'K', F]);
  // Padding stays zero.
  const there = writer.unsqueeze(writer.emit('GreaterOrEqual', [items, writer.integers([0], [])]), 2);
  const value = normalised(writer, raw, features.slotNormaliser);
  writer.emit('Where', [there, value, writer.floats([0], [])], { name: named('slotDenseBKF') });
  writer.emit('Identity', [writer.input(LIST_INPUTS.missing, 'float32', ['B'])], { name: named('restB') });
  writer.emit(
    'Mul',
    [writer.cast(writer.input(LIST_INPUTS.time, 'float64', ['B']), 'float32'), writer.floats([0], [])],
    {
      name: named('foldB'),
    },
  );
  for (const [input, name] of [
    [LIST_INPUTS.clicked, 'clicked'],
    [LIST_INPUTS.skipped, 'skipped'],
  ] as const)
    indexed(writer, writer.input(input, 'int64', ['B', features.historyLength]), [
      named(`${name}IndexBH`),
      named(`${name}MaskBH`),
    ]);
}

function itemNodes(writer: GraphWriter, stored: StoredModel, named: (input: string) => string): void {
  const { encoders } = stored.features;
  const { tables } = stored.model;
  const scope = { scope: 'item', rows: 'U' } as const;
  const { dense } = numberNodes(writer, encoders.item, scope);
  if (dense !== undefined) writer.cast(dense, 'float32', named('itemDenseUF'));
  const ids = writer.input(LIST_INPUTS.item, 'string', ['U']);
  const vectors = [...bagNodes(writer, encoders.item, { ...scope, tables: tables.item })];
  if (encoders.itemIds) {
    const table = tables.item[encoders.item.vocabularies.length];
    vectors.push(vectorsOf(writer, rowsOfTexts(writer, ids, encoders.itemIds), table));
  }
  if (vectors.length > 0) writer.emit('Concat', vectors, { attributes: { axis: 1 }, name: named('itemEmbeddedUE') });
  if (tables.id.length === 0) return;
  const idOf = new Map(Array.from(stored.memory.items.entries(), ([index, id]) => [index, id]));
  const own = tables.id.map((table, at) => {
    const rows = [...tables.idRows[at]].flatMap(([item, row]): [string, number][] => {
      const id = idOf.get(item);
      return id === undefined ? [] : [[id, row]];
    });
    return { table, row: rowsOfTexts(writer, ids, new Map(rows)) };
  });
  const [values, known] = [
    own.map(({ table, row }) => vectorsOf(writer, row, table)),
    own.map(({ row }) => isKnown(writer, row)),
  ];
  writer.emit('Concat', values, { attributes: { axis: 1 }, name: named('idEmbeddedUE') });
  writer.emit('Concat', known, { attributes: { axis: 1 }, name: named('idKnownUT') });
}

function contextNodes(writer: GraphWriter, stored: StoredModel, named: (input: string) => string): void {
  const { encoders, contextNormaliser } = stored.features;
  const { tables } = stored.model;
  const state = writer.input(LIST_INPUTS.userState, 'float32', ['B', stateColumns(stored)]);
  const now = writer.unsqueeze(writer.input(LIST_INPUTS.time, 'float64', ['B']), 1);
  const scopes = [
    { encoder: encoders.user, scope: 'user', rows: 'B' },
    { encoder: encoders.ranking, scope: 'request', rows: 'B' },
  ] as const;
  const numbers = scopes.map(({ encoder, ...scope }) => numberNodes(writer, encoder, scope));
  const fields = [...numbers.map(({ dense }) => dense), ...numbers.map(({ agesAt }) => agesAt(now))];
  const present = fields.filter((part) => part !== undefined).map((part) => writer.cast(part, 'float32'));
  const raw = writer.concat([state, ...present], 1);
  writer.emit('Identity', [normalised(writer, raw, contextNormaliser)], { name: named('contextDenseBF') });
  const split = encoders.user.vocabularies.length;
  const vectors = scopes.flatMap(({ encoder, ...scope }, at) =>
    bagNodes(writer, encoder, {
      ...scope,
      tables: at === 0 ? tables.context.slice(0, split) : tables.context.slice(split),
    }),
  );
  if (vectors.length > 0) writer.emit('Concat', vectors, { attributes: { axis: 1 }, name: named('contextEmbeddedBE') });
}

/** The user's own vector; zeros of all who have none. */
function userNodes(writer: GraphWriter, { features, model }: StoredModel, named: (input: string) => string): void {
  const [table] = model.tables.user;
  if (!table) return;
  const rows = rowsOfTexts(writer, writer.input(LIST_INPUTS.user, 'string', ['B']), features.encoders.userIds);
  writer.emit('Mul', [vectorsOf(writer, rows, table), isKnown(writer, rows)], { name: named('userEmbeddedBE') });
}

function graphNodes(writer: GraphWriter, { features }: StoredModel, named: (input: string) => string): void {
  const { fanOut = 0, clicks = 0 } = features.graph ?? {};
  const neighbours = writer.input(LIST_INPUTS.neighbours, 'int64', ['B', 'K', fanOut]);
  indexed(writer, neighbours, [named('neighbourIndexBKF'), named('neighbourMaskBKF')]);
  const items = writer.input(LIST_INPUTS.neighbourItems, 'int64', ['V', clicks]);
  indexed(writer, items, [named('nodeItemIndexVG'), named('nodeItemMaskVG')]);
}
