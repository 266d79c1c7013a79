import type { Operator } from '../operator.ts';
import type { TensorType } from '../shape.ts';

export interface InputAttributes extends TensorType {
  readonly name: string;
}

/** A value fed at every run: data, or a parameter. The serialiser declares it by its name. */
export const input: Operator<InputAttributes> = {
  name: 'input',
  infer: (_inputs, { shape, type }) => [{ shape, type }],
  lower: ({ attributes }) => [attributes.name],
};
