import type { BagColumns, FieldKindDefinition } from './field-kind.ts';
import { areTextsNumbers, doubtOfNamesThatAreNumbers } from './numbers-in-texts.ts';

/** A category whose values occur fewer times than this on average teaches nothing that carries over to the next item. */
const MEAN_REPEATS = 2;
/** Strings longer than this on average are text, not names of categories. */
export const TEXT_LENGTH = 60;

/** One value of a vocabulary: a brand, a genre, a city. */
export const categoryKind: FieldKindDefinition<'category', string | number | boolean, BagColumns> = {
  kind: 'field kind',
  name: 'category',
  columns: { form: 'bag', single: true },
  claims(field) {
    const { count, strings, distinct, meanLength } = field;
    if (strings < count || areTextsNumbers(field)) return false;
    return count / Math.max(1, distinct) >= MEAN_REPEATS && meanLength <= TEXT_LENGTH;
  },
  doubt: doubtOfNamesThatAreNumbers,
  lacks: () => undefined,
  lost: () => 0,
};
