/** Traces of a server, as a collector gets them. */
import { once } from 'node:events';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { ListModel } from '../src/live/list-model.ts';
import { createServer } from '../src/serve/http/create-server.ts';
import { createLogger } from '../src/serve/watch/logger.ts';
import { startTracing } from '../src/serve/watch/start-tracing.ts';
import { drinksModel, type MemoryHost, memoryHost } from './memory-host.ts';

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly { readonly key: string; readonly value: object }[];
}

interface Sent {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { readonly key: string; readonly value: object }[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

const sent: { readonly path: string | undefined; readonly type: string | undefined; readonly body: Sent }[] = [];
let collector: Server;
let url = '';
let model: ListModel;
let host: MemoryHost;

beforeAll(async () => {
  model = await drinksModel();
  collector = createHttpServer(async (request, response) => {
    const body = (await json(request)) as Sent;
    sent.push({ path: request.url, type: request.headers['content-type'], body });
    response.setHeader('content-type', 'application/json').end('{}');
  }).listen(0, '127.0.0.1');
  await once(collector, 'listening');
  url = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
});
afterEach(() => {
  sent.length = 0;
});
afterAll(async () => {
  collector.close();
  collector.closeAllConnections();
  await model.close();
});

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const requests = [{ user: 'u1', items: ['small', 'medium', 'large'] }];
const spans = (): readonly SentSpan[] =>
  sent.flatMap(({ body }) => body.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((each) => each.spans)));
const attribute = ({ attributes }: Pick<SentSpan, 'attributes'>, key: string): unknown =>
  Object.values(attributes.find((each) => each.key === key)?.value ?? {})[0];

/** Asks a server whose traces go to the collector, and gives what it got. */
async function traced(
  ask: (call: (path: string, payload: object, headers?: Record<string, string>) => Promise<number>) => Promise<void>,
  log: (line: string) => void = () => undefined,
): Promise<void> {
  const tracing = await startTracing({ url, version: '1.2.3', warn: log }, {});
  host = memoryHost({ a: model });
  const stream = new Writable({ write: (chunk, _, done) => done(void log(String(chunk))) });
  const { app } = createServer(host, { tracing, logger: createLogger('info', stream) });
  await ask(async (path, payload, headers = {}) => {
    const all = { host: 'localhost', ...headers };
    return (await app.inject({ method: 'POST', url: path, payload, headers: all })).statusCode;
  });
  await app.close();
  await tracing?.close();
}

it("a request is a span of its sender's trace, with its turn in the queue, the encoding and the scoring within", async () => {
  const lines: string[] = [];
  await traced(
    async (call) => {
      const traceparent = `00-${TRACE}-${PARENT}-01`;
      expect(await call('/v1/score', { requests }, { traceparent, 'x-request-id': 'page-7' })).toBe(200);
    },
    (line) => void lines.push(line),
  );
  expect(sent.map(({ path, type }) => [path, type])).toEqual([['/v1/traces', 'application/json']]);
  const [{ resource }] = sent[0].body.resourceSpans;
  expect(attribute(resource, 'service.name')).toBe('slatewise');
  expect(attribute(resource, 'service.version')).toBe('1.2.3');
  const byName = new Map(spans().map((span) => [span.name, span]));
  const [request, queue, score, encode] = ['POST /v1/score', 'queue', 'score', 'encode'].map((name) => {
    const span = byName.get(name);
    if (!span) throw new Error(`expected a span ${name}, found ${[...byName.keys()].join(', ')}`);
    return span;
  });
  expect(byName.size).toBe(4);
  for (const { traceId } of byName.values()) expect(traceId).toBe(TRACE);
  expect(request.parentSpanId).toBe(PARENT);
  expect([queue.parentSpanId, score.parentSpanId]).toEqual([request.spanId, request.spanId]);
  expect(encode.parentSpanId).toBe(score.spanId);
  expect(BigInt(encode.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(encode.startTimeUnixNano));
  expect(BigInt(request.endTimeUnixNano)).toBeGreaterThanOrEqual(BigInt(score.endTimeUnixNano));
  expect(
    ['http.request.method', 'http.route', 'http.response.status_code', 'slatewise.model', 'slatewise.request.id'].map(
      (key) => attribute(request, key),
    ),
  ).toEqual(['POST', '/v1/score', 200, 'a', 'page-7']);
  expect(JSON.parse(lines[0])).toMatchObject({ trace: TRACE, reqId: 'page-7' });
  expect(JSON.stringify(sent)).not.toMatch(/"u1"|"small"/);
});

it('searches, explanations and events have spans too, and errors their codes', async () => {
  await traced(async (call) => {
    expect(await call('/v1/generate', { requests, size: 2, generator: 'greedy' })).toBe(200);
    expect(await call('/v1/explain', { requests })).toBe(200);
    expect(await call('/v1/events', { event: 'user', user: 'u1', fields: {} })).toBe(200);
    expect(await call('/v1/score', {})).toBe(400);
    host.knobs.before = () => Promise.reject(new TypeError('a fault'));
    expect(await call('/v1/score', { requests })).toBe(500);
  });
  const routes = spans().filter(({ name }) => name.startsWith('POST '));
  const partsOf = (route: SentSpan): readonly string[] =>
    spans().flatMap(({ name, parentSpanId }) => (parentSpanId === route.spanId ? [name] : []));
  expect(routes.map((route) => [route.name, partsOf(route), attribute(route, 'error.type')])).toEqual([
    ['POST /v1/generate', ['queue', 'search'], undefined],
    ['POST /v1/explain', ['queue', 'explain'], undefined],
    ['POST /v1/events', ['queue', 'journal'], undefined],
    ['POST /v1/score', [], 'invalid-request'],
    ['POST /v1/score', ['queue', 'score'], 'internal'],
  ]);
  expect(new Set(routes.map(({ traceId }) => traceId)).size).toBe(5);
});

it('a collector that is away costs no answer, and is told of', async () => {
  const warnings: string[] = [];
  const tracing = await startTracing({ url: 'http://127.0.0.1:9', warn: (message) => void warnings.push(message) }, {});
  const { app } = createServer(memoryHost({ a: model }), { tracing });
  const asked = { method: 'POST', url: '/v1/score', payload: { requests }, headers: { host: 'localhost' } } as const;
  expect((await app.inject(asked)).statusCode).toBe(200);
  await app.close();
  await tracing?.close();
  expect(warnings.join('\n')).toMatch(/^traces: /);
});

it('nothing is loaded or sent unless somebody asks, and who asks in vain is told what to install', async () => {
  const warnings: string[] = [];
  const options = { warn: (message: string) => void warnings.push(message) };
  const missing = (): Promise<never> =>
    Promise.reject(
      Object.assign(new Error("Cannot find package '@opentelemetry/api'"), { code: 'ERR_MODULE_NOT_FOUND' }),
    );
  expect(await startTracing(options, {}, missing)).toBeUndefined();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: url };
  expect(await startTracing(options, { ...env, OTEL_SDK_DISABLED: 'true' }, missing)).toBeUndefined();
  expect(warnings).toEqual([]);
  expect(await startTracing(options, env, missing)).toBeUndefined();
  expect(warnings).toEqual([
    expect.stringMatching(/expected the packages of OpenTelemetry, found one missing; run npm install @opentelemetry/),
  ]);
  await expect(startTracing({ ...options, url }, {}, missing)).rejects.toMatchObject({ code: 'invalid-option' });
  await expect(startTracing({ ...options, url: 'collector' }, {})).rejects.toThrow(
    'expected the address of a collector',
  );
});
