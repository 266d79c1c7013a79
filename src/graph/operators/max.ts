import { requireType } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

export interface MaxAttributes {
  readonly axis: number;
  readonly keep: boolean;
}

/** Largest element along one axis; elements that tie for it share the gradient equally. */
export const max: Operator<MaxAttributes> = {
  name: 'max',
  infer([x], { axis, keep }) {
    requireType('max', x, 'float32');
    const kept = x.shape.map((extent, at) => (at === axis ? 1 : extent));
    return [{ shape: keep ? kept : kept.filter((_, at) => at !== axis), type: x.type }];
  },
  lower: ({ attributes: { axis, keep } }, [x], onnx) => [
    onnx.emit('ReduceMax', [x, onnx.integers([axis])], { attributes: { keepdims: Number(keep) } }),
  ],
  gradient({ inputs: [x], outputs: [y], attributes: { axis } }, g) {
    const kept = x.shape.map((extent, at) => (at === axis ? 1 : extent));
    const winners = x.equal(y.reshape(kept)).toFloat();
    return [winners.mul(g.reshape(kept)).div(winners.sum(axis, { keep: true }))];
  },
};
