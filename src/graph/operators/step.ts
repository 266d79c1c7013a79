import type { Operator } from '../operator.ts';
import { elementwise } from '../unary-shape.ts';

/** The largest float: steep enough to take every normal positive number to 1. */
const STEEPEST = 3.4e38;

/** 1 where x > 0, 0 elsewhere, as a float: a clipped line of one pass, where a comparison and a cast take two. No gradient. */
export const step: Operator<object> = {
  name: 'step',
  infer: ([x]) => elementwise('step', x),
  lower(_node, [x], onnx) {
    if (onnx.float === 'float64') return [onnx.cast(onnx.emit('Greater', [x, onnx.floats([0], [])]), 'float32')];
    return [onnx.emit('HardSigmoid', [x], { attributes: { alpha: { float: STEEPEST }, beta: { float: 0 } } })];
  },
};
