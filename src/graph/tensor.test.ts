import { describe, expect, it } from 'vitest';
import { compileGraph } from '../runtime/compile.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { gradients } from './gradients.ts';
import { concat, input } from './leaves.ts';

const x = input('x', ['B', 3]);
/** As good as a tensor by its shape, made by nobody. */
const lookAlike = { shape: ['B', 3], type: 'float32', rank: 2 } as unknown as Tensor;

describe('a tensor that is none of the engine', () => {
  const refused = (name: string): RegExp =>
    new RegExp(`^${name}: expected a tensor, found an object like one; make it`);

  it('is refused by every method that takes one, and by every function that is given one', () => {
    expect(() => x.add(lookAlike)).toThrow(refused('add'));
    expect(() => x.matmul(lookAlike)).toThrow(refused('matmul'));
    expect(() => concat([lookAlike], 0)).toThrow(refused('concat'));
    expect(() => concat([x, lookAlike], 1)).toThrow(refused('concat'));
    expect(() => gradients(lookAlike, [x])).toThrow(refused('gradients'));
    expect(() => gradients(x.total(), [lookAlike])).toThrow(refused('gradients'));
    expect(() => compileGraph({ out: lookAlike })).toThrow(refused('compileGraph'));
  });

  it('is told by what it is', () => {
    expect(() => x.add(undefined as unknown as Tensor)).toThrow('add: expected a tensor, found undefined');
  });
});
