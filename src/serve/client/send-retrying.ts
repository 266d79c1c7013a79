/** One request, tried again while the server says that it is busy, or cannot be reached. */
import { ClientError } from './client-error.ts';

export interface Sending {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly fetch: typeof globalThis.fetch;
}

/** Statuses that say: not now. */
const LATER: ReadonlySet<number> = new Set([429, 503]);
const FIRST_WAIT_MS = 100;

/** The first answer that is not `later`, or the last one. Rejects with `ClientError` where none comes in time, with the signal's reason where that is aborted. */
export async function sendRetrying(sending: Sending): Promise<Response> {
  const { url, method, headers, body, signal, timeoutMs, retries, fetch } = sending;
  const timeout = AbortSignal.timeout(timeoutMs);
  const ending = signal ? AbortSignal.any([signal, timeout]) : timeout;
  const endsAt = Date.now() + timeoutMs;
  for (let tries = 0; ; tries++) {
    const isLast = tries >= retries;
    const wait = FIRST_WAIT_MS * 2 ** tries;
    try {
      const response = await fetch(url, {
        method,
        headers: { ...headers },
        signal: ending,
        ...(body === undefined ? {} : { body }),
      });
      const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN) * 1000;
      const pause = Number.isFinite(retryAfter) ? Math.max(retryAfter, wait) : wait;
      if (!LATER.has(response.status) || isLast || Date.now() + pause >= endsAt) return response;
      await response.body?.cancel();
      await resting(pause, ending);
    } catch (cause) {
      signal?.throwIfAborted();
      if (!isLast && !timeout.aborted) {
        await resting(wait, ending).catch(() => undefined);
        if (!ending.aborted) continue;
        signal?.throwIfAborted();
      }
      const found = timeout.aborted ? `none within ${timeoutMs} ms` : 'none';
      throw new ClientError(
        `${url}: expected an answer, found ${found}; check that the server runs and can be reached`,
        { code: 'no-answer', status: 0 },
        { cause },
      );
    }
  }
}

/** Rejects where the signal is aborted before. */
function resting(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
