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
  /** Events that were rejected: their answers have status 200 too. */
  readonly rejected: number;
}

const MOST_SOCKETS = 256;
/** Requests without an answer when no further one is sent: the client must not fall before the server does. */
const MOST_UNDER_WAY = 4000;
/** A timer comes up to so many milliseconds late: what is due sooner is waited for without one. */
const TIMER = 2;

export async function openLoop({ rate, seconds, port, next }: Load): Promise<Answered> {
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_SOCKETS });
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  const count = Math.round(rate * seconds);
  const started = performance.now();
  let sent = 0;
  let underWay = 0;
  let rejected = 0;

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
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        tell(String(response.statusCode));
        if (path === '/v1/events') rejected += rejectedIn(Buffer.concat(parts).toString());
      });
      response.on('error', () => tell('failed'));
    });
    asked.on('error', () => tell('failed')).setTimeout(30_000, () => asked.destroy());
    asked.end(body);
  }

  while (sent < count) {
    const due = Math.min(count, Math.floor(((performance.now() - started) * rate) / 1000) + 1);
    while (sent < due) send(sent++);
    await until(started + (1000 * sent) / rate);
  }
  const patience = performance.now() + 35_000;
  while (underWay > 0 && performance.now() < patience) await new Promise((resolve) => setTimeout(resolve, 5));
  agent.destroy();
  return { latencies: Float64Array.from(latencies).sort(), statuses, rejected };
}

/** How many events an answer says were rejected; none of an answer that is no such. */
export const rejectedIn = (answer: string): number => Number(/"rejected":(\d+)/.exec(answer)?.[1] ?? 0);

/** Answers are read meanwhile. */
async function until(due: number): Promise<void> {
  for (let left = due - performance.now(); left > 0; left = due - performance.now())
    await new Promise<void>((resolve) => {
      if (left > TIMER) setTimeout(resolve, left - TIMER);
      else setImmediate(resolve);
    });
}

/** Of ascending values. */
export const quantileOf = (sorted: Float64Array, share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
