import { eventsAnswer, eventsBody } from '../wire/event-schemas.ts';
import { eventsExample } from './examples.ts';
import { defineRoute, type Route } from './route.ts';
import { tell } from './tell.ts';

/** Tells what happened. */
export const eventsRoute: Route = defineRoute({
  method: 'POST',
  path: '/v1/events',
  scope: 'events',
  kind: 'telling',
  summary:
    'Tells what happened: lists that were shown, clicks, what changed of items and users. One that comes again is taken once.',
  body: eventsBody,
  answer: eventsAnswer,
  example: eventsExample,
  async handle({ body, ...call }, serving) {
    const { sequence, outcomes } = await tell(body, call, serving);
    const taken = outcomes.filter((outcome) => outcome.taken).length;
    return { sequence, taken, rejected: outcomes.length - taken, outcomes };
  },
});
