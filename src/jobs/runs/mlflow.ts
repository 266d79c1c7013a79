import { checkOptionsArgument } from '../../slate/check-argument.ts';
import { type MlflowCall, type MlflowServer, mlflowCall, ServerAway, ServerRefused } from './mlflow-client.ts';
import { type MlflowRun, mlflowRun } from './mlflow-run.ts';
import type { Tracker } from './tracker.ts';

/** Which server is told, of which experiment, and who hears of trouble. */
export interface MlflowOptions extends MlflowServer {
  /** Made where there is none of this name. */
  readonly experiment: string;
  /** Told once that the server is away, and once that it refuses something. */
  readonly warn: (message: string) => void;
  /** Most milliseconds that the end of a run waits for the server. */
  readonly patience?: number;
}

/**
 * Tells an MLflow server of runs while they train, beside their folders. No training waits for it but for `patience` at its end, and none fails by it: what cannot be sent is
 * kept and sent with what comes next.
 */
export function mlflowTracker(options: MlflowOptions): Tracker {
  checkOptionsArgument(options, 'mlflowTracker', ['url', 'experiment', 'warn']);
  const { experiment, warn, patience = 10_000, ...server } = options;
  const call = mlflowCall(server);
  const { url } = server;
  let id: string | undefined;
  const experimentId = async (): Promise<string> => {
    id ??= await experimentNamed(call, experiment);
    return id;
  };
  /** In the order in which they began. */
  const open = new Set<MlflowRun>();
  const warned = new Set<string>();
  const warnOnce = (kind: string, what: string): void => {
    if (!warned.has(kind))
      warn(
        `${url}: expected an MLflow server that takes runs, found ${what}; training goes on, the run folders have all numbers`,
      );
    warned.add(kind);
  };

  let sending: Promise<void> | undefined;
  let isAsked = false;
  /** Sends in the background all that is left of all runs; asked for meanwhile, it looks again. */
  function send(): Promise<void> {
    isAsked = true;
    sending ??= (async () => {
      while (isAsked) {
        isAsked = false;
        await sendAll();
      }
      sending = undefined;
    })();
    return sending;
  }

  async function sendAll(): Promise<void> {
    for (const run of open) {
      try {
        await run.send();
        if (run.isDone) open.delete(run);
      } catch (error) {
        if (error instanceof ServerAway) return warnOnce('away', error.message);
        // Of this run it will take nothing more.
        open.delete(run);
        warnOnce('refused', (error as Error).message);
      }
    }
  }

  return (start) => {
    const run = mlflowRun(start, { call, url, experiment, experimentId });
    open.add(run);
    return {
      async begin(before) {
        await run.begin(before);
        send();
      },
      async add(line) {
        run.add(line);
        send();
      },
      async end(state) {
        run.end(state);
        let timer: NodeJS.Timeout | undefined;
        const limit = new Promise<void>((resolve) => {
          timer = setTimeout(resolve, patience);
        });
        await Promise.race([send(), limit]);
        clearTimeout(timer);
      },
    };
  };
}

async function experimentNamed(call: MlflowCall, name: string): Promise<string> {
  const found = async (): Promise<string> => {
    const { experiment } = await call('GET', 'experiments/get-by-name', { experiment_name: name });
    return (experiment as { readonly experiment_id: string }).experiment_id;
  };
  try {
    return await found();
  } catch (error) {
    if (!(error instanceof ServerRefused && error.code === 'RESOURCE_DOES_NOT_EXIST')) throw error;
  }
  try {
    return String((await call('POST', 'experiments/create', { name })).experiment_id);
  } catch (error) {
    // Another program was faster.
    if (error instanceof ServerRefused && error.code === 'RESOURCE_ALREADY_EXISTS') return found();
    throw error;
  }
}
