import { z } from 'zod';
import { erasedAnswer } from '../wire/admin-schemas.ts';
import { LONGEST_ID } from '../wire/limits.ts';
import { defineRoute, type Route } from './route.ts';

/** Forgets a person. */
export const eraseUserRoute: Route = defineRoute({
  method: 'DELETE',
  path: '/v1/users/{id}',
  scope: 'admin',
  kind: 'ruling',
  summary: 'Forgets a person everywhere: memories, snapshots, and the journal.',
  params: z.strictObject({ id: z.string().min(1).max(LONGEST_ID) }),
  answer: erasedAnswer,
  handle: async ({ params: { id } }, { host }) => ({ erased: await host.erase(id) }),
});
