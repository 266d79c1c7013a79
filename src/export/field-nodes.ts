/** The fields of items, users and requests as named inputs, and what a model is fed of them. Legend: n rows, T texts of the longest bag. */
import type { FieldsEncoder } from '../encoding/encoders/fields-encoder.ts';
import type { EmbeddingTable } from '../models/tables/embedding-table.ts';
import { pooledBags, rowsOfTexts } from './bag-nodes.ts';
import type { GraphWriter } from './graph-writer.ts';
import { ages, encodedNumbers } from './number-nodes.ts';

/** Whose fields: it opens the names of their inputs. */
export interface InputScope {
  readonly scope: 'item' | 'user' | 'request';
  /** The extent of the inputs: items or lists. */
  readonly rows: string;
}

/** How the number of texts of a bag is called beside them. */
export const countInput = (input: string): string => `${input}.count`;

export interface FieldNodes {
  /** [n, columns] in double precision, in the order of `encodeDense`; undefined where there are none. */
  readonly dense: string | undefined;
  /** [n, columns] of the fields that have an age, at a moment of each row [n, 1]. */
  readonly agesAt: (now: string) => string | undefined;
}

/** Declares an input for each number and vector: NaN where there is none. */
export function numberNodes(writer: GraphWriter, encoder: FieldsEncoder, { scope, rows }: InputScope): FieldNodes {
  const { numeric, vectors } = encoder;
  const columns = numeric.map(({ name }) => writer.unsqueeze(writer.input(`${scope}.${name}`, 'float64', [rows]), 1));
  const raw = columns.length > 0 ? writer.concat(columns, 1) : undefined;
  const picked = (value: string, which: (field: (typeof numeric)[number]) => boolean): string | undefined => {
    const at = [...numeric.keys()].filter((index) => which(numeric[index]));
    return at.length === 0
      ? undefined
      : writer.emit('Gather', [value, writer.integers(at)], { attributes: { axis: 1 } });
  };
  const parts: (string | undefined)[] = [];
  if (raw !== undefined) {
    parts.push(
      encodedNumbers(
        writer,
        raw,
        numeric.map((field) => field.encoder),
      ),
    );
    const flags = picked(writer.emit('IsNaN', [raw]), ({ flag }) => flag);
    parts.push(flags && writer.cast(flags, 'float64'));
  }
  for (const { name, encoders } of vectors)
    parts.push(encodedNumbers(writer, writer.input(`${scope}.${name}`, 'float64', [rows, encoders.length]), encoders));
  const present = parts.filter((part) => part !== undefined);
  return {
    dense: present.length > 0 ? writer.concat(present, 1) : undefined,
    agesAt(now) {
      const times = raw === undefined ? undefined : picked(raw, ({ columns }) => columns.hasAge);
      return times && ages(writer, times, now);
    },
  };
}

/** Declares an input for the texts of each category and bag; what each gives as a vector [n, E]. */
export function bagNodes(
  writer: GraphWriter,
  encoder: FieldsEncoder,
  { scope, rows, tables }: InputScope & { readonly tables: readonly EmbeddingTable[] },
): readonly string[] {
  return encoder.vocabularies.map(({ name, vocabulary }, at) => {
    const input = `${scope}.${name}`;
    const texts = writer.input(input, 'string', [rows, `texts of ${input}`]);
    const count = writer.input(countInput(input), 'int64', [rows]);
    return pooledBags(writer, rowsOfTexts(writer, texts, vocabulary.ids), count, tables[at]);
  });
}
