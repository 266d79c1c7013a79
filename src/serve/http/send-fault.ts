/** Errors on their way out: JSON with a code and one sentence, and never a stack trace. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type RequestTrace, untraced } from '../watch/tracing.ts';
import { HttpFault } from '../wire/http-fault.ts';
import { faultOf } from './fault-of.ts';

/** What a request came to, for its line in the log. */
export interface Noted {
  /** Of the model that answered; `several` where more than one did. */
  model: string;
  /** Of an error. */
  code: string | undefined;
  /** Name of the key. */
  key: string | undefined;
  /** Aborted once the client has gone. */
  gone: AbortController | undefined;
  trace: RequestTrace;
  /** It is sent away, once it is read and known whose it is. */
  refusal: HttpFault | undefined;
}

const noted = new WeakMap<FastifyRequest, Noted>();

/** The notes of a request; the first question makes them. */
export function notesOf(request: FastifyRequest): Noted {
  const known = noted.get(request);
  if (known) return known;
  const made: Noted = {
    ...{ model: '', code: undefined, key: undefined, gone: undefined },
    ...{ trace: untraced, refusal: undefined },
  };
  noted.set(request, made);
  return made;
}

export function sendFault(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, code, message, retryAfter } = faultOf(error);
  notesOf(request).code = code;
  if (status >= 500 && code === 'internal') request.log.error({ err: error }, 'a fault of the server');
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  // Of a body that is not wanted the rest is not read.
  if (status === 413) reply.header('connection', 'close');
  void reply
    .code(status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify({ code, message, requestId: request.id }));
}

const CLIENT_FAULTS: Readonly<Record<string, readonly [status: number, sentence: string]>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'the headers: expected less, found more than this server takes; send fewer or shorter ones',
  ],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request: expected all of it in time, found a part; send it faster'],
};

/** What is no HTTP is answered on the bare socket. */
export function answerClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] = CLIENT_FAULTS[error.code ?? ''] ?? [
    400,
    'the request: expected HTTP/1.1, found something else; use a client that speaks it',
  ];
  const body = JSON.stringify({ code: new HttpFault('bad-http', message).code, message, requestId: '' });
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
  );
}
