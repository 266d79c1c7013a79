import type { FieldValue } from '../../slate/fields.ts';
import type { FieldColumns } from './field-kind.ts';

/**
 * What was expected instead of a value that a kind with these columns reads nothing from; undefined where it reads it. A text that stands for none in a log (empty, `NULL`) is
 * no number: a program says `null`. An empty list is no tag, or no vector. `length` is that of a vector, where it is known.
 */
export function unreadable(columns: FieldColumns, value: FieldValue, length?: number): string | undefined {
  switch (columns.form) {
    case 'number':
      return columns.read(value) === undefined ? columns.values : undefined;
    case 'bag':
      return columns.single && Array.isArray(value) ? 'one value, no list,' : undefined;
    case 'vector': {
      const isEmpty = Array.isArray(value) && value.length === 0;
      const isOne =
        Array.isArray(value) && typeof value[0] === 'number' && (length === undefined || value.length === length);
      return isEmpty || isOne ? undefined : `a list of ${length === undefined ? '' : `${length} `}numbers`;
    }
    case 'none':
      return undefined;
  }
}
