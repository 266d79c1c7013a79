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

/** Send requests here, or not yet. 503 where lists cannot be answered; a journal that cannot be written is told, and answers go on. */
export const readyRoute: Route = defineRoute({
  method: 'GET',
  path: '/health/ready',
  scope: 'open',
  kind: 'watching',
  summary: 'Whether lists can be answered (503 where not), and whether events can be taken.',
  answer: readyAnswer,
  async handle(_, { host, isOpen }) {
    const { isReady, journal, lag, modelFault } = host.health;
    const ready = isReady && isOpen();
    const told = modelFault === undefined ? {} : { model: modelFault };
    const fault = journal === 'open' ? 'open' : journal.fault;
    const json = { ready, journal: fault, sequence: host.sequence, lag, ...told };
    return new Reply({ status: ready ? 200 : 503, json });
  },
});
