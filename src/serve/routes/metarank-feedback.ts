import { metarankEventsAnswer, metarankEventsBody } from '../wire/metarank-schemas.ts';
import { metarankExample } from './examples.ts';
import { defineRoute, type Route } from './route.ts';
import { metarankEvent, tell } from './tell.ts';

/** What Metarank's clients tell: `POST /feedback`. */
export const metarankFeedbackRoute: Route = defineRoute({
  method: 'POST',
  path: '/feedback',
  scope: 'events',
  kind: 'telling',
  summary: "For Metarank's clients: events, one, a list of them, or one a line.",
  isMetarank: true,
  body: metarankEventsBody,
  answer: metarankEventsAnswer,
  example: metarankExample,
  async handle({ body, ...call }, serving) {
    const startedAt = performance.now();
    const { outcomes } = await tell(body.map(metarankEvent), call, serving);
    const taken = outcomes.filter((outcome) => outcome.taken);
    const rejected = outcomes.flatMap((outcome) =>
      outcome.taken ? [] : [{ code: outcome.code, message: outcome.message }],
    );
    return {
      accepted: taken.length,
      status: rejected.length > 0 ? 'rejected' : 'ok',
      tookMillis: Math.round(performance.now() - startedAt),
      updated: taken.filter(({ applied }) => applied !== 'again' && applied !== 'other').length,
      ...(rejected.length > 0 ? { rejected } : {}),
    };
  },
});
