import { formatShape, requireType, ShapeError } from '../../tensor/shape.ts';
import type { OnnxEmitter, Operator } from '../operator.ts';

export interface StandardiseAttributes {
  readonly epsilon: number;
  /** Promise that the gradient that comes back has mean 0 along the axis, so that it need not be subtracted. */
  readonly centredGradient: boolean;
  /** Promise that the rows of x have mean 0: they are only scaled, by an operator of ONNX Runtime's own in half the time. In float64 the mean is taken off all the same. */
  readonly centredInput: boolean;
}

/**
 * (x - mean) / sqrt(variance + epsilon) of every row of x [R, N], biased variance: layer normalisation (Ba, Kiros & Hinton 2016, equation 4) before its
 * gain and bias. ONNX Runtime gives the inverse deviation r as a further output, so that the gradient costs three passes:
 * dx = r (g - mean(g) - y mean(g y)).
 */
export const standardise: Operator<StandardiseAttributes> = {
  name: 'standardise',
  infer([x]) {
    requireType('standardise', x, 'float32');
    if (x.shape.length !== 2 || typeof x.shape[1] !== 'number') {
      throw new ShapeError(`standardise: the last axis of ${formatShape(x.shape)} must be a number`);
    }
    const moment = { shape: [...x.shape.slice(0, -1), 1], type: x.type };
    return [{ shape: x.shape, type: x.type }, moment];
  },
  lower({ inputs: [source], attributes: { epsilon, centredInput } }, [x], onnx) {
    if (onnx.float === 'float64') return lowerInSteps(x, epsilon, onnx);
    const width = Number(source.shape.at(-1));
    const gain = onnx.floats(new Float32Array(width).fill(1), [width]);
    const attributes = { axis: -1, epsilon: { float: epsilon } };
    if (centredInput) return onnx.emitAll('SimplifiedLayerNormalization', [x, gain], 2, { attributes });
    const bias = onnx.floats(new Float32Array(width), [width]);
    const [y, , inverseDeviation] = onnx.emitAll('LayerNormalization', [x, gain, bias], 3, { attributes });
    return [y, inverseDeviation];
  },
  gradient({ outputs: [y, inverseDeviation], attributes: { centredGradient } }, g) {
    const along = y.scaleRows(g.mul(y).mean());
    return [(centredGradient ? g : g.sub(g.mean())).sub(along).scaleRows(inverseDeviation)];
  },
};

/** ONNX Runtime's LayerNormalization gives its moments as float32 only; gradient checks take the long way. */
function lowerInSteps(x: string, epsilon: number, onnx: OnnxEmitter): readonly string[] {
  const mean = (value: string): string => onnx.emit('ReduceMean', [value, onnx.integers([-1])]);
  const centre = mean(x);
  const deviations = onnx.emit('Sub', [x, centre]);
  const variance = mean(onnx.emit('Mul', [deviations, deviations]));
  const inverseDeviation = onnx.emit('Reciprocal', [
    onnx.emit('Sqrt', [onnx.emit('Add', [variance, onnx.floats([epsilon], [])])]),
  ]);
  return [onnx.emit('Mul', [deviations, inverseDeviation]), inverseDeviation];
}
