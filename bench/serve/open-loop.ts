/** Requests at fixed moments, whether or not earlier ones were answered: a slow server cannot slow its own load down. Latencies count from the moment at which a request was due. */
import { Agent, request } from 'node:http';
import { performance } from 'node:perf_hooks';

export interface Asked {
  readonly path: string;
  readonly body: string;
}

export interface Load {
  /** Requests a second. */
  readonly rate: number;
  readonly seconds: number;
  readonly port: number;
  readonly next: (at: number) => Asked;
}

export interface Answered {
  /** Milliseconds of requests with status 200, ascending. */
  readonly latencies: Float64Array;
  /** How many answers of each status; `failed`: none. */
  readonly statuses: Readonly<Record<string, number>>;
}

const MOST_SOCKETS = 256;
/** Requests without an answer when no further one is sent: the client must not fall before the server does. */
const MOST_UNDER_WAY = 4000;

export async function openLoop({ rate, seconds, port, next }: Load): Promise<Answered> {
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_SOCKETS });
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  const count = Math.round(rate * seconds);
  const started = performance.now();
  let sent = 0;
  let underWay = 0;

  const answered = (status: string, due: number): void => {
    underWay--;
    statuses[status] = (statuses[status] ?? 0) + 1;
    if (status === '200') latencies.push(performance.now() - due);
  };

  function send(at: number): void {
    const due = started + (1000 * at) / rate;
    if (underWay >= MOST_UNDER_WAY) {
      statuses.unsent = (statuses.unsent ?? 0) + 1;
      return;
    }
    underWay++;
    const { path, body } = next(at);
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    let isTold = false;
    const tell = (status: string): void => {
      if (!isTold) answered(status, due);
      isTold = true;
    };
    const asked = request({ agent, port, host: '127.0.0.1', method: 'POST', path, headers }, (response) => {
      response.on('end', () => tell(String(response.statusCode))).on('error', () => tell('failed'));
      response.resume();
    });
    asked.on('error', () => tell('failed')).setTimeout(30_000, () => asked.destroy());
    asked.end(body);
  }

  while (sent < count) {
    const due = Math.min(count, Math.floor(((performance.now() - started) * rate) / 1000) + 1);
    while (sent < due) send(sent++);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const patience = performance.now() + 35_000;
  while (underWay > 0 && performance.now() < patience) await new Promise((resolve) => setTimeout(resolve, 5));
  agent.destroy();
  return { latencies: Float64Array.from(latencies).sort(), statuses };
}

/** Of ascending values. */
export const quantileOf = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
