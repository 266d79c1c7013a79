/** A route on the framework: who may call it, what it is given, what is told of it. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { authorise } from '../access/authorise.ts';
import type { AccessKey } from '../access/keys.ts';
import { type Call, Reply, type Route, type Serving } from '../routes/route.ts';
import type { Tracing } from '../watch/tracing.ts';
import { HttpFault } from '../wire/http-fault.ts';
import { checkedPart } from './checked-part.ts';
import { clientGone } from './fault-of.ts';
import { notesOf } from './send-fault.ts';

export interface Registering {
  readonly serving: Serving;
  readonly keys: readonly AccessKey[];
  readonly tracing: Tracing | undefined;
}

export function registerRoute(app: FastifyInstance, route: Route, { serving, keys, tracing }: Registering): void {
  const { method, path, scope, kind } = route;
  const clientOf = (request: FastifyRequest): string => notesOf(request).key ?? request.ip;
  app.route({
    method,
    url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
    config: { isMetarank: route.isMetarank === true, takesBody: route.body !== undefined },
    onRequest: (request, reply, next) => {
      reply.raw.once('close', () => {
        if (!reply.raw.writableFinished) left(request, reply);
      });
      if (tracing) beginTrace(request, tracing);
      if (scope !== 'open') notesOf(request).key = authorise(request.headers, scope, keys)?.name;
      if (kind === 'watching') return next();
      if (!serving.host.health.isReady)
        throw new HttpFault(
          'not-ready',
          'the server: expected to know all that happened, found it still reading; ask again after the seconds of the header retry-after',
        );
      if (kind === 'asking') refuseFull(request);
      if (kind === 'telling') serving.telling.refuseFull(clientOf(request));
      next();
    },
    handler: async (request, reply) => {
      const gone = new AbortController();
      notesOf(request).gone = gone;
      const body = checkedPart(route.body, request.body, 'the body');
      const { refusal } = notesOf(request);
      if (refusal) {
        route.countRefused?.(body, refusal.code, serving);
        throw refusal;
      }
      const call: Call = {
        body,
        query: checkedPart(route.query, request.query, 'the query'),
        params: checkedPart(route.params, request.params, 'the address'),
        signal: gone.signal,
        client: clientOf(request),
        log: request.log,
        trace: notesOf(request).trace,
        ofModel: (name) => {
          notesOf(request).model = name;
        },
      };
      const answer = await route.handle(call, serving);
      gone.signal.throwIfAborted();
      return send(answer, reply);
    },
    onResponse: (request, reply, next) => {
      watchAnswer(request, reply.statusCode, reply.elapsedTime);
      next();
    },
  });

  /** A body that would be sent away is not read, but for some by which experiments learn whose they are. */
  function refuseFull(request: FastifyRequest): void {
    try {
      serving.gate.refuseFull(clientOf(request));
    } catch (error) {
      const bytes = Number(request.headers['content-length']);
      if (!(error instanceof HttpFault) || !route.countRefused || !serving.refused.wantsToRead(bytes)) throw error;
      notesOf(request).refusal = error;
    }
  }

  function beginTrace(request: FastifyRequest, { begin }: Tracing): void {
    const { id: requestId, headers } = request;
    notesOf(request).trace = begin({ requestId, headers, method, route: path });
  }

  /** Its client has gone before it was answered: whatever it comes to, nobody is told. */
  function left(request: FastifyRequest, reply: FastifyReply): void {
    const { status, code } = clientGone();
    const notes = notesOf(request);
    notes.code = code;
    notes.gone?.abort(clientGone());
    watchAnswer(request, status, reply.elapsedTime);
  }

  /** What metrics, traces and the log say of it. */
  function watchAnswer(request: FastifyRequest, status: number, milliseconds: number): void {
    const { model, code, key, trace } = notesOf(request);
    serving.metrics.answered({ route: path, model, status, seconds: milliseconds / 1000, code });
    trace.end({ status, model, code });
    const ms = Math.round(milliseconds * 100) / 100;
    request.log.info(
      { method, route: path, status, ms, ...present({ model, code, key, trace: trace.id }) },
      'answered',
    );
  }
}

const present = (notes: Readonly<Record<string, string | undefined>>): object =>
  Object.fromEntries(Object.entries(notes).filter(([, value]) => value !== undefined && value !== ''));

function send(answer: unknown, reply: FastifyReply): FastifyReply {
  if (!(answer instanceof Reply)) return reply.type(JSON_TYPE).send(JSON.stringify(answer));
  const { status = 200, type = JSON_TYPE, text, json } = answer.sent;
  return reply
    .code(status)
    .type(type)
    .send(text ?? JSON.stringify(json));
}

const JSON_TYPE = 'application/json; charset=utf-8';
