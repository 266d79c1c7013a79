/** The three classical effects of company, as contrasts that fields tell: attraction, compromise, similarity. */
import type { ClassicalEffect, ClassicalFields } from '../../measure/effects-report.ts';
import type { FieldValue } from '../../slate/fields.ts';
import type { ShownItem } from './shown-lists.ts';

export const classicalEffects: readonly ClassicalEffect[] = [
  // Huber, Payne & Puto 1982.
  { name: 'attraction', meaning: 'beside an item that is dearer and worse', direction: 1 },
  { name: 'dominated', meaning: 'beside an item that is cheaper and better', direction: -1 },
  // Simonson 1989.
  { name: 'compromise', meaning: 'between a cheaper and a dearer item', direction: 1 },
  // Tversky 1972.
  { name: 'similarity', meaning: 'beside an item of nearly the same price and quality', direction: -1 },
];

/** Near: prices a tenth apart at most, qualities a quarter of their deviation. */
const NEAR = { price: 0.1, quality: 0.25 };

/** How an item compares with another. */
export interface Relation {
  /** Cheaper and better. */
  readonly beats: boolean;
  /** Dearer and worse. */
  readonly isBeaten: boolean;
  readonly isCheaper: boolean;
  readonly isDearer: boolean;
  readonly near: boolean;
}

/** Compares two items; undefined where a field is missing, or they are of different kinds. */
export function compareItems(
  { price, quality, within }: ClassicalFields,
  shown: readonly (readonly ShownItem[])[],
): (one: ShownItem, other: ShownItem) => Relation | undefined {
  const near = NEAR.quality * deviation(shown.flatMap((items) => items.map((item) => numberOf(item.fields[quality]))));
  return ({ fields: one }, { fields: other }) => {
    if (within !== undefined && String(one[within]) !== String(other[within])) return undefined;
    const dearer = numberOf(one[price]) - numberOf(other[price]);
    const better = numberOf(one[quality]) - numberOf(other[quality]);
    if (Number.isNaN(dearer + better)) return undefined;
    return {
      beats: dearer < 0 && better > 0,
      isBeaten: dearer > 0 && better < 0,
      isCheaper: dearer < 0,
      isDearer: dearer > 0,
      near: Math.abs(dearer) <= NEAR.price * Math.abs(numberOf(one[price])) && Math.abs(better) <= near,
    };
  };
}

/** What holds for the item at a place: a bit for each of `classicalEffects`; undefined where fewer than two others can be compared with it. */
export function situationsOf(
  fields: ClassicalFields,
  shown: readonly (readonly ShownItem[])[],
): (items: readonly ShownItem[], place: number) => number | undefined {
  const compare = compareItems(fields, shown);
  return (items, place) => {
    const relations = items.flatMap((item, k) => (k === place ? [] : (compare(items[place], item) ?? [])));
    if (relations.length < 2) return undefined;
    const some = (holds: (relation: Relation) => boolean): boolean => relations.some(holds);
    const flags = [
      some(({ beats }) => beats),
      some(({ isBeaten }) => isBeaten),
      some(({ isDearer }) => isDearer) && some(({ isCheaper }) => isCheaper),
      some(({ near }) => near),
    ];
    return flags.reduce((bits, flag, at) => bits | (Number(flag) << at), 0);
  };
}

/** What a field says as a number: a text of digits too, whatever a model reads it as. */
export const numberOf = (value: FieldValue | undefined): number =>
  value === undefined || Array.isArray(value) || value === '' ? Number.NaN : Number(value);

function deviation(values: readonly number[]): number {
  const known = values.filter((value) => Number.isFinite(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
}

/** Names that prices, qualities and kinds of items often have. */
const USUAL = {
  price: ['price', 'cost', 'fee', 'amount'],
  quality: ['rating', 'quality', 'stars', 'review_score'],
  within: ['category', 'genre', 'type', 'kind'],
} as const;

/** The fields for it by their usual names, where none are told; undefined where the items have no price or no quality. */
export function guessFields(
  fields: readonly { readonly name: string; readonly kind: string }[],
  told: { readonly [field in keyof ClassicalFields]?: string | undefined },
): ClassicalFields | undefined {
  const usual = (names: readonly string[], kind: string): string | undefined =>
    names.find((name) => fields.some((field) => field.name === name && field.kind === kind));
  const price = told.price ?? usual(USUAL.price, 'numeric');
  const quality = told.quality ?? usual(USUAL.quality, 'numeric');
  if (price === undefined || quality === undefined) return undefined;
  return { price, quality, within: told.within ?? usual(USUAL.within, 'category') };
}
