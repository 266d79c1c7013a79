import type { Fields } from '../../slate/fields.ts';
import type { Impression } from '../../slate/impression.ts';
import type { FeatureSchema } from '../schema/schema.ts';
import {
  createFieldsFitter,
  type FieldsEncoder,
  type FieldsEncoderJson,
  fieldsEncoderFromJson,
  fieldsEncoderToJson,
} from './fields-encoder.ts';

/** The encoders of all scopes. Fitted on the training part, stored with the model. */
export interface Encoders {
  readonly item: FieldsEncoder;
  readonly user: FieldsEncoder;
  readonly ranking: FieldsEncoder;
  readonly rankedItem: FieldsEncoder;
  /** Items with an embedding of their own, by id; undefined when items are known by their fields alone. */
  readonly itemIds: ReadonlyMap<string, number> | undefined;
  /** Users with an embedding of their own, by id, numbered from 1. */
  readonly userIds: ReadonlyMap<string, number>;
}

export interface EncoderOptions {
  /** Values seen on fewer items (users, requests) share the unknown row. */
  readonly minCount: number;
  /** Most values kept per field. */
  readonly vocabularyLimit: number;
  /** Items shown at least this often in training get an embedding of their own; 0: none does. */
  readonly itemIdMinCount: number;
  /** Users with at least so many lists in training get an embedding of their own; 0: nobody does. */
  readonly userIdMinCount: number;
}

export const encoderDefaults: EncoderOptions = {
  minCount: 3,
  vocabularyLimit: 50_000,
  itemIdMinCount: 0,
  userIdMinCount: 10,
};

export interface EncodersFitter {
  /** Each impression of the training part, in any order; the metadata as known at that time. */
  observe(impression: Impression, known: { item(id: string): Fields | undefined; user: Fields | undefined }): void;
  fit(): Encoders;
}

export function createEncodersFitter(schema: FeatureSchema, options: EncoderOptions): EncodersFitter {
  const vocabulary = { minCount: options.minCount, limit: options.vocabularyLimit };
  const item = createFieldsFitter(schema.item, vocabulary);
  const user = createFieldsFitter(schema.user, vocabulary);
  const ranking = createFieldsFitter(schema.ranking, vocabulary);
  const rankedItem = createFieldsFitter(schema.rankedItem, vocabulary);
  const shown = new Map<string, number>();
  const lists = new Map<string, number>();
  return {
    observe({ ranking: request }, known) {
      ranking.observe(request.fields);
      const before = lists.get(request.user) ?? 0;
      lists.set(request.user, before + 1);
      if (before === 0) user.observe(known.user ?? {});
      for (const { id, fields } of request.items) {
        rankedItem.observe(fields);
        const times = shown.get(id) ?? 0;
        shown.set(id, times + 1);
        // Once per item: its fields describe the catalogue, not how often it is shown.
        if (times === 0) item.observe(known.item(id) ?? {});
      }
    },
    fit: () => ({
      item: item.fit(),
      user: user.fit(),
      ranking: ranking.fit(),
      rankedItem: rankedItem.fit(),
      itemIds: options.itemIdMinCount > 0 ? frequentIds(shown, options.itemIdMinCount) : undefined,
      userIds: options.userIdMinCount > 0 ? frequentUsers(lists, options.userIdMinCount) : new Map(),
    }),
  };
}

function frequentIds(shown: ReadonlyMap<string, number>, minCount: number): ReadonlyMap<string, number> {
  const frequent = [...shown].filter(([, count]) => count >= minCount).map(([id]) => id);
  return numbered(frequent.sort());
}

/** From 1: 0 is everyone else. */
const numbered = (ids: readonly string[]): ReadonlyMap<string, number> =>
  new Map(ids.map((id, index) => [id, index + 1]));

/** Lists of nobody known are nobody's. */
function frequentUsers(lists: ReadonlyMap<string, number>, minCount: number): ReadonlyMap<string, number> {
  const known = new Map(lists);
  known.delete('');
  return frequentIds(known, minCount);
}

export interface EncodersJson {
  readonly item: FieldsEncoderJson;
  readonly user: FieldsEncoderJson;
  readonly ranking: FieldsEncoderJson;
  readonly rankedItem: FieldsEncoderJson;
  readonly itemIds: readonly string[] | null;
  readonly userIds: readonly string[];
}

export const encodersToJson = (encoders: Encoders): EncodersJson => ({
  item: fieldsEncoderToJson(encoders.item),
  user: fieldsEncoderToJson(encoders.user),
  ranking: fieldsEncoderToJson(encoders.ranking),
  rankedItem: fieldsEncoderToJson(encoders.rankedItem),
  itemIds: encoders.itemIds ? [...encoders.itemIds.keys()] : null,
  userIds: [...encoders.userIds.keys()],
});

/** `schema` is the one that they were fitted with. */
export const encodersFromJson = (json: EncodersJson, schema: FeatureSchema): Encoders => ({
  item: fieldsEncoderFromJson(json.item, schema.item),
  user: fieldsEncoderFromJson(json.user, schema.user),
  ranking: fieldsEncoderFromJson(json.ranking, schema.ranking),
  rankedItem: fieldsEncoderFromJson(json.rankedItem, schema.rankedItem),
  itemIds: json.itemIds ? numbered(json.itemIds) : undefined,
  userIds: numbered(json.userIds),
});
