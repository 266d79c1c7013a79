/** Legend: B lists a step, M lists a micro-batch, K items a list, D width. */
import { gradients } from '../../src/graph/gradients.ts';
import { input } from '../../src/graph/leaves.ts';
import { createLayerNorm, layerNormLinear, standardised } from '../../src/nn/layer-norm.ts';
import { createLinear, linear } from '../../src/nn/linear.ts';
import { collectParameters } from '../../src/nn/parameter.ts';
import { absenceBias } from '../../src/nn/self-attention.ts';
import { createTransformerBlock, transformerBlocks } from '../../src/nn/transformer-block.ts';
import { createRng } from '../../src/random/rng.ts';
import { compileGraph } from '../../src/runtime/compile.ts';
import { flatGradient, flatGradientName } from '../../src/runtime/flat-gradient.ts';
import { createFlatLayout, type Job } from '../../src/runtime/job.ts';
import { createPool } from '../../src/runtime/pool.ts';
import { sumGradients } from '../../src/runtime/sum-gradients.ts';
import { createAdamW } from '../../src/train/optimizers/adamw.ts';
import type { ScorerShape } from './shape.ts';

export interface Trainer {
  /** One optimizer step on the next of a few batches; the loss of its first micro-batch. */
  step(): Promise<number>;
  close(): Promise<void>;
}

export interface TrainerOptions {
  readonly microBatch: number;
  readonly workers: number;
}

/** The attention scorer on given item vectors, trained as `train/` does it: micro-batches on the pool, gradients summed in their order, AdamW. */
export async function createTrainer(shape: ScorerShape, { microBatch, workers }: TrainerOptions): Promise<Trainer> {
  const { graph, layout, initial, decays } = compileScorer(shape);
  const pool = await createPool(graph, { workers, layout });
  pool.parameters.set(initial);
  const optimizer = createAdamW({ decays, weightDecay: 0.05 });
  const batches = Array.from({ length: 4 }, (_, seed) => createBatch(shape, microBatch, seed));
  const gradient = new Float32Array(layout.length);
  let steps = 0;
  return {
    async step() {
      const jobs = batches[steps++ % batches.length];
      const results = await pool.run(jobs);
      sumGradients(
        results,
        jobs.map(() => 1 / jobs.length),
        gradient,
      );
      optimizer.step(pool.parameters, gradient, 1e-3);
      return Number(results[0].values.loss.data[0]);
    },
    close: () => pool.close(),
  };
}

function compileScorer({ D, heads, blocks, feedForward }: ScorerShape) {
  const rng = createRng(1);
  const layer = {
    input: createLinear(rng, { inputs: D, outputs: D }),
    blocks: Array.from({ length: blocks }, () => createTransformerBlock(rng, { width: D, heads, feedForward })),
    norm: createLayerNorm(D),
    logit: createLinear(rng, { inputs: D, outputs: 1 }),
  };
  const maskBK = input('maskBK', ['B', 'K']);
  const labelsBK = input('labelsBK', ['B', 'K']);
  const absenceB11K = absenceBias(maskBK);
  const itemsBKD = linear(layer.input, input('itemsBKD', ['B', 'K', D]));
  const hiddenBKD = transformerBlocks(layer.blocks, itemsBKD, { absenceB11K, rate: 0 });
  const logitsBK = layerNormLinear(layer.norm, layer.logit, standardised(hiddenBKD.flattenRows())).reshape(['B', 'K']);
  const lossesBK = logitsBK.softplus().sub(logitsBK.mul(labelsBK));
  const loss = lossesBK.mul(maskBK).total().div(maskBK.total());

  const parameters = collectParameters(layer);
  const names = Object.keys(parameters);
  const tensors = Object.fromEntries(names.map((name) => [name, parameters[name].tensor]));
  const found = gradients(loss, Object.values(tensors)).filter((gradient) => gradient !== undefined);
  const outputs = { loss, [flatGradientName]: flatGradient(found) };
  const layout = createFlatLayout(Object.fromEntries(names.map((name) => [name, parameters[name].shape])));
  const initial = new Float32Array(layout.length);
  const decays = new Uint8Array(layout.length);
  for (const { name, offset, length } of layout.entries) {
    initial.set(parameters[name].initial, offset);
    decays.fill(Number(parameters[name].decays), offset, offset + length);
  }
  return { graph: compileGraph(outputs, { parameters: tensors, flat: layout.entries }), layout, initial, decays };
}

function createBatch({ B, K, D }: ScorerShape, M: number, seed: number): readonly Job[] {
  const rng = createRng(seed);
  return Array.from({ length: B / M }, () => ({
    feeds: {
      itemsBKD: { data: Float32Array.from({ length: M * K * D }, () => rng.normal()), dims: [M, K, D] },
      maskBK: { data: new Float32Array(M * K).fill(1), dims: [M, K] },
      labelsBK: { data: Float32Array.from({ length: M * K }, () => Number(rng.next() < 0.2)), dims: [M, K] },
    },
  }));
}
