/** Whether a server answered as it says it does. */
import type { FastifyInstance, InjectOptions } from 'fastify';
import { faultsAgainst } from './json-schema.ts';
import type { Described, FuzzRequest } from './serve-fuzz.ts';

/** Milliseconds after which a server that has not answered hangs. */
const HANGS = 20_000;

/** The status of the answer. Throws where it is a fault of the server, tells its inside, or is not described. */
export async function checkAnswer(app: FastifyInstance, request: FuzzRequest, document: Described): Promise<number> {
  const { method, url, body, headers } = request;
  let timer: NodeJS.Timeout | undefined;
  const hangs = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${HANGS} ms`)), HANGS);
  });
  const answer = app.inject({
    method: method as NonNullable<InjectOptions['method']>,
    url,
    headers: { host: 'localhost', ...headers },
    ...(body === undefined ? {} : { payload: body }),
  });
  const response = await Promise.race([answer, hangs]).finally(() => clearTimeout(timer));
  const { statusCode: status, body: text } = response;
  if (status === 500) throw new Error(`a fault of the server: ${text}`);
  if (/\\n\s+at |node_modules|\.ts:\d/.test(text) && !url.startsWith('/docs'))
    throw new Error(`a stack trace: ${text}`);
  if (status === 204 && method === 'OPTIONS') return status;
  const json = String(response.headers['content-type']).includes('application/json') ? response.json() : undefined;
  if (status >= 400 && !(request.path === '/health/ready' && status === 503)) {
    const found = faultsAgainst({ $ref: '#/components/schemas/ErrorAnswer' }, json, document);
    if (found.length > 0) throw new Error(`an error of another form: ${found.join(', ')}: ${text}`);
    if ((status === 429 || status === 503) && response.headers['retry-after'] === undefined)
      throw new Error('no retry-after');
  }
  const operation = document.paths[request.path]?.[method.toLowerCase()];
  if (operation === undefined) return status;
  if (!(String(status) in operation.responses) && status !== 404)
    throw new Error(`a status that is not described: ${status} ${text}`);
  const { content } = (operation.responses[status] ?? {}) as {
    readonly content?: Readonly<Record<string, { readonly schema: object }>>;
  };
  const schema = content?.['application/json']?.schema;
  if (status === 200 && schema) {
    const found = faultsAgainst(schema, json, document);
    if (found.length > 0)
      throw new Error(`an answer that is not described: ${found.join(', ')}: ${text.slice(0, 1000)}`);
  }
  return status;
}
