import { type Reporter, warningIn } from '../jobs/reporter.ts';
import { orAborted } from './abort.ts';
import type { TrainOptions } from './options.ts';

export interface WatchedProgress {
  readonly reporter: Reporter;
  /** What was said to be wrong so far, one sentence each. */
  readonly warnings: readonly string[];
  /** Waits for what an async callback still does; throws what it rejected with. */
  finish(): Promise<void>;
}

/** Tells a caller's callback how far the work is. An async one that rejects ends the work at its next step, as one that throws does. */
export function watchProgress(
  onProgress: TrainOptions['onProgress'],
  signal: AbortSignal | undefined,
): WatchedProgress {
  const warnings: string[] = [];
  const pending = new Set<Promise<unknown>>();
  let failure: { readonly error: unknown } | undefined;
  return {
    warnings,
    reporter: {
      note(message) {
        const wrong = warningIn(message);
        if (wrong !== undefined) warnings.push(wrong);
      },
      progress(progress) {
        if (failure) throw failure.error;
        const told: unknown = onProgress?.(progress);
        if (!(told instanceof Promise)) return;
        const watched: Promise<void> = told.then(
          () => void pending.delete(watched),
          (error) => {
            pending.delete(watched);
            failure ??= { error };
          },
        );
        pending.add(watched);
      },
      done() {},
    },
    async finish() {
      await orAborted(Promise.all(pending), signal);
      if (failure) throw failure.error;
    },
  };
}
