/** The bounded queue in front of the models. Who comes when it is full is sent away at once. */
import { HttpFault } from '../wire/http-fault.ts';

export interface GateOptions {
  /** Calls that are answered at once. */
  readonly running: number;
  /** Calls that wait for their turn. */
  readonly waiting: number;
  /** Calls, running and waiting, of one client. */
  readonly ofOneClient: number;
  /** Milliseconds that a call may wait: who asked has given up by then, and the answer would keep others waiting. */
  readonly longest: number;
}

export interface Gate {
  readonly running: number;
  readonly waiting: number;
  /** Sent away since the start. */
  readonly refused: number;
  /** Throws `HttpFault` where there is no room: asked before a body is read. */
  refuseFull(client: string): void;
  /** Resolves in turn, with what is to be called once the work has ended. Rejects with the signal's reason where the client goes first, with `HttpFault` where its turn comes too late. */
  enter(client: string, signal: AbortSignal): Promise<() => void>;
}

interface Waiting {
  readonly since: number;
  readonly start: () => void;
  readonly refuse: () => void;
}

export function createGate(options: GateOptions, now: () => number = () => performance.now()): Gate {
  const queue = new Set<Waiting>();
  const ofClient = new Map<string, number>();
  let running = 0;
  let refused = 0;

  function refuseFull(client: string): void {
    if (queue.size >= options.waiting) {
      refused++;
      throw new HttpFault(
        'overloaded',
        `the server: expected room in its queue of ${options.waiting}, found it full; ask again after the seconds of the header retry-after`,
      );
    }
    if ((ofClient.get(client) ?? 0) >= options.ofOneClient) {
      refused++;
      throw new HttpFault(
        'too-many-at-once',
        `your requests: expected at most ${options.ofOneClient} at once, found more; wait for answers before you ask again`,
      );
    }
  }

  function leave(client: string): void {
    running--;
    count(client, -1);
    for (const next of queue) {
      queue.delete(next);
      if (now() - next.since <= options.longest) {
        next.start();
        return;
      }
      next.refuse();
    }
  }

  function count(client: string, by: number): void {
    const now = (ofClient.get(client) ?? 0) + by;
    if (now > 0) ofClient.set(client, now);
    else ofClient.delete(client);
  }

  /** Its turn is over once, however often it is said. */
  function started(client: string): () => void {
    running++;
    let hasLeft = false;
    return () => {
      if (hasLeft) return;
      hasLeft = true;
      leave(client);
    };
  }

  return {
    get running() {
      return running;
    },
    get waiting() {
      return queue.size;
    },
    get refused() {
      return refused;
    },
    refuseFull,
    async enter(client, signal) {
      signal.throwIfAborted();
      refuseFull(client);
      count(client, 1);
      if (running < options.running) return started(client);
      return new Promise((resolve, reject) => {
        const gone = (): void => {
          queue.delete(waiting);
          count(client, -1);
          reject(signal.reason);
        };
        const waiting: Waiting = {
          since: now(),
          start: () => {
            signal.removeEventListener('abort', gone);
            resolve(started(client));
          },
          refuse: () => {
            signal.removeEventListener('abort', gone);
            count(client, -1);
            refused++;
            reject(
              new HttpFault(
                'overloaded',
                `the server: expected a turn within ${options.longest / 1000} s, found calls before this one still; ask again after the seconds of the header retry-after`,
              ),
            );
          },
        };
        queue.add(waiting);
        signal.addEventListener('abort', gone, { once: true });
      });
    },
  };
}
