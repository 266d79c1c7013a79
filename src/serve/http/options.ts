import type { Logger } from 'pino';
import type { AccessKey } from '../access/keys.ts';
import type { StartAnswer } from '../client/page-types.ts';
import type { GateOptions } from '../load/gate.ts';
import type { KeptAnswers } from '../load/kept-answers.ts';
import type { Tracing } from '../watch/tracing.ts';

/** How a server listens, whom it lets in, and how much it takes on. Everything has a default. */
export interface ServerOptions {
  /** No key: everyone who reaches it may do everything. */
  readonly keys?: readonly AccessKey[] | undefined;
  /** Names by which it may be called, beside those of this machine. With keys every name is allowed unless some are given. */
  readonly allowedHosts?: readonly string[] | undefined;
  /** Origins of pages that may ask, such as `https://shop.example`; none unless told. */
  readonly origins?: readonly string[] | undefined;
  /** Whether `/metrics` is answered here; false where it has a port of its own. */
  readonly hasMetrics?: boolean | undefined;
  readonly bodyLimit?: number | undefined;
  /** Which answers go into the journal; all unless told. */
  readonly answers?: KeptAnswers | undefined;
  /** The folder of the pages that a browser opens, as `npm run build` makes it; none unless told. */
  readonly pages?: string | undefined;
  /** Lists that the page at /lists begins with; none unless told. */
  readonly start?: StartAnswer | undefined;
  /** A folder of reports that the page shows; none unless told. */
  readonly reports?: string | undefined;
  readonly asking?: Partial<GateOptions> | undefined;
  readonly telling?: Partial<GateOptions> | undefined;
  readonly afterMs?: number | undefined;
  readonly searchMs?: number | undefined;
  readonly timeouts?: Partial<Timeouts> | undefined;
  /** Silent unless told; `createLogger` makes one that tells nothing of what requests hold. */
  readonly logger?: Logger | undefined;
  /** None unless told; closed by who made it, after the server. */
  readonly tracing?: Tracing | undefined;
  /** Of the program; the documents tell it. */
  readonly version?: string | undefined;
}

/** Milliseconds. */
export interface Timeouts {
  /** For the headers of a request. */
  readonly headers: number;
  /** For the whole of it. */
  readonly request: number;
  /** Of a connection without a request: longer than load balancers keep theirs, which is a minute as a rule, or they would ask on one that is just being closed. */
  readonly keepAlive: number;
  /** Of one on which nothing moves. */
  readonly idle: number;
}

export const BODY_LIMIT: number = 1024 * 1024;
export const AFTER_MS = 2000;
export const SEARCH_MS = 1000;
export const TIMEOUTS: Timeouts = { headers: 5000, request: 10_000, keepAlive: 75_000, idle: 90_000 };
/** More at once than there are threads helps little: the event loop encodes. */
export const ASKING: GateOptions = { running: 4, waiting: 256, ofOneClient: 192, longest: 10_000 };
export const TELLING: GateOptions = { running: 64, waiting: 1024, ofOneClient: 768, longest: 10_000 };
