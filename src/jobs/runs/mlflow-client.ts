/** Where an MLflow server is, and how patient to be with it. */
export interface MlflowServer {
  readonly url: string;
  /** Sent with every request, such as `authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds for one answer. */
  readonly timeout?: number;
  /** Milliseconds before each further try of a request that found no answer. */
  readonly pauses?: readonly number[];
}

/** No answer, or none now: a later try may have one. */
export class ServerAway extends Error {}

/** An answer that no other try would change; `code` is MLflow's own word. */
export class ServerRefused extends Error {
  readonly code: string;
  constructor(message: string, code: string) {
    super(message);
    this.code = code;
  }
}

export type MlflowCall = (
  method: 'GET' | 'POST',
  path: string,
  body: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** Calls of MLflow's REST interface (mlflow.org, REST API, version 2.0), such as `runs/create`. Rejects with `ServerAway` or `ServerRefused`. */
export function mlflowCall({ url, headers = {}, timeout = 5000, pauses = [500, 1500] }: MlflowServer): MlflowCall {
  const base = `${url.replace(/\/+$/, '')}/api/2.0/mlflow/`;
  const once: MlflowCall = async (method, path, body) => {
    const query = method === 'GET' ? `?${new URLSearchParams(body as Record<string, string>)}` : '';
    const request = method === 'GET' ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${base}${path}${query}`, {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(timeout),
      ...request,
    }).catch((error: Error & { readonly cause?: { readonly code?: string; readonly message?: string } }) => {
      throw new ServerAway(
        error.name === 'TimeoutError'
          ? 'no answer in time'
          : (error.cause?.code ?? error.cause?.message ?? error.message),
      );
    });
    const text = await response.text().catch(() => {
      throw new ServerAway('an answer that broke off');
    });
    const answer = objectIn(text);
    if (response.ok && answer) return answer;
    const { status } = response;
    if (status === 429 || status >= 500) throw new ServerAway(`status ${status}`);
    const code = String(answer?.error_code ?? `status ${status}`);
    throw new ServerRefused(
      `${code}${answer?.message ? `, ${answer.message}` : ', an answer that MLflow does not give'}`,
      code,
    );
  };
  return async (method, path, body) => {
    for (const pause of pauses) {
      try {
        return await once(method, path, body);
      } catch (error) {
        if (!(error instanceof ServerAway)) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
    return once(method, path, body);
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
