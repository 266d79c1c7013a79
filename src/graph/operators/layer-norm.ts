import type { Operator } from '../operator.ts';
import { formatShape, requireType, ShapeError } from '../shape.ts';

/**
 * Layer normalisation over the last axis (Ba, Kiros & Hinton 2016, equation 4), biased variance. ONNX Runtime gives the mean and the inverse deviation as
 * further outputs, so the gradient rule need not compute them again:
 * dx = r (h - mean(h) - x' mean(h x')) with x' = (x - mean) r and h = g * gain.
 */
export const layerNorm: Operator<{ readonly epsilon: number }> = {
  name: 'layerNorm',
  infer([x, gain, bias]) {
    requireType('layerNorm', x, 'float32');
    const width = x.shape.at(-1);
    for (const scale of [gain, bias]) {
      if (scale.shape.length !== 1 || scale.shape[0] !== width || typeof width !== 'number') {
        throw new ShapeError(
          `layerNorm: gain and bias must be [${width}], the last axis of ${formatShape(x.shape)}; got ${formatShape(scale.shape)}`,
        );
      }
    }
    const moments = [...x.shape.slice(0, -1), 1];
    return [
      { shape: x.shape, type: x.type },
      { shape: moments, type: x.type },
      { shape: moments, type: x.type },
    ];
  },
  lower: ({ attributes: { epsilon } }, inputs, onnx) =>
    onnx.emitAll('LayerNormalization', inputs, 3, { attributes: { axis: -1, epsilon: { float: epsilon } } }),
  gradient({ inputs: [x, gain], outputs: [, mean, inverseDeviation] }, g) {
    const width = Number(x.shape.at(-1));
    const normalised = x.sub(mean).mul(inverseDeviation);
    const leading = x.shape.slice(0, -1).map((_, axis) => axis);
    const h = g.mul(gain);
    const meanH = h.sum(-1, { keep: true }).mul(1 / width);
    const meanHX = h
      .mul(normalised)
      .sum(-1, { keep: true })
      .mul(1 / width);
    return [
      h.sub(meanH).sub(normalised.mul(meanHX)).mul(inverseDeviation),
      g.mul(normalised).sum(leading),
      g.sum(leading),
    ];
  },
};
