/** What a route answers to methods that it does not have: which it has. */
import type { FastifyInstance } from 'fastify';
import type { Route } from '../routes/route.ts';
import { HttpFault } from '../wire/http-fault.ts';

/** Of each path all methods that none of its routes has; `OPTIONS` is left to who answers browsers. */
export function refuseOtherMethods(
  app: FastifyInstance,
  routes: readonly Route[],
  { hasOptions }: { readonly hasOptions: boolean },
): void {
  for (const path of new Set(routes.map((route) => route.path))) {
    const allowed: readonly string[] = routes.filter((route) => route.path === path).map(({ method }) => method);
    app.route({
      method: app.supportedMethods.filter(
        (method) => !allowed.includes(method) && !(hasOptions && method === 'OPTIONS'),
      ),
      url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
      // Before a body is read.
      onRequest: async (request, reply) => {
        reply.header('allow', allowed.join(', '));
        throw new HttpFault(
          'other-method',
          `the method: expected ${allowed.join(' or ')} for this address, found ${request.method}; GET /docs describes it`,
        );
      },
      handler: async () => undefined,
    });
  }
}
