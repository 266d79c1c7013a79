import { EXIT } from './exit-codes.ts';

/** Aborts on the first Ctrl-C, so that work can stop cleanly; the second ends the process at once. */
export const abortOnInterrupt = (): AbortSignal => listen().signal;

/** The same for as long as the work lasts: after it Ctrl-C means what it meant before. */
export async function whileInterruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { signal, stop } = listen();
  try {
    return await work(signal);
  } finally {
    stop();
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

function listen(): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(EXIT.interrupted);
    process.stderr.write('\nstopping as soon as it is safe (Ctrl-C again to stop at once)\n');
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}
