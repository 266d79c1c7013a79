import type { TensorType } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

export interface InputAttributes extends TensorType {
  readonly name: string | undefined;
}

/** A value fed at every run: data, or a parameter. Names are settled when the graph is compiled. */
export const input: Operator<InputAttributes> = {
  name: 'input',
  infer: (_inputs, { shape, type }) => [{ shape, type }],
  lower() {
    throw new TypeError('input: the compiler names inputs itself');
  },
};
