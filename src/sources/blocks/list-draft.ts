/** One list on its way into a block, in memory that is used again for the next: what it takes is written into a block when all of it was read. */
import type { FieldValue } from '../../slate/fields.ts';
import { CELL_KINDS, cellKindOf, type ListPlace, type ListText, PLACE_KEYS } from './list-block.ts';

export interface ListDraft {
  time: number;
  line: number;
  id: string;
  /** A code. */
  user: number;
  /** NaN where it has none. */
  propensity: number;
  texts: Partial<Record<ListText, string>>;
  /** Shown items; what follows has that many. */
  length: number;
  items: Int32Array;
  clickTimes: Float64Array;
  readonly places: Record<ListPlace, Float64Array>;
  /** Which of the places any item has. */
  readonly hasPlace: Record<ListPlace, boolean>;
  readonly cells: CellDraft;
}

/** Values of fields: `at` is the item's place in the list, -1 of a field of the list itself. */
export interface CellDraft {
  count: number;
  readonly names: string[];
  readonly at: number[];
  readonly kinds: number[];
  readonly numbers: number[];
  /** Of kinds that are no number. */
  readonly texts: string[];
}

const FIRST_SIZE = 64;

export function createListDraft(): ListDraft {
  return {
    ...{ time: 0, line: 0, id: '', user: -1, propensity: Number.NaN, texts: {}, length: 0 },
    items: new Int32Array(FIRST_SIZE),
    clickTimes: new Float64Array(FIRST_SIZE),
    places: Object.fromEntries(PLACE_KEYS.map((key) => [key, new Float64Array(FIRST_SIZE)])) as ListDraft['places'],
    hasPlace: Object.fromEntries(PLACE_KEYS.map((key) => [key, false])) as ListDraft['hasPlace'],
    cells: { count: 0, names: [], at: [], kinds: [], numbers: [], texts: [] },
  };
}

export function clearDraft(draft: ListDraft): void {
  draft.propensity = Number.NaN;
  draft.texts = NO_TEXTS;
  draft.length = 0;
  draft.cells.count = 0;
  for (const key of PLACE_KEYS) draft.hasPlace[key] = false;
}

const NO_TEXTS: ListDraft['texts'] = Object.freeze({});

/** Takes room for one more item, without places and clicks; returns its place. */
export function addItem(draft: ListDraft, code: number): number {
  if (draft.length === draft.items.length) grow(draft);
  const at = draft.length++;
  draft.items[at] = code;
  draft.clickTimes[at] = -1;
  for (const key of PLACE_KEYS) draft.places[key][at] = -1;
  return at;
}

export function setPlace(draft: ListDraft, key: ListPlace, at: number, value: number): void {
  draft.places[key][at] = value;
  draft.hasPlace[key] = true;
}

export function addNumber({ cells }: ListDraft, name: string, at: number, value: number): void {
  addCell(cells, name, at, CELL_KINDS.number);
  cells.numbers[cells.count++] = value;
}

export function addBoolean({ cells }: ListDraft, name: string, at: number, value: boolean): void {
  addCell(cells, name, at, CELL_KINDS.boolean);
  cells.numbers[cells.count++] = value ? 1 : 0;
}

/** `kind`: a text, or a list as JSON. */
export function addText({ cells }: ListDraft, name: string, at: number, kind: number, text: string): void {
  addCell(cells, name, at, kind);
  cells.texts[cells.count++] = text;
}

export function addValue(draft: ListDraft, name: string, at: number, value: FieldValue): void {
  if (typeof value === 'number') addNumber(draft, name, at, value);
  else if (typeof value === 'boolean') addBoolean(draft, name, at, value);
  else addText(draft, name, at, cellKindOf(value), typeof value === 'string' ? value : JSON.stringify(value));
}

function addCell({ names, at: places, kinds, count }: CellDraft, name: string, at: number, kind: number): void {
  names[count] = name;
  places[count] = at;
  kinds[count] = kind;
}

function grow(draft: ListDraft): void {
  const size = 2 * draft.items.length;
  const larger = (before: Float64Array): Float64Array => {
    const room = new Float64Array(size);
    room.set(before);
    return room;
  };
  const items = new Int32Array(size);
  items.set(draft.items);
  draft.items = items;
  draft.clickTimes = larger(draft.clickTimes);
  for (const key of PLACE_KEYS) draft.places[key] = larger(draft.places[key]);
}

/** Puts the items in the order in which they were shown, as `inShownOrder` does with a list that is an object. */
export function sortDraft(draft: ListDraft): void {
  const { length, places } = draft;
  const position = (k: number): number => (places.position[k] >= 0 ? places.position[k] : k);
  let isSorted = true;
  for (let k = 1; k < length && isSorted; k++) isSorted = position(k - 1) <= position(k);
  if (isSorted) return;
  const order = Array.from({ length }, (_, k) => k).sort((a, b) => position(a) - position(b) || a - b);
  const newPlaces = new Int32Array(length);
  for (const [to, from] of order.entries()) newPlaces[from] = to;
  for (let k = 0; k < length; k++) setPlace(draft, 'position', k, position(k));
  draft.items.set(order.map((from) => draft.items[from]));
  draft.clickTimes.set(order.map((from) => draft.clickTimes[from]));
  for (const key of PLACE_KEYS) places[key].set(order.map((from) => places[key][from]));
  sortCells(draft.cells, (at) => (at < 0 ? at : newPlaces[at]));
}

/** Fields are met in the order of the items. */
function sortCells(cells: CellDraft, newPlace: (at: number) => number): void {
  const { count, names, at, kinds, numbers, texts } = cells;
  const moved = Array.from({ length: count }, (_, n) => {
    return { at: newPlace(at[n]), name: names[n], kind: kinds[n], number: numbers[n], text: texts[n] };
  }).sort((a, b) => a.at - b.at);
  for (const [n, cell] of moved.entries()) {
    at[n] = cell.at;
    names[n] = cell.name;
    kinds[n] = cell.kind;
    numbers[n] = cell.number;
    texts[n] = cell.text;
  }
}
