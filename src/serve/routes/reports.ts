import { z } from 'zod';
import { reportsIn, reportText } from '../host/reports-folder.ts';
import { HttpFault } from '../wire/http-fault.ts';
import { LONGEST_ID } from '../wire/limits.ts';
import { reportsAnswer } from '../wire/watch-schemas.ts';
import { defineRoute, Reply, type Route } from './route.ts';

/** The pages of reports that there are. */
export const reportsRoute: Route = defineRoute({
  method: 'GET',
  path: '/v1/reports',
  scope: 'admin',
  kind: 'watching',
  summary: 'Reports in the folder that the server was given for them.',
  answer: reportsAnswer,
  handle: async (_, { reports }) => ({ reports: reports === undefined ? [] : await reportsIn(reports) }),
});

const nameQuery: z.ZodType<{ readonly name: string }> = z.strictObject({
  name: z.string().min(1).max(LONGEST_ID).describe('As `GET /v1/reports` tells it.'),
});

/** One of them, as text: what is shown of it is decided by the page that asks. */
export const reportRoute: Route = defineRoute({
  method: 'GET',
  path: '/v1/report',
  scope: 'admin',
  kind: 'watching',
  summary: 'The page of one report, as text of HTML.',
  query: nameQuery,
  answer: 'text/plain',
  faults: [404],
  async handle({ query: { name } }, { reports }) {
    const text = reports === undefined ? undefined : await reportText(reports, name);
    if (text === undefined)
      throw new HttpFault(
        'no-such-report',
        `the report: expected one that GET /v1/reports tells, found ${JSON.stringify(name)}; ask for one of those`,
      );
    return new Reply({ type: 'text/plain; charset=utf-8', text });
  },
});
