import type { Operator } from '../operator.ts';
import { formatShape, requireType, ShapeError } from '../shape.ts';

/**
 * (x - mean) / sqrt(variance + epsilon) over the last axis, biased variance: layer normalisation (Ba, Kiros & Hinton 2016, equation 4) before its
 * gain and bias. ONNX Runtime gives the inverse deviation r as a further output, so that the gradient costs three passes:
 * dx = r (g - mean(g) - y mean(g y)).
 */
export const standardise: Operator<{ readonly epsilon: number }> = {
  name: 'standardise',
  infer([x]) {
    requireType('standardise', x, 'float32');
    if (typeof x.shape.at(-1) !== 'number') {
      throw new ShapeError(`standardise: the last axis of ${formatShape(x.shape)} must be a number`);
    }
    const moment = { shape: [...x.shape.slice(0, -1), 1], type: x.type };
    return [{ shape: x.shape, type: x.type }, moment, moment];
  },
  lower({ inputs: [source], attributes: { epsilon } }, [x], onnx) {
    const width = Number(source.shape.at(-1));
    const gain = onnx.floats(new Float32Array(width).fill(1), [width]);
    const bias = onnx.floats(new Float32Array(width), [width]);
    const attributes = { axis: -1, epsilon: { float: epsilon } };
    return onnx.emitAll('LayerNormalization', [x, gain, bias], 3, { attributes });
  },
  gradient({ inputs: [x], outputs: [y, , inverseDeviation] }, g) {
    const share = 1 / Number(x.shape.at(-1));
    const meanG = g.sum(-1, { keep: true }).mul(share);
    const meanGY = g.mul(y).sum(-1, { keep: true }).mul(share);
    return [g.sub(y.mul(meanGY)).sub(meanG).mul(inverseDeviation)];
  },
};
