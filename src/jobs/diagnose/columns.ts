/** The columns that a model reads, one by one, at the shown items of some lists. Legend: S slots (the items of these lists, end to end), B lists, F columns. */
import type { Bags } from '../../encoding/columns/encoded-slates.ts';
import type { Prepared } from '../prepare.ts';

/** One column: a number, or some tokens, of each slot. */
export interface Column {
  readonly name: string;
  /** The field of the log that it tells, as settings name it: `item.price`; undefined of what is counted from what came before. */
  readonly field: string | undefined;
  /** The same for all items of a list. */
  readonly isOfList: boolean;
  /** A number, normalised; undefined where the column is of tokens. */
  readonly number?: (slot: number) => number;
  readonly tokens?: (slot: number) => ArrayLike<number>;
}

/** Some lists, with all that is asked of them here. */
export interface ShownSlots {
  readonly lists: Int32Array;
  /** Slots of the b-th list: `[offsets[b], offsets[b + 1])`. */
  readonly offsets: Int32Array;
  readonly labelS: Uint8Array;
  readonly positionS: Int32Array;
  readonly itemRateS: Float32Array;
  readonly userB: Int32Array;
  /** The list of each slot, as the b-th of these. */
  readonly listS: Int32Array;
  /** Index of the item in the memory. */
  readonly itemS: Int32Array;
  /** The slot in the columns of the data set. */
  readonly placeS: Int32Array;
}

export function shownSlots({ encoded: { slates } }: Prepared, lists: Int32Array): ShownSlots {
  const { columns } = slates;
  const outcomes = slates.outcomes(lists);
  const slots = outcomes.labelS.length;
  const [listS, itemS, placeS] = [new Int32Array(slots), new Int32Array(slots), new Int32Array(slots)];
  for (let b = 0; b < lists.length; b++)
    for (let slot = outcomes.offsets[b]; slot < outcomes.offsets[b + 1]; slot++) {
      const place = columns.offsets[lists[b]] + slot - outcomes.offsets[b];
      listS[slot] = b;
      placeS[slot] = place;
      itemS[slot] = columns.items.itemR[columns.itemRowS[place]];
    }
  return { ...outcomes, lists, listS, itemS, placeS };
}

/** Every column as it stands at these slots. */
export function columnsAt({ encoded }: Prepared, { lists, listS, placeS }: ShownSlots): readonly Column[] {
  const { spec, features, slates } = encoded;
  const { columns } = slates;
  const fieldIn = (scope: keyof typeof PREFIXES) => (name: string) => {
    const prefix = PREFIXES[scope];
    const own = name.slice(prefix.length).replace(/ missing$/, '');
    const has = name.startsWith(prefix) && features.schema[scope].some((field) => field.name === own);
    return has ? `${scope}.${own}` : undefined;
  };
  const rowOf = (slot: number): number => columns.itemRowS[placeS[slot]];
  const listOf = (slot: number): number => lists[listS[slot]];
  const numbers = (
    labels: readonly string[],
    from: { valuesRF: Float32Array; row: (slot: number) => number },
    facts: { field: (name: string) => string | undefined; isOfList: boolean },
  ): Column[] =>
    labels.map((name, f) => ({
      ...{ name, field: facts.field(name), isOfList: facts.isOfList },
      number: (slot) => from.valuesRF[from.row(slot) * labels.length + f],
    }));
  const bags = (
    labels: readonly string[],
    from: { bags: readonly Bags[]; row: (slot: number) => number },
    facts: { field: (name: string) => string | undefined; isOfList: boolean },
  ): Column[] =>
    labels.map((name, f) => ({
      ...{ name, field: facts.field(name), isOfList: facts.isOfList },
      tokens: (slot) => {
        const { offsets, ids } = from.bags[f];
        return ids.subarray(offsets[from.row(slot)], offsets[from.row(slot) + 1]);
      },
    }));
  const embedded = (specs: readonly { readonly name: string }[]): readonly string[] => specs.map(({ name }) => name);
  const item = { field: fieldIn('item'), isOfList: false };
  const slot = { field: fieldIn('rankedItem'), isOfList: false };
  const context = { field: (name: string) => fieldIn('user')(name) ?? fieldIn('ranking')(name), isOfList: true };
  return [
    ...numbers(spec.itemDense, { valuesRF: columns.items.denseRF, row: rowOf }, item),
    ...bags(embedded(spec.itemEmbeddings), { bags: columns.items.bags, row: rowOf }, item),
    ...numbers(spec.slotDense, { valuesRF: columns.slotDenseSF, row: (at) => placeS[at] }, slot),
    ...numbers(spec.contextDense, { valuesRF: columns.contextDenseBF, row: listOf }, context),
    ...bags(embedded(spec.contextEmbeddings), { bags: columns.contextBags, row: listOf }, context),
  ];
}

/** What stands before a field's name in its column's. */
const PREFIXES = { item: '', user: 'user ', ranking: 'request ', rankedItem: '' } as const;
