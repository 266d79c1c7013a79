/** Traces: what a request's time went into, for whoever collects them. `open-telemetry.ts` sends them. */
import type { IncomingHttpHeaders } from 'node:http';

export interface Tracing {
  /** Begins the trace of a request, or goes on with that of its sender (`traceparent`). */
  begin(request: TracedRequest): RequestTrace;
  /** Sends what is left, within some seconds. */
  close(): Promise<void>;
}

export interface TracedRequest {
  readonly method: string;
  /** As the documents write it: no ids. */
  readonly route: string;
  readonly requestId: string;
  readonly headers: IncomingHttpHeaders;
}

/** Parts of an answer's time: waiting for its turn, the work of a model, and writing events. */
export type TracedPart = 'queue' | 'score' | 'search' | 'explain' | 'journal';

export interface RequestTrace {
  /** By which collectors know it; the log tells it. */
  readonly id: string | undefined;
  /** Does the work, and times it. */
  part<T>(name: TracedPart, work: () => Promise<T>): Promise<T>;
  /** A second call does nothing more. */
  end(answer: { readonly status: number; readonly model: string; readonly code: string | undefined }): void;
}

/** Where nobody collects traces. */
export const untraced: RequestTrace = { id: undefined, part: (_, work) => work(), end: () => undefined };
