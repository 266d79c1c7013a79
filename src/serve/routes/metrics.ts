import { defineRoute, Reply, type Route } from './route.ts';

/** What Prometheus reads. */
export const metricsRoute: Route = defineRoute({
  method: 'GET',
  path: '/metrics',
  scope: 'admin',
  kind: 'watching',
  summary: 'Metrics in the form of Prometheus.',
  answer: 'text/plain',
  async handle(_, { metrics }) {
    return new Reply({ type: metrics.contentType, text: await metrics.text() });
  },
});
