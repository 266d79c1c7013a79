/** Metrics on a port of their own, which the world need not reach. */
import { type FastifyInstance, fastify } from 'fastify';
import { checkHostName } from '../access/host-name.ts';
import type { Metrics } from '../watch/metrics.ts';
import { HttpFault } from '../wire/http-fault.ts';
import { answerClientError, sendFault } from './send-fault.ts';

/** `names`: by which it may be called; undefined where every name is allowed. */
export function createMetricsServer(metrics: Metrics, names: ReadonlySet<string> | undefined): FastifyInstance {
  const app = fastify({
    bodyLimit: 1,
    requestTimeout: 5000,
    clientErrorHandler: answerClientError,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
  });
  app.addHook('onRequest', async ({ headers }) => checkHostName(headers.host, names));
  app.setErrorHandler((error, request, reply) => sendFault(error, request, reply));
  app.setNotFoundHandler((request, reply) =>
    sendFault(
      new HttpFault('no-such-route', 'the address: expected /metrics, found another; ask there'),
      request,
      reply,
    ),
  );
  app.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()));
  return app;
}
