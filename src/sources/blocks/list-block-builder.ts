import type { FieldUpdates } from '../../slate/fields.ts';
import type { JoinedImpression } from '../join/joined.ts';
import {
  CELL_KINDS,
  cellKindOf,
  type FieldCells,
  type ListBlock,
  type ListPlace,
  type ListText,
  PLACE_KEYS,
  TEXT_KEYS,
} from './list-block.ts';
import type { ListDraft } from './list-draft.ts';
import type { SeenIds } from './seen-ids.ts';

/** Collects lists, from objects or from other blocks. */
export interface ListBlockBuilder {
  readonly count: number;
  add(impression: JoinedImpression, codes: { readonly items: SeenIds; readonly users: SeenIds }): void;
  /** A list that was drafted. */
  put(draft: ListDraft): void;
  /** A list of another block. */
  copy(from: ListBlock, row: number): void;
  /** What was collected; then it is empty again. */
  finish(): ListBlock;
}

type Cells = { -readonly [key in keyof FieldCells]: FieldCells[key] };

/** `capacity`: lists that it takes. */
export function createListBlockBuilder(capacity: number): ListBlockBuilder {
  const times = new Float64Array(capacity);
  const lines = new Float64Array(capacity);
  const users = new Int32Array(capacity);
  const starts = new Int32Array(capacity + 1);
  let ids: string[] = [];
  let count = 0;
  let slots = 0;
  let items = new Int32Array(capacity * 8);
  let clickTimes = new Float64Array(capacity * 8);
  let propensities: Float64Array | undefined;
  let texts: Partial<Record<ListText, Int32Array>> = {};
  let places: Partial<Record<ListPlace, Float64Array>> = {};
  let request = new Map<string, Cells>();
  let ranked = new Map<string, Cells>();
  let codes = new Map<string, number>();
  let dictionary: string[] = [];

  return {
    get count() {
      return count;
    },
    add({ ranking, time, line, clickTimes: clicked }, seen) {
      const list = begin(ranking.items.length);
      times[list] = time;
      lines[list] = line;
      ids.push(ranking.id);
      users[list] = seen.users.indexOf(ranking.user);
      for (const key of TEXT_KEYS) {
        const text = ranking[key];
        if (text !== undefined) textColumn(key)[list] = codeOf(text);
      }
      if (ranking.propensity !== undefined) propensityColumn()[list] = ranking.propensity;
      addFields(request, ranking.fields, list, capacity);
      for (let k = 0; k < ranking.items.length; k++) {
        const item = ranking.items[k];
        const slot = slots + k;
        items[slot] = seen.items.indexOf(item.id);
        clickTimes[slot] = clicked[k];
        for (const key of PLACE_KEYS) {
          const place = item[key];
          if (place !== undefined) placeColumn(key)[slot] = place;
        }
        addFields(ranked, item.fields, slot, items.length);
      }
      slots += ranking.items.length;
      starts[count] = slots;
    },
    put(draft) {
      const { length, cells } = draft;
      const list = begin(length);
      times[list] = draft.time;
      lines[list] = draft.line;
      ids.push(draft.id);
      users[list] = draft.user;
      for (const key in draft.texts) textColumn(key as ListText)[list] = codeOf(draft.texts[key as ListText] ?? '');
      if (!Number.isNaN(draft.propensity)) propensityColumn()[list] = draft.propensity;
      for (let k = 0; k < length; k++) {
        items[slots + k] = draft.items[k];
        clickTimes[slots + k] = draft.clickTimes[k];
      }
      for (const key of PLACE_KEYS) {
        if (!draft.hasPlace[key]) continue;
        const [from, to] = [draft.places[key], placeColumn(key)];
        for (let k = 0; k < length; k++) to[slots + k] = from[k];
      }
      for (let n = 0; n < cells.count; n++) {
        const isOfList = cells.at[n] < 0;
        const to = cellsOf(isOfList ? request : ranked, cells.names[n], isOfList ? capacity : items.length);
        const at = isOfList ? list : slots + cells.at[n];
        to.kinds[at] = cells.kinds[n];
        to.values[at] = cells.kinds[n] <= CELL_KINDS.boolean ? cells.numbers[n] : codeOf(cells.texts[n]);
      }
      slots += length;
      starts[count] = slots;
    },
    copy(from, row) {
      const start = from.starts[row];
      const length = from.starts[row + 1] - start;
      const list = begin(length);
      times[list] = from.times[row];
      lines[list] = from.lines[row];
      ids.push(from.ids[row]);
      users[list] = from.users[row];
      for (const key of TEXT_KEYS) {
        const code = from.texts[key]?.[row] ?? -1;
        if (code >= 0) textColumn(key)[list] = codeOf(from.dictionary[code]);
      }
      if (from.propensities) propensityColumn()[list] = from.propensities[row];
      for (let k = 0; k < length; k++) {
        items[slots + k] = from.items[start + k];
        clickTimes[slots + k] = from.clickTimes[start + k];
      }
      for (const key of PLACE_KEYS) {
        const column = from.places[key];
        if (!column) continue;
        const to = placeColumn(key);
        for (let k = 0; k < length; k++) to[slots + k] = column[start + k];
      }
      for (const cells of from.request)
        copyCells(cells, from, { to: request, at: list, start: row, length: 1, size: capacity });
      for (const cells of from.ranked)
        copyCells(cells, from, { to: ranked, at: slots, start, length, size: items.length });
      slots += length;
      starts[count] = slots;
    },
    finish() {
      const cut = (fields: Map<string, Cells>, length: number): readonly FieldCells[] =>
        [...fields.values()].map(({ name, kinds, values }) => ({
          name,
          kinds: kinds.slice(0, length),
          values: values.slice(0, length),
        }));
      const block: ListBlock = {
        count,
        times: times.slice(0, count),
        lines: lines.slice(0, count),
        ids,
        users: users.slice(0, count),
        propensities: propensities?.slice(0, count),
        texts: Object.fromEntries(Object.entries(texts).map(([key, column]) => [key, column.slice(0, count)])),
        starts: starts.slice(0, count + 1),
        items: items.slice(0, slots),
        clickTimes: clickTimes.slice(0, slots),
        places: Object.fromEntries(Object.entries(places).map(([key, column]) => [key, column.slice(0, slots)])),
        request: cut(request, count),
        ranked: cut(ranked, slots),
        dictionary,
      };
      [count, slots, ids, dictionary] = [0, 0, [], []];
      [propensities, texts, places] = [undefined, {}, {}];
      [request, ranked, codes] = [new Map(), new Map(), new Map()];
      return block;
    },
  };

  /** Makes room for a list, and returns its place. */
  function begin(length: number): number {
    if (slots + length > items.length) grow(Math.max(2 * items.length, slots + length));
    return count++;
  }

  function grow(size: number): void {
    items = enlarged(items, new Int32Array(size));
    clickTimes = enlarged(clickTimes, new Float64Array(size));
    for (const [key, column] of Object.entries(places))
      places[key as ListPlace] = enlarged(column, new Float64Array(size).fill(-1));
    for (const cells of ranked.values()) {
      cells.kinds = enlarged(cells.kinds, new Uint8Array(size));
      cells.values = enlarged(cells.values, new Float64Array(size));
    }
  }

  function textColumn(key: ListText): Int32Array {
    texts[key] ??= new Int32Array(capacity).fill(-1);
    return texts[key];
  }

  function propensityColumn(): Float64Array {
    propensities ??= new Float64Array(capacity).fill(Number.NaN);
    return propensities;
  }

  function placeColumn(key: ListPlace): Float64Array {
    places[key] ??= new Float64Array(items.length).fill(-1);
    return places[key];
  }

  function cellsOf(fields: Map<string, Cells>, name: string, size: number): Cells {
    const known = fields.get(name);
    if (known) return known;
    const cells = { name, kinds: new Uint8Array(size), values: new Float64Array(size) };
    fields.set(name, cells);
    return cells;
  }

  function addFields(fields: Map<string, Cells>, values: FieldUpdates, at: number, size: number): void {
    for (const name of Object.keys(values)) {
      const value = values[name];
      if (value === null) continue;
      const cells = cellsOf(fields, name, size);
      cells.kinds[at] = cellKindOf(value);
      cells.values[at] =
        typeof value === 'number' || typeof value === 'boolean'
          ? Number(value)
          : codeOf(typeof value === 'string' ? value : JSON.stringify(value));
    }
  }

  function copyCells(
    { name, kinds, values }: FieldCells,
    { dictionary: texts }: ListBlock,
    {
      to,
      at,
      start,
      length,
      size,
    }: {
      readonly to: Map<string, Cells>;
      readonly at: number;
      readonly start: number;
      readonly length: number;
      readonly size: number;
    },
  ): void {
    let cells: Cells | undefined;
    for (let k = 0; k < length; k++) {
      const kind = kinds[start + k];
      if (kind === CELL_KINDS.none) continue;
      cells ??= cellsOf(to, name, size);
      cells.kinds[at + k] = kind;
      cells.values[at + k] = kind <= CELL_KINDS.boolean ? values[start + k] : codeOf(texts[values[start + k]]);
    }
  }

  function codeOf(text: string): number {
    const known = codes.get(text);
    if (known !== undefined) return known;
    codes.set(text, dictionary.length);
    return dictionary.push(text) - 1;
  }
}

function enlarged<A extends Int32Array | Float64Array | Uint8Array>(before: A, room: A): A {
  room.set(before as never);
  return room;
}
