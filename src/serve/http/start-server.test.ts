import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { drinksModel, type MemoryHost, memoryHost } from '../../../test/memory-host.ts';
import type { ListModel } from '../../live/list-model.ts';
import { createLogger } from '../watch/logger.ts';
import { type ListenOptions, type RunningServer, startServer } from './start-server.ts';

let model: ListModel;
let host: MemoryHost;
const running: RunningServer[] = [];

beforeAll(async () => {
  model = await drinksModel();
});
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});
afterAll(() => model.close());

async function start(options: Partial<ListenOptions> = {}): Promise<RunningServer> {
  host = memoryHost({ a: model });
  const server = await startServer(host, { port: 0, ...options });
  running.push(server);
  return server;
}

const body = JSON.stringify({ requests: [{ user: 'u1', items: ['small', 'large'] }] });
const ask = (url: string): Promise<Response> =>
  fetch(`${url}/v1/score`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });

/** Writes some bytes and reads until the server ends the connection. */
async function raw(url: string, write: (socket: Socket) => void): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let read = '';
  socket.setEncoding('utf8').on('data', (text) => {
    read += text;
  });
  await once(socket, 'connect');
  write(socket);
  await once(socket, 'close');
  return read;
}

describe('a server', () => {
  it('listens on this machine alone unless told, and then asks for keys', async () => {
    const { url } = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await ask(url)).status).toBe(200);
    await expect(start({ address: '0.0.0.0' })).rejects.toMatchObject({ code: 'invalid-option' });
  });

  it('says in one sentence that its port is taken', async () => {
    const { url } = await start();
    await expect(start({ port: Number(new URL(url).port) })).rejects.toThrow(
      /expected one that is free on this machine/,
    );
  });

  it('tells its metrics on a port of their own where that is wanted', async () => {
    const { url, metricsUrl } = await start({ metricsPort: 0 });
    expect(new URL(metricsUrl).port).not.toBe(new URL(url).port);
    expect(await (await fetch(metricsUrl)).text()).toContain('slatewise_ready 1');
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    const asked = request(metricsUrl, { headers: { host: 'evil.example' } }).end();
    const [{ statusCode }] = (await once(asked, 'response')) as [IncomingMessage];
    expect(statusCode).toBe(403);
    asked.destroy();
    expect((await fetch(metricsUrl.replace('/metrics', '/v1/models'))).status).toBe(404);
  });

  it('answers what is no HTTP with a sentence, and ends it', async () => {
    const { url } = await start();
    const answer = await raw(url, (socket) => socket.write('GET / HTTP/9.9\r\n\r\n'));
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(JSON.parse(answer.split('\r\n\r\n')[1]).code).toBe('bad-http');
    const long = await raw(url, (socket) =>
      socket.write(`GET / HTTP/1.1\r\nhost: localhost\r\na: ${'a'.repeat(20_000)}\r\n\r\n`),
    );
    expect(long).toMatch(/^HTTP\/1\.1 431 /);
  });

  it('ends a request whose headers or body come too slowly', async () => {
    const { url } = await start({ timeouts: { headers: 200, request: 400 } });
    const slowHeaders = await raw(url, (socket) => socket.write('POST /v1/score HTTP/1.1\r\nhost: localhost\r\n'));
    expect(slowHeaders).toMatch(/^HTTP\/1\.1 408 /);
    const head =
      'POST /v1/score HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n';
    const slowBody = await raw(url, (socket) => socket.write(`${head}{`));
    expect(slowBody).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('ends a connection that nobody uses', async () => {
    const { url } = await start({ timeouts: { keepAlive: 100 } });
    const answer = await raw(url, (socket) => socket.write('GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n'));
    expect(answer).toContain('{"live":true}');
  });

  it('stops the work for a client that has gone', async () => {
    const { url } = await start();
    const seen: (AbortSignal | undefined)[] = [];
    host.knobs.before = (signal) => {
      seen.push(signal);
      return new Promise(() => {});
    };
    const call = request(`${url}/v1/score`, { method: 'POST', headers: { 'content-type': 'application/json' } });
    call.on('error', () => {});
    call.end(body);
    await expect.poll(() => seen.length).toBe(1);
    const [signal] = seen;
    expect(signal?.aborted).toBe(false);
    call.destroy();
    await expect.poll(() => signal?.aborted).toBe(true);
  });

  it('counts and logs a client that has gone as that, and as no fault of anybody', async () => {
    const lines: string[] = [];
    const logger = createLogger('info', { write: (line) => void lines.push(line) });
    const { url } = await start({ logger, asking: { running: 1, waiting: 4 } });
    let begun = 0;
    host.knobs.before = (signal) => {
      begun++;
      return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    };
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const calls = Array.from({ length: 3 }, () => request(`${url}/v1/score`, { method: 'POST', headers }));
    for (const call of calls) call.on('error', () => {});
    const [answering, waiting, sending] = calls;
    answering.end(body);
    await expect.poll(() => begun).toBe(1);
    waiting.end(body);
    sending.write(body.slice(0, 9));
    const metrics = async (): Promise<string> => (await fetch(`${url}/metrics`)).text();
    await expect.poll(metrics).toContain('slatewise_queue_waiting{queue="asking"} 1');
    for (const call of [sending, waiting, answering]) call.destroy();
    const counted = 'slatewise_request_duration_seconds_count{route="/v1/score",model="",status="499"} 1';
    await expect.poll(metrics).toContain(counted);
    await expect.poll(metrics).toContain(counted.replace('""', '"a"').replace('} 1', '} 2'));
    const text = await metrics();
    expect(text).not.toContain('slatewise_request_errors_total{');
    const logged = lines.map((line) => JSON.parse(line) as { level: number; status?: number; code?: string });
    const gone = logged.filter(({ status }) => status === 499);
    expect(gone.map(({ level, code }) => [level, code])).toEqual(Array(3).fill([30, 'client-gone']));
    expect(logged.filter(({ level }) => level > 30)).toEqual([]);
  });

  it('stops once what is under way is answered, and takes no more', async () => {
    const server = await start();
    let letGo = (): void => {};
    let begun = 0;
    host.knobs.before = () => {
      begun++;
      return new Promise((resolve) => {
        letGo = resolve;
      });
    };
    const under = ask(server.url);
    await expect.poll(() => begun).toBe(1);
    const stopped = server.stop();
    await expect
      .poll(() =>
        ask(server.url).then(
          () => 'answered',
          () => 'refused',
        ),
      )
      .toBe('refused');
    letGo();
    expect((await under).status).toBe(200);
    await stopped;
  });

  it('does not wait for ever', async () => {
    const server = await start({ drainMs: 100 });
    let begun = 0;
    host.knobs.before = () => {
      begun++;
      return new Promise(() => {});
    };
    const under = ask(server.url);
    under.catch(() => undefined);
    await expect.poll(() => begun).toBe(1);
    await server.stop();
    await expect(under).rejects.toThrow();
  });
});
