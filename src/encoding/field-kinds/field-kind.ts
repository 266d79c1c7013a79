import type { FieldValue } from '../../slate/fields.ts';
import type { FieldStatistics } from '../field-values/field-statistics.ts';

/** A number, standardised; a column of its own tells where it is missing. */
export interface NumberColumns {
  readonly form: 'number';
  /** The number of a value; undefined where it has none, which counts as missing. */
  read(value: FieldValue | undefined): number | undefined;
  /** What errors call such values: `numbers`. */
  readonly values: string;
  /** Whether the numbers are epoch milliseconds, of which a model also knows the age at the impression. */
  readonly hasAge: boolean;
}

/** Values of a vocabulary, as ids: one where it is `single`, else several. */
export interface BagColumns {
  readonly form: 'bag';
  readonly single: boolean;
}

/** As many numbers as the field's length says. */
export interface VectorColumns {
  readonly form: 'vector';
}

/** The field is left out. */
export interface NoColumns {
  readonly form: 'none';
}

/** How the values of a field become columns; `encoders/` knows each form. Kinds may share one. */
export type FieldColumns = NumberColumns | BagColumns | VectorColumns | NoColumns;

/** Why a field may be of another kind than it was taken for. */
export interface Doubt {
  readonly because: string;
  /** When the other kind is right. */
  readonly otherwise: string;
  /** The name of the other kind. */
  readonly kind: string;
}

/** What a field must hold to be of a kind, and in how many events it does. */
export interface Lack {
  readonly wanted: string;
  readonly found: number;
}

/** Everything that the program knows of a kind of field: one file of this room each, and one line in `field-kinds.ts`. */
export interface FieldKindDefinition<Name extends string = string, Value = unknown, Columns = FieldColumns> {
  readonly kind: 'field kind';
  /** What configs and schemas call it. */
  readonly name: Name;
  /** Never there: it tells the compiler which values a program may give. */
  readonly value?: Value;
  readonly columns: Columns;
  /** Whether a field that nobody gave a kind is of this one, as far as no kind of an earlier line claims it. */
  claims(field: FieldStatistics): boolean;
  /** What settles the kind of a field that was claimed and may be of another kind; undefined where there is no doubt. */
  doubt(field: FieldStatistics): Doubt | undefined;
  /** What a field that is given this kind by hand lacks to be of it; undefined where it can be. */
  lacks(field: FieldStatistics): Lack | undefined;
  /** How many values of the field it leaves out. */
  lost(field: FieldStatistics): number;
}
