import { createProductRate } from './matrix-product-rate.ts';
import { createTrainer } from './our-trainer.ts';
import type { ScorerShape } from './shape.ts';
import type { TorchPeer } from './torch-peer.ts';

/** One way to train, or to multiply matrices. */
export interface Contender {
  readonly engine: 'slatewise' | 'pytorch' | 'products';
  readonly setting: string;
  /** Workers of ours, threads of PyTorch. */
  readonly workers: number;
  /** Lists per second, or GFLOP/s of `products`, over at least `seconds`. */
  measure(seconds: number): Promise<number>;
  close(): Promise<void>;
}

export async function ourContender(shape: ScorerShape, microBatch: number, workers: number): Promise<Contender> {
  const trainer = await createTrainer(shape, { microBatch, workers });
  return {
    engine: 'slatewise',
    setting: `micro-batch ${microBatch}`,
    workers,
    measure: (seconds) => rateOf(seconds, () => trainer.step().then(() => shape.B)),
    close: () => trainer.close(),
  };
}

export function torchContenders(shape: ScorerShape, peer: TorchPeer): readonly Contender[] {
  const modes = [128, 512, 1024].flatMap((batch) =>
    (['eager', 'compile'] as const).flatMap((mode) =>
      (['fused', 'plain'] as const).map((attention) => ({ mode, attention, batch })),
    ),
  );
  return modes.map((mode) => ({
    engine: 'pytorch' as const,
    setting: `${mode.mode}, ${mode.attention}, batch ${mode.batch}`,
    workers: peer.threads,
    measure: (seconds: number) => peer.measure(shape, mode, seconds),
    close: async () => {},
  }));
}

export async function productContender(shape: ScorerShape, microBatch: number, workers: number): Promise<Contender> {
  const rate = await createProductRate(shape, { microBatch, workers });
  return {
    engine: 'products',
    setting: `micro-batch ${microBatch}`,
    workers,
    measure: async (seconds) => (await rateOf(seconds, () => rate.run())) / 1e9,
    close: () => rate.close(),
  };
}

/** Amount of work a second, over at least `seconds`. */
async function rateOf(seconds: number, work: () => Promise<number>): Promise<number> {
  let amount = 0;
  const start = performance.now();
  while (performance.now() - start < 1000 * seconds) amount += await work();
  return (1000 * amount) / (performance.now() - start);
}
