import { explainAnswer } from '../wire/answers.ts';
import { explainBody } from '../wire/bodies.ts';
import { HttpFault } from '../wire/http-fault.ts';
import { afterQuery, answered, asked, inTurn } from './ask.ts';
import { askExample } from './examples.ts';
import { defineRoute, type Route } from './route.ts';
import { withoutEvent } from './score-lists.ts';

/** What the items of a list do to each other. */
export const explainRoute: Route = defineRoute({
  method: 'POST',
  path: '/v1/explain',
  scope: 'rank',
  kind: 'asking',
  summary: 'What each item of a list does to the others: every item is left out in turn.',
  query: afterQuery,
  body: explainBody,
  answer: explainAnswer,
  example: askExample,
  async handle({ body, ...call }, serving) {
    const { model, requests, sequence } = await asked(body, call, serving);
    const lists = await answered(requests, {
      ask: async (full) => {
        const explained = await inTurn(call, serving, {
          part: 'explain',
          milliseconds: body.deadlineMs,
          work: () => Promise.all(full.map((request) => model.explain(withoutEvent(request), { signal: call.signal }))),
        });
        if (explained !== 'late') return explained;
        throw new HttpFault(
          'deadline-passed',
          `requests: expected explanations within ${body.deadlineMs} ms, found no time for them; give more time, or ask about fewer lists`,
        );
      },
      empty: ({ id }) => ({
        request: id,
        items: [],
        expectedClicks: 0,
        anyClick: 0,
        influence: [],
        logitInfluence: [],
      }),
    });
    return { model: model.name, sequence, lists };
  },
});
