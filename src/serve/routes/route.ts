/** What a route is: its address, who may call it, what it takes and answers. `routes.ts` lists them. */
import type { FastifyBaseLogger } from 'fastify';
import type { z } from 'zod';
import type { Scope } from '../access/keys.ts';
import type { StartAnswer } from '../client/page-types.ts';
import type { RefusedCalls } from '../experiments/refused-calls.ts';
import type { Host } from '../host.ts';
import type { Gate } from '../load/gate.ts';
import type { KeptAnswers } from '../load/kept-answers.ts';
import type { Metrics } from '../watch/metrics.ts';
import type { RequestTrace } from '../watch/tracing.ts';

/** What a route works with. */
export interface Serving {
  readonly host: Host;
  /** In front of the models. */
  readonly gate: Gate;
  /** What the queue sends away, of experiments. */
  readonly refused: RefusedCalls;
  /** In front of the journal. */
  readonly telling: Gate;
  readonly metrics: Metrics;
  /** Models that are being activated. */
  readonly activating: Set<string>;
  /** Which answers go into the journal. */
  readonly answers: KeptAnswers;
  /** Milliseconds that `after` waits, at most. */
  readonly afterMs: number;
  /** Milliseconds of a search where a request names none. */
  readonly searchMs: number;
  /** Lists that the page begins with. */
  readonly start: StartAnswer;
  /** The folder of reports; undefined where there is none. */
  readonly reports: string | undefined;
  /** False once the server is asked to stop. */
  isOpen(): boolean;
  /** The document of `/openapi.json`. */
  document(): object;
}

/** One call, checked. */
export interface Call<B = unknown, Q = unknown, P = unknown> {
  readonly body: B;
  readonly query: Q;
  readonly params: P;
  /** Aborted once the client has gone. */
  readonly signal: AbortSignal;
  /** Whose it is: a key, or an address. */
  readonly client: string;
  readonly log: FastifyBaseLogger;
  readonly trace: Pick<RequestTrace, 'part'>;
  /** Tells watching which model answers; `several` where more than one does. */
  ofModel(name: string): void;
}

/** What is sent in place of an answer as JSON. */
export interface Sent {
  readonly status?: number;
  readonly type?: string;
  readonly text?: string;
  readonly json?: unknown;
}

export interface RouteForm<B, Q, P> {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** As OpenAPI writes it: `/v1/models/{name}`. */
  readonly path: string;
  /** What a key must be good for; `open`: none is asked for. */
  readonly scope: Scope | 'open';
  /** `asking` calls wait in the queue in front of the models; `telling` ones are events. */
  readonly kind: 'asking' | 'telling' | 'ruling' | 'watching';
  readonly summary: string;
  readonly params?: z.ZodType<P>;
  readonly query?: z.ZodType<Q>;
  readonly body?: z.ZodType<B>;
  /** Its JSON; text of another type where it is a type's name. */
  readonly answer: z.ZodType | string;
  /** Statuses of errors, beside those that any route may have. */
  readonly faults?: readonly number[];
  /** Takes what `curl -d` sends, as Metarank's clients do, and several objects of JSON, one a line. */
  readonly isMetarank?: boolean;
  readonly example?: unknown;
  handle(call: Call<B, Q, P>, serving: Serving): Promise<unknown>;
  /** Counts a call that is sent away with an error of this code; of a route that takes part in experiments. */
  readonly countRefused?: (body: B, code: string, serving: Pick<Serving, 'host' | 'refused'>) => void;
}

export type Route = RouteForm<unknown, unknown, unknown>;

/** A route, its types forgotten: what is checked is what `handle` is given. */
export const defineRoute = <B, Q, P>(route: RouteForm<B, Q, P>): Route => route as Route;

/** An answer that is not the JSON of its route with status 200. */
export class Reply {
  readonly sent: Sent;
  constructor(sent: Sent) {
    this.sent = sent;
  }
}
