import { broadcastShapes, requireSameType, requireType } from '../../tensor/shape.ts';
import { sumToShape } from '../broadcast.ts';
import type { Operator } from '../operator.ts';

/** `yes` where the condition holds, `no` elsewhere, broadcasting. */
export const where: Operator<object> = {
  name: 'where',
  infer([condition, yes, no]) {
    requireType('where', condition, 'bool');
    requireSameType('where', yes, no);
    const shape = broadcastShapes('where', condition.shape, broadcastShapes('where', yes.shape, no.shape));
    return [{ shape, type: yes.type }];
  },
  lower: (_node, inputs, onnx) => [onnx.emit('Where', inputs)],
  gradient: ({ inputs: [condition, yes, no] }, g) => [
    undefined,
    sumToShape(condition.where(g, 0), yes.shape),
    sumToShape(condition.where(0, g), no.shape),
  ],
};
