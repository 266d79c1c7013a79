import type { FieldColumns } from '../field-kinds/field-kind.ts';
import { fieldKinds } from '../field-kinds/field-kinds.ts';
import type { Field } from '../schema/schema.ts';

type Form = FieldColumns['form'];
type ColumnsOf<F extends Form> = Extract<FieldColumns, { readonly form: F }>;

/** A field and what its kind says of its columns. */
export interface FieldWithColumns<F extends Form> {
  readonly name: string;
  readonly columns: ColumnsOf<F>;
  /** Of a vector: its length; else 0. */
  readonly length: number;
}

/** The fields whose kinds have columns of this form, in the order of the schema. */
export function fieldsWith<F extends Form>(form: F, fields: readonly Field[]): readonly FieldWithColumns<F>[] {
  const isOfForm = (columns: FieldColumns): columns is ColumnsOf<F> => columns.form === form;
  return fields.flatMap(({ name, kind, length = 0 }) => {
    const { columns } = fieldKinds.named(kind);
    return isOfForm(columns) ? [{ name, columns, length }] : [];
  });
}
