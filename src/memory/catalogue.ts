import { type Fields, type FieldUpdates, mergeFields, noFields } from '../slate/fields.ts';
import type { DescribeItem, ItemVersion } from './item-version.ts';
import { createWatch } from './watch.ts';

/** The items that were met, by id and by index, each with its current metadata. An index is never given twice. */
export interface Catalogue {
  /** Undefined of an item that was never met, or was evicted: asking adds nothing. */
  indexOf(id: string): number | undefined;
  /** A new index at first sight. */
  meet(id: string): number;
  /** Merges an update into what is known of the item: fields that it does not name stay, `null` deletes. */
  update(id: string, fields: FieldUpdates): void;
  /** Puts other fields in the place of all that are known. */
  replace(id: string, fields: Fields): void;
  fieldsOf(id: string): Fields | undefined;
  idOf(item: number): string | undefined;
  /** The current version, encoded at first use; undefined of an index that is not there any more. */
  versionOf(item: number): ItemVersion | undefined;
  evict(item: number): void;
  readonly size: number;
  /** Index that the next new item gets. */
  readonly next: number;
  /** Of every item its index, id and fields, in the order they were met. */
  entries(): IterableIterator<CatalogueEntry>;
  /** The same as it is now, whatever comes later. */
  capture(): CapturedItems;
}

export interface CapturedItems {
  entries(): IterableIterator<CatalogueEntry>;
  /** To be called once. */
  release(): void;
}

export type CatalogueEntry = readonly [index: number, id: string, fields: Fields];

interface Item {
  readonly index: number;
  readonly id: string;
  fields: Fields;
  version: ItemVersion | undefined;
}

export function createCatalogue(
  describe: DescribeItem,
  { entries = [], next = 0 }: { readonly entries?: Iterable<CatalogueEntry>; readonly next?: number } = {},
): Catalogue {
  const byId = new Map<string, Item>();
  const byIndex = new Map<number, Item>();
  const watch = createWatch(entryOf);
  let following = next;

  function add(index: number, id: string, fields: Fields): Item {
    const item: Item = { index, id, fields, version: undefined };
    byId.set(id, item);
    byIndex.set(index, item);
    return item;
  }

  for (const [index, id, fields] of entries) {
    add(index, id, fields);
    following = Math.max(following, index + 1);
  }
  const meet = (id: string): Item => byId.get(id) ?? add(following++, id, noFields);
  function replace(id: string, fields: Fields): void {
    const item = meet(id);
    watch.before(item);
    item.fields = fields;
    item.version = undefined;
  }

  return {
    indexOf: (id) => byId.get(id)?.index,
    meet: (id) => meet(id).index,
    update: (id, fields) => replace(id, mergeFields(byId.get(id)?.fields ?? noFields, fields)),
    replace,
    fieldsOf: (id) => byId.get(id)?.fields,
    idOf: (index) => byIndex.get(index)?.id,
    versionOf(index) {
      const item = byIndex.get(index);
      if (item) item.version ??= describe(item);
      return item?.version;
    },
    evict(index) {
      const item = byIndex.get(index);
      if (!item) return;
      byIndex.delete(index);
      byId.delete(item.id);
    },
    get size() {
      return byId.size;
    },
    get next() {
      return following;
    },
    *entries() {
      for (const item of byIndex.values()) yield entryOf(item);
    },
    capture() {
      const items = [...byIndex.values()];
      const picture = watch.begin();
      return {
        *entries() {
          for (const item of items) yield picture.of(item);
        },
        release: picture.end,
      };
    },
  };
}

const entryOf = ({ index, id, fields }: Item): CatalogueEntry => [index, id, fields];
