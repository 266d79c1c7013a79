/** What goes wrong between a client and the server, before or beside what the host says. `docs/serving.md` lists the codes. */

export type HttpCode =
  | 'invalid-request'
  | 'not-json'
  | 'broken-utf8'
  | 'too-deep'
  | 'bad-url'
  | 'bad-http'
  | 'key-missing'
  | 'key-unknown'
  | 'scope-missing'
  | 'other-host'
  | 'other-origin'
  | 'no-such-route'
  | 'no-such-report'
  | 'other-method'
  | 'body-too-large'
  | 'too-large'
  | 'other-type'
  | 'too-many-at-once'
  | 'client-gone'
  | 'overloaded'
  | 'not-ready'
  | 'sequence-not-reached'
  | 'deadline-passed'
  | 'activation-under-way'
  | 'journal-unavailable'
  | 'internal';

const STATUS: Readonly<Record<HttpCode, number>> = {
  'invalid-request': 400,
  'not-json': 400,
  'broken-utf8': 400,
  'too-deep': 400,
  'bad-url': 400,
  'bad-http': 400,
  'key-missing': 401,
  'key-unknown': 401,
  'scope-missing': 403,
  'other-host': 403,
  'other-origin': 403,
  'no-such-route': 404,
  'no-such-report': 404,
  'other-method': 405,
  'activation-under-way': 409,
  'body-too-large': 413,
  'too-large': 413,
  'other-type': 415,
  'too-many-at-once': 429,
  'client-gone': 499,
  overloaded: 503,
  'not-ready': 503,
  'sequence-not-reached': 503,
  'deadline-passed': 503,
  'journal-unavailable': 503,
  internal: 500,
};

/** Seconds after which asking again may help. */
const RETRY_AFTER: Readonly<Partial<Record<HttpCode, number>>> = {
  'activation-under-way': 2,
  'too-many-at-once': 1,
  overloaded: 1,
  'not-ready': 2,
  'sequence-not-reached': 1,
  'deadline-passed': 1,
  'journal-unavailable': 5,
};

/** A request that is answered with an error. */
export class HttpFault extends Error {
  override readonly name = 'HttpFault';
  readonly code: string;
  readonly status: number;
  readonly retryAfter: number | undefined;

  constructor(code: HttpCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.status = STATUS[code];
    this.retryAfter = RETRY_AFTER[code];
  }
}
