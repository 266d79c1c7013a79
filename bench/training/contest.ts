import { createProductRate } from './matrix-product-rate.ts';
import { createTrainer } from './our-trainer.ts';
import { flopsPerList, type ScorerShape } from './shape.ts';
import type { TorchMode, TorchPeer } from './torch-peer.ts';

/** One way to train, or to multiply matrices, with its rates: lists per second, or GFLOP/s. */
export interface Contender {
  readonly engine: 'slatewise' | 'pytorch' | 'products';
  readonly setting: string;
  readonly workers: number;
  readonly rates: number[];
  measure(seconds: number): Promise<number>;
  close(): Promise<void>;
}

export interface ContestOptions {
  readonly shape: ScorerShape;
  readonly peers: readonly TorchPeer[];
  readonly microBatches: readonly number[];
  readonly workers: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  onMeasured(contender: Contender, rate: number): void;
}

export interface ContestResult {
  /** Every contender's first, short measurement: it decides who goes on. */
  readonly trials: readonly Contender[];
  /** The best of each engine and of each number of workers or threads, measured in turns. */
  readonly finals: readonly Contender[];
}

/** A trial of every setting, then rounds in which the best settings take turns, so that whatever else the machine does hits all alike. */
export async function runContest(options: ContestOptions): Promise<ContestResult> {
  const { shape, seconds, rounds } = options;
  const trials: Contender[] = [];
  const contenders = [...(await ours(options)), ...theirs(options)];
  for (const contender of contenders) {
    // The first measurement warms up, and compiles where there is something to compile.
    await contender.measure(0.2);
    const rate = await contender.measure(Math.min(seconds, 1.5));
    trials.push({ ...contender, rates: [rate] });
    options.onMeasured(contender, rate);
  }
  const chosen = contenders.filter((contender, at) =>
    contenders.every(
      (other, otherAt) => !sameClass(contender, other) || trials[at].rates[0] >= trials[otherAt].rates[0],
    ),
  );
  for (const contender of contenders) if (!chosen.includes(contender)) await contender.close();
  const finals = [...chosen, ...(await products(options, chosen))];
  for (let round = 0; round < rounds; round++) {
    for (const contender of finals) {
      const rate = await contender.measure(seconds);
      contender.rates.push(rate);
      options.onMeasured(contender, rate);
    }
  }
  for (const contender of finals) await contender.close();
  return { trials, finals };

  async function ours({ microBatches, workers }: ContestOptions): Promise<Contender[]> {
    const all: Contender[] = [];
    for (const count of workers) {
      for (const microBatch of microBatches) {
        const trainer = await createTrainer(shape, { microBatch, workers: count });
        all.push({
          engine: 'slatewise',
          setting: `micro-batch ${microBatch}`,
          workers: count,
          rates: [],
          measure: (time) => rateOf(time, () => trainer.step().then(() => shape.B)),
          close: () => trainer.close(),
        });
      }
    }
    return all;
  }

  function theirs({ peers }: ContestOptions): Contender[] {
    const modes: TorchMode[] = [];
    for (const mode of ['eager', 'compile'] as const) for (const batch of [128, 512, 1024]) modes.push({ mode, batch });
    return peers.flatMap((peer) =>
      modes.map((mode) => ({
        engine: 'pytorch' as const,
        setting: `${mode.mode}, batch ${mode.batch}`,
        workers: peer.threads,
        rates: [],
        measure: (time: number) => peer.measure(shape, mode, time),
        close: async () => {},
      })),
    );
  }
}

/** The machine's rate of matrix products, in the micro-batch and with the workers of our finalists. */
async function products({ shape }: ContestOptions, finals: readonly Contender[]): Promise<Contender[]> {
  const all: Contender[] = [];
  for (const { engine, setting, workers } of finals) {
    if (engine !== 'slatewise') continue;
    const rate = await createProductRate(shape, { microBatch: Number(setting.split(' ')[1]), workers });
    all.push({
      engine: 'products',
      setting,
      workers,
      rates: [],
      measure: async (time) => (await rateOf(time, () => rate.run())) / 1e9,
      close: () => rate.close(),
    });
  }
  return all;
}

const sameClass = (a: Contender, b: Contender): boolean => a.engine === b.engine && a.workers === b.workers;

/** Amount of work a second, over at least `seconds`. */
async function rateOf(seconds: number, work: () => Promise<number>): Promise<number> {
  let amount = 0;
  const start = performance.now();
  while (performance.now() - start < 1000 * seconds) amount += await work();
  return (1000 * amount) / (performance.now() - start);
}

/** A contender's lists per second as GFLOP/s. */
export const gigaflops = (listsPerSecond: number, shape: ScorerShape): number =>
  (listsPerSecond * flopsPerList(shape)) / 1e9;
