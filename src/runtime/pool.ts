import type { CompiledGraph } from './compile.ts';
import { type FlatLayout, type Job, type JobResult, runJobs } from './job.ts';
import { startThread } from './node/thread.ts';
import { createParameterVersions } from './parameter-versions.ts';
import { createSession, type GraphSession } from './session.ts';
import type { Thread } from './thread.ts';
import { createUnderWay } from './under-way.ts';

export interface PoolOptions {
  /** How many sessions run side by side, each on its own thread; the calling thread is one of them, so that no core waits for a thread that only waits. */
  readonly workers: number;
  readonly layout: FlatLayout;
  /** Keeps the calling thread out of it: for one that has other pools to serve meanwhile. */
  readonly aside?: boolean | undefined;
}

/** Runs jobs of one graph on several threads. */
export interface Pool {
  /** The flat parameter vector that every job reads, as it is when `run` is called. */
  readonly parameters: Float32Array;
  /**
   * Results in the order of the jobs, whichever thread ran them: sums over them are the same for any number of workers. What the caller does between the call and
   * its await happens while the other threads are busy already. Any number of calls may be under way, each with the parameters of its own moment; they are
   * answered in turn. A job that fails, or a thread that ends, fails the calls it was part of and no other; the threads that are left go on.
   */
  run(jobs: readonly Job[]): Promise<readonly JobResult[]>;
  /** Calls under way are answered first; those after it reject. */
  close(): Promise<void>;
}

export async function createPool(graph: CompiledGraph, { workers, layout, aside = false }: PoolOptions): Promise<Pool> {
  const parameters = new Float32Array(layout.length);
  const count = Math.max(workers, 1) - (aside ? 0 : 1);
  const starting = Array.from({ length: count }, () => startThread({ graph, layout }));
  const own: Promise<GraphSession>[] = aside ? [] : [createSession(graph)];
  const [here, others] = await Promise.all([Promise.allSettled(own), Promise.allSettled(starting)]);
  if ([...here, ...others].some(({ status }) => status === 'rejected'))
    await Promise.all([
      ...here.map((one) => stop(one, (session) => session.release())),
      ...others.map((one) => stop(one, (thread) => thread.close())),
    ]);
  const [session] = here.map(unwrap);
  const threads = others.map(unwrap);
  const versions = createParameterVersions(parameters, { isShared: count > 0 });
  const underWay = createUnderWay();
  let ownTurn: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;

  /** Of the calling thread, one call after the other. */
  function runHere(session: GraphSession, jobs: readonly Job[], own: Float32Array): Promise<readonly JobResult[]> {
    const results = ownTurn.then(() => runJobs(session, jobs, { layout, parameters: own }));
    ownTurn = results.catch(() => undefined);
    return results;
  }

  async function runAll(jobs: readonly Job[]): Promise<readonly JobResult[]> {
    const version = versions.take();
    const alive = threads.filter(({ isAlive }) => isAlive);
    if (!session && alive.length === 0)
      throw new Error('run: every thread of the pool has ended; load the model again');
    const shares = deal(jobs, alive.length + (session ? 1 : 0));
    const elsewhere = alive.map((thread, at) => thread.run(shares[at + (session ? 1 : 0)], version.shared));
    // A failed job fails the run, but only once nothing of it is under way any more.
    const settled = await Promise.allSettled([
      ...(session ? [runHere(session, shares[0], version.own)] : []),
      ...elsewhere,
    ]);
    versions.release(version);
    return gather(settled.map(unwrap));
  }

  return {
    parameters,
    async run(jobs) {
      if (closing)
        throw new Error('run: expected an open pool, found a closed one; ask before close(), or load the model again');
      return underWay.follow(runAll(jobs));
    },
    close() {
      closing ??= closeAll();
      return closing;
    },
  };

  async function closeAll(): Promise<void> {
    await underWay.settled();
    await Promise.all([session?.release(), ...threads.map((thread) => thread.close())]);
  }
}

/** A pool that cannot start leaves nothing behind of what did. */
async function stop<T extends GraphSession | Thread>(
  begun: PromiseSettledResult<T>,
  end: (value: T) => Promise<void>,
): Promise<void> {
  if (begun.status === 'fulfilled') await end(begun.value);
}

/** Job i goes to share i mod count, as cards are dealt. */
const deal = <T>(items: readonly T[], count: number): readonly (readonly T[])[] =>
  Array.from({ length: count }, (_, share) => items.filter((_, at) => at % count === share));

/** The inverse of `deal`. */
function gather<T>(shares: readonly (readonly T[])[]): readonly T[] {
  const total = shares.reduce((sum, share) => sum + share.length, 0);
  return Array.from({ length: total }, (_, at) => shares[at % shares.length][Math.floor(at / shares.length)]);
}

function unwrap<T>(settled: PromiseSettledResult<T>): T {
  if (settled.status === 'rejected') throw settled.reason;
  return settled.value;
}
