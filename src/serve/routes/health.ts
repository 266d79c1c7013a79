import { z } from 'zod';
import { liveAnswer, readyAnswer } from '../wire/admin-schemas.ts';
import { defineRoute, Reply, type Route } from './route.ts';

/** The process answers: start it again where it does not. */
export const liveRoute: Route = defineRoute({
  method: 'GET',
  path: '/health/live',
  scope: 'open',
  kind: 'watching',
  summary: 'The process answers.',
  answer: liveAnswer,
  handle: async () => ({ live: true }),
});

const strictQuery: z.ZodType<{ readonly strict?: '' | 'true' | undefined }> = z.strictObject({
  strict: z.enum(['', 'true']).optional().describe('503 with `alarms` too where clicks or fields have drifted.'),
});

/**
 * Send requests here, or not yet. 503 where lists cannot be answered; a journal that cannot be written is told, and answers go on. With `strict` an alarm is 503 too: for who watches, not
 * for what sends requests.
 */
export const readyRoute: Route = defineRoute({
  method: 'GET',
  path: '/health/ready',
  scope: 'open',
  kind: 'watching',
  summary: 'Whether lists can be answered (503 where not), and whether events can be taken.',
  query: strictQuery,
  answer: readyAnswer,
  async handle({ query }, { host, isOpen }) {
    const { isReady, journal, lag, modelFault } = host.health;
    const ready = isReady && isOpen();
    const told = modelFault === undefined ? {} : { model: modelFault };
    const fault = journal === 'open' ? 'open' : journal.fault;
    const alarms = query.strict === undefined ? [] : host.health.drift.alarms;
    const alarmed = alarms.length > 0 ? { alarms } : {};
    const json = { ready, journal: fault, sequence: host.sequence, lag, ...told, ...alarmed };
    return new Reply({ status: ready && alarms.length === 0 ? 200 : 503, json });
  },
});
