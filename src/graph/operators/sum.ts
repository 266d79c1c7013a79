import { formatShape, requireType, type Shape, ShapeError } from '../../tensor/shape.ts';
import type { Operator } from '../operator.ts';

export interface SumAttributes {
  /** Ascending, each counted from the start. */
  readonly axes: readonly number[];
  /** Whether summed axes stay, with extent 1. */
  readonly keep: boolean;
}

/** Sum over some axes. */
export const sum: Operator<SumAttributes> = {
  name: 'sum',
  infer([x], { axes, keep }) {
    requireType('sum', x, 'float32');
    if (new Set(axes).size < axes.length) {
      throw new ShapeError(`sum: axes [${axes.join(', ')}] of ${formatShape(x.shape)} repeat`);
    }
    const kept = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
    return [{ shape: keep ? kept : kept.filter((_, axis) => !axes.includes(axis)), type: x.type }];
  },
  lower: ({ attributes: { axes, keep } }, [x], onnx) => [
    axes.length === 0
      ? onnx.emit('Identity', [x])
      : onnx.emit('ReduceSum', [x, onnx.integers(axes)], { attributes: { keepdims: Number(keep) } }),
  ],
  gradient({ inputs: [x], attributes: { axes } }, g) {
    const kept: Shape = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
    return [g.reshape(kept).broadcastTo(x.shape)];
  },
};
