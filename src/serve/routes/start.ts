import type { StartAnswer } from '../client/page-types.ts';
import { startAnswer } from '../wire/known-schemas.ts';
import { defineRoute, type Route } from './route.ts';

/** Lists that are there from the start: those of a file of requests, or of an example. */
export const startRoute: Route = defineRoute({
  method: 'GET',
  path: '/v1/start',
  scope: 'rank',
  kind: 'watching',
  summary: 'Lists that the page at /lists begins with.',
  answer: startAnswer,
  handle: async (_, { start }): Promise<StartAnswer> => start,
});
