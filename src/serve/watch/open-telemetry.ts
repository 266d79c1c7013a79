/** Traces for collectors that speak OTLP over HTTP. Loaded where they are asked for: its packages are no dependencies, since most servers do without 28 MB of them. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout } from 'node:timers/promises';
import {
  type Context,
  DiagLogLevel,
  defaultTextMapGetter,
  diag,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { encodingChannel } from '../../scoring/encoding-channel.ts';
import type { RequestTrace, Tracing } from './tracing.ts';

export interface TracingOptions {
  /** Of the collector, such as `http://127.0.0.1:4318`; what the environment names (`OTEL_EXPORTER_OTLP_ENDPOINT`) where it is left out. */
  readonly url?: string | undefined;
  readonly version?: string | undefined;
  /** Is told where the collector does not take them: they are dropped then, and nothing waits for them. */
  readonly warn: (message: string) => void;
}

/** Milliseconds that the end of a server waits for a collector. */
const CLOSE_MS = 3000;

export function openTelemetry({ url, version = '0', warn }: TracingOptions): Tracing {
  const told = (message: string): void => warn(`traces: ${message}`);
  const silent = (): void => undefined;
  diag.setLogger(
    { error: told, warn: told, info: silent, debug: silent, verbose: silent },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const exporter = new OTLPTraceExporter(url === undefined ? {} : { url: `${url.replace(/\/+$/, '')}/v1/traces` });
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': 'slatewise', 'service.version': version }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new BasicTracerProvider({ resource, spanProcessors: [new BatchSpanProcessor(exporter)] });
  const tracer = provider.getTracer('slatewise', version);
  const propagator = new W3CTraceContextPropagator();
  const current = new AsyncLocalStorage<Context>();
  const stopEncoding = traceEncoding(tracer, current);
  return {
    begin({ method, route, requestId, headers }) {
      const parent = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
      const attributes = { 'http.request.method': method, 'http.route': route, 'slatewise.request.id': requestId };
      const span = tracer.startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
      return requestTrace(span, { tracer, current });
    },
    async close() {
      stopEncoding();
      const ended = new AbortController();
      const late = setTimeout(CLOSE_MS, undefined, { signal: ended.signal }).then(
        () =>
          told(`expected the collector to take what is left within ${CLOSE_MS} ms, found it not taken; it is dropped`),
        () => undefined,
      );
      await Promise.race([provider.shutdown().catch((error: Error) => told(error.message)), late]);
      ended.abort();
      diag.disable();
    },
  };
}

interface Tracers {
  readonly tracer: Tracer;
  /** Of the part that is being worked at. */
  readonly current: AsyncLocalStorage<Context>;
}

function requestTrace(span: Span, { tracer, current }: Tracers): RequestTrace {
  const context = trace.setSpan(ROOT_CONTEXT, span);
  let hasEnded = false;
  return {
    id: span.spanContext().traceId,
    async part(name, work) {
      const part = tracer.startSpan(name, {}, context);
      try {
        return await current.run(trace.setSpan(context, part), work);
      } catch (error) {
        part.setStatus({ code: SpanStatusCode.ERROR });
        throw error;
      } finally {
        part.end();
      }
    },
    end({ status, model, code }) {
      if (hasEnded) return;
      hasEnded = true;
      span.setAttribute('http.response.status_code', status);
      if (model !== '') span.setAttribute('slatewise.model', model);
      if (code !== undefined) span.setAttribute('error.type', code);
      // What a client did wrong is no error of a server.
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    },
  };
}

/** Encoding happens deep within a model, which knows nothing of requests. */
function traceEncoding(tracer: Tracer, current: AsyncLocalStorage<Context>): () => void {
  const begun = new WeakMap<object, Span>();
  const subscribers = {
    start(message: object) {
      const parent = current.getStore();
      if (parent) begun.set(message, tracer.startSpan('encode', {}, parent));
    },
    end(message: object) {
      begun.get(message)?.end();
    },
  };
  encodingChannel.subscribe(subscribers as Parameters<typeof encodingChannel.subscribe>[0]);
  return () => void encodingChannel.unsubscribe(subscribers as Parameters<typeof encodingChannel.unsubscribe>[0]);
}
