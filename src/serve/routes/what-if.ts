import type { WhatIfAnswer } from '../client/page-types.ts';
import { HttpFault } from '../wire/http-fault.ts';
import { whatIfAnswer, whatIfBody } from '../wire/what-if-schemas.ts';
import { afterQuery, asked, inTurn } from './ask.ts';
import { defineRoute, type Route } from './route.ts';
import { withoutEvent } from './score-lists.ts';

/** A list as it might be: other items, another order, other fields. */
export const whatIfRoute: Route = defineRoute({
  method: 'POST',
  path: '/v1/what-if',
  scope: 'rank',
  kind: 'asking',
  summary:
    'A list as it might be: each item in this company and alone, what they do to each other, and the best exchange of one item. Nothing is noted.',
  query: afterQuery,
  body: whatIfBody,
  answer: whatIfAnswer,
  example: {
    list: { user: 'u1', items: ['i1', 'i4'] },
    asIf: { i4: { price: 9.5 } },
    swaps: ['i7', 'i8'],
    pinned: ['i1'],
  },
  async handle({ body, ...call }, serving): Promise<WhatIfAnswer> {
    const { list, asIf, swaps, pinned, deadlineMs } = body;
    const { model, requests, sequence } = await asked({ model: body.model, requests: [list] }, call, serving);
    const [request] = requests;
    const head = { model: model.name, sequence };
    if (request.items.length === 0)
      return { ...head, request: request.id, items: [], expectedClicks: 0, anyClick: 0, influence: [] };
    const answer = await inTurn(call, serving, {
      part: 'explain',
      milliseconds: deadlineMs,
      work: () => model.whatIf(withoutEvent(request), { asIf, swaps, pinned, signal: call.signal }),
    });
    if (answer !== 'late') return { ...head, ...answer };
    throw new HttpFault(
      'deadline-passed',
      `the list: expected an answer within ${deadlineMs} ms, found no time for it; give more time, or ask about fewer items`,
    );
  },
});
