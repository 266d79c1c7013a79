/** Whatever went wrong, as what a client is told. */
import { InputError } from '../../slate/input-error.ts';
import { HttpFault } from '../wire/http-fault.ts';

/** What a client is told. */
export interface ToldFault {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Seconds. */
  readonly retryAfter?: number | undefined;
}

/** Codes of the host that are no 422: a request that is as the documents describe, and cannot be answered all the same. */
const STATUS_OF: Readonly<Record<string, number>> = {
  'invalid-request': 400,
  'no-such-model': 404,
  'model-missing': 404,
  'too-large': 413,
  closed: 503,
};

export function faultOf(error: unknown): ToldFault {
  if (error instanceof HttpFault) return error;
  if (error instanceof InputError) {
    const { code, message } = error;
    const status = STATUS_OF[code] ?? 422;
    return { status, code, message, ...(status === 503 ? { retryAfter: 2 } : {}) };
  }
  if (error instanceof Error && error.name === 'JournalUnavailable')
    return new HttpFault('journal-unavailable', error.message);
  return frameworkFault(error) ?? internal();
}

/** The framework's own, by their codes; none of their words goes out. */
function frameworkFault(error: unknown): HttpFault | undefined {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  switch (code) {
    // In the middle of its body.
    case 'ECONNRESET':
      return clientGone();
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return new HttpFault(
        'body-too-large',
        'the body: expected less, found more bytes than this server takes; ask or tell in several calls',
      );
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new HttpFault(
        'other-type',
        'the header content-type: expected application/json, found another; send JSON, and say so',
      );
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
      return new HttpFault('not-json', 'the body: expected JSON, found nothing; send what JSON.stringify gives');
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return new HttpFault(
        'bad-http',
        'the header content-length: expected the length of the body, found another; send the body whole',
      );
    case 'FST_ERR_BAD_URL':
    case 'FST_ERR_MAX_PARAM_LENGTH':
      return new HttpFault(
        'bad-url',
        'the address: expected a path of this server, found one that cannot be read; write special signs as %XX',
      );
    default:
      return isOfClient(error)
        ? new HttpFault(
            'bad-http',
            'the request: expected HTTP as this server takes it, found another; GET /docs describes it',
          )
        : undefined;
  }
}

/** Nobody reads it: by it the log knows a client that did not wait. */
export const clientGone = (): HttpFault =>
  new HttpFault('client-gone', 'the client: expected one that waits for its answer, found that it has gone');

/** The framework says that it is the client's fault, in words of its own. */
const isOfClient = (error: unknown): boolean => {
  const { code, statusCode } = (error ?? {}) as { readonly code?: unknown; readonly statusCode?: unknown };
  return String(code).startsWith('FST_') && typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500;
};

const internal = (): HttpFault =>
  new HttpFault(
    'internal',
    'the server: expected to answer, found a fault of its own; its log has it under the id of this request',
  );
