import { type Contender, ourContender, productContender, torchContenders } from './contender.ts';
import { createLoadMeter } from './other-load.ts';
import type { ScorerShape } from './shape.ts';
import type { TorchPeer } from './torch-peer.ts';

export interface ContestOptions {
  readonly shape: ScorerShape;
  readonly peers: readonly TorchPeer[];
  readonly microBatches: readonly number[];
  readonly workers: readonly number[];
  readonly rounds: number;
  readonly seconds: number;
  /** Seconds that may be spent waiting for other processes, over the whole contest. */
  readonly patience: number;
  onMeasured(contender: Contender, rate: number): void;
}

export interface Measured {
  readonly contender: Contender;
  /** One per round. */
  readonly rates: readonly number[];
}

export interface ContestResult {
  /** Every setting's single trial: it decides which goes on. */
  readonly trials: readonly Measured[];
  /** The best setting of each engine and number of workers or threads, measured in turns. */
  readonly finals: readonly Measured[];
  /** Measurements that were thrown away and repeated because other processes kept the machine busy. */
  readonly repeated: number;
  /** Measurements that were kept although they were disturbed: patience had run out. */
  readonly disturbed: number;
}

/** More than this many cores in use by others, and a measurement is repeated. */
const QUIET = 0.1;

/** Seconds that a contender runs before each of its turns. */
const WAKING = 1;

/** A trial of every setting, then rounds in which the best settings take turns, so that slow changes of the machine hit all alike. */
export async function runContest(options: ContestOptions): Promise<ContestResult> {
  const { shape, peers, seconds, microBatches, workers } = options;
  const meter = createLoadMeter(peers.map((peer) => peer.processId));
  const deadline = performance.now() + 1000 * options.patience;
  let repeated = 0;
  let disturbed = 0;

  const contenders: Contender[] = [];
  for (const count of workers) for (const M of microBatches) contenders.push(await ourContender(shape, M, count));
  for (const peer of peers) contenders.push(...torchContenders(shape, peer));
  const trials: Measured[] = [];
  for (const contender of contenders) {
    // Warms up, and compiles where there is something to compile.
    await contender.measure(0.2);
    trials.push({ contender, rates: [await measured(contender)] });
  }

  const best = trials.filter((trial) => trials.every((other) => !sameClass(trial, other) || beats(trial, other)));
  for (const { contender } of trials) if (!best.some((kept) => kept.contender === contender)) await contender.close();
  const finals = best.map(({ contender }) => ({ contender, rates: [] as number[] }));
  for (const { contender } of best) {
    if (contender.engine !== 'slatewise') continue;
    const microBatch = Number(contender.setting.split(' ')[1]);
    finals.push({ contender: await productContender(shape, microBatch, contender.workers), rates: [] });
  }
  for (let round = 0; round < options.rounds; round++) {
    for (const { contender, rates } of finals) {
      // It has been idle while the others had their turns: its threads and its memory are awake again before it is measured.
      await contender.measure(WAKING);
      rates.push(await measured(contender));
    }
  }
  for (const { contender } of finals) await contender.close();
  return { trials, finals, repeated, disturbed };

  async function measured(contender: Contender): Promise<number> {
    for (;;) {
      await meter.waitForQuiet(QUIET, deadline);
      const stop = meter.start();
      const rate = await contender.measure(seconds);
      const quiet = stop() < QUIET;
      if (!quiet && performance.now() < deadline) {
        repeated++;
        continue;
      }
      if (!quiet) disturbed++;
      options.onMeasured(contender, rate);
      return rate;
    }
  }
}

const sameClass = (a: Measured, b: Measured): boolean =>
  a.contender.engine === b.contender.engine && a.contender.workers === b.contender.workers;

const beats = (a: Measured, b: Measured): boolean => a.rates[0] >= b.rates[0];
