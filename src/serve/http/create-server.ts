/** The server: routes on Fastify, and what stands in front of all of them. */
import cors from '@fastify/cors';
import { type FastifyBaseLogger, type FastifyInstance, fastify, LogController } from 'fastify';
import { allowedNames, checkHostName } from '../access/host-name.ts';
import { checkOrigin } from '../access/origin.ts';
import { createRefusedCalls } from '../experiments/refused-calls.ts';
import type { Host } from '../host.ts';
import { createGate } from '../load/gate.ts';
import { KEPT_ANSWERS } from '../load/kept-answers.ts';
import type { Serving } from '../routes/route.ts';
import { routes } from '../routes/routes.ts';
import { silentLogger } from '../watch/logger.ts';
import { createMetrics, type Metrics } from '../watch/metrics.ts';
import { requestIdOf } from '../watch/request-id.ts';
import { HttpFault } from '../wire/http-fault.ts';
import { addBodyParsers } from './body-parsers.ts';
import { openApiDocument } from './openapi.ts';
import { AFTER_MS, ASKING, BODY_LIMIT, SEARCH_MS, type ServerOptions, TELLING, TIMEOUTS } from './options.ts';
import { addPages } from './page-files.ts';
import { addPlayground, isPlayground, playgroundBeside } from './playground-files.ts';
import { refuseOtherMethods } from './refuse-other-methods.ts';
import { registerRoute } from './register-route.ts';
import { answerClientError, sendFault } from './send-fault.ts';

/** Methods that change nothing, and whose answers a page of elsewhere cannot read. */
const ASKS_ONLY: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** A server that does not listen yet. */
export interface Server {
  readonly app: FastifyInstance;
  readonly metrics: Metrics;
}

/** The host is closed by who made it, after the server. */
export function createServer(host: Host, options: ServerOptions = {}): Server {
  const { keys = [], bodyLimit = BODY_LIMIT, hasMetrics = true, origins = [] } = options;
  const timeouts = { ...TIMEOUTS, ...options.timeouts };
  const load = {
    asking: createGate({ ...ASKING, ...options.asking }),
    telling: createGate({ ...TELLING, ...options.telling }),
  };
  const metrics = createMetrics({ host, gates: load });
  const names = allowedNames(options.allowedHosts, keys.length > 0);
  const app = fastify({
    loggerInstance: (options.logger ?? silentLogger()) as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
    connectionTimeout: timeouts.idle,
    http: { headersTimeout: timeouts.headers, connectionsCheckingInterval: Math.min(1000, timeouts.headers) },
    routerOptions: { maxParamLength: 1600, ignoreTrailingSlash: false },
    requestIdHeader: false,
    genReqId: ({ headers }) => requestIdOf(headers['x-request-id']),
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => sendFault(error, request, reply),
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
  });
  const served = routes.filter(({ path }) => hasMetrics || path !== '/metrics');
  const document = openApiDocument({ routes: served, version: options.version ?? '0', hasKeys: keys.length > 0 });
  let isOpen = true;
  const serving: Serving = {
    host,
    gate: load.asking,
    refused: createRefusedCalls(host),
    telling: load.telling,
    metrics,
    activating: new Set(),
    answers: options.answers ?? KEPT_ANSWERS,
    afterMs: options.afterMs ?? AFTER_MS,
    searchMs: options.searchMs ?? SEARCH_MS,
    start: options.start ?? { lists: [], candidates: [] },
    reports: options.reports,
    isOpen: () => isOpen,
    document: () => document,
  };

  // No promise for what needs none: every request comes through here.
  app.addHook('onRequest', (request, reply, next) => {
    reply
      .header('x-request-id', request.id)
      .header('x-content-type-options', 'nosniff')
      .header('cache-control', 'no-store');
    checkHostName(request.headers.host, names);
    if (keys.length === 0 && !ASKS_ONLY.has(request.method)) checkOrigin(request.headers, origins);
    next();
  });
  if (origins.length > 0)
    void app.register(cors, { origin: [...origins], methods: ['GET', 'POST', 'DELETE'], maxAge: 600 });
  addBodyParsers(app, keys);
  app.setErrorHandler((error, request, reply) => sendFault(error, request, reply));
  app.setNotFoundHandler((request, reply) =>
    sendFault(
      new HttpFault('no-such-route', 'the address: expected a route of this server, found none; GET /docs lists them'),
      request,
      reply,
    ),
  );
  // Within its scope routes come after plugins.
  void app.register(async (scope) => {
    for (const route of served) registerRoute(scope, route, { serving, keys, tracing: options.tracing });
    refuseOtherMethods(scope, served, { hasOptions: origins.length > 0 });
    if (options.pages === undefined) return;
    const playground = playgroundBeside(options.pages);
    const has = ['pages', ...(isPlayground(playground) ? ['playground'] : [])];
    addPages(scope, options.pages, has);
    addPlayground(scope, playground, has);
  });
  app.addHook('preClose', async () => {
    isOpen = false;
  });
  app.addHook('onClose', async () => {
    serving.refused.close();
    metrics.close();
  });
  return { app, metrics };
}
