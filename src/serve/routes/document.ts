import { z } from 'zod';
import { docsPage } from './docs-page.ts';
import { defineRoute, Reply, type Route } from './route.ts';

/** The document that others make clients from. */
export const documentRoute: Route = defineRoute({
  method: 'GET',
  path: '/openapi.json',
  scope: 'open',
  kind: 'watching',
  summary: 'This description, as OpenAPI 3.1.',
  answer: z.looseObject({}),
  handle: async (_, { document }) => document(),
});

/** The same to read. */
export const docsRoute: Route = defineRoute({
  method: 'GET',
  path: '/docs',
  scope: 'open',
  kind: 'watching',
  summary: 'This description as a page.',
  answer: 'text/html',
  handle: async (_, { document }) => new Reply({ type: 'text/html; charset=utf-8', text: docsPage(document()) }),
});
