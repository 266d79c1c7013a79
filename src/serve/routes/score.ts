import { scoreAnswer } from '../wire/answers.ts';
import { scoreBody } from '../wire/bodies.ts';
import { afterQuery } from './ask.ts';
import { askExample } from './examples.ts';
import { defineRoute, type Route } from './route.ts';
import { scoreLists } from './score-lists.ts';

/** Click probabilities of the items of each list, in the order that was given. */
export const scoreRoute: Route = defineRoute({
  method: 'POST',
  path: '/v1/score',
  scope: 'rank',
  kind: 'asking',
  summary:
    'Click probabilities of the items of each list, in the company of its other items, in the order that was given.',
  query: afterQuery,
  body: scoreBody,
  answer: scoreAnswer,
  example: askExample,
  handle: ({ body, ...call }, serving) => scoreLists(body, call, serving),
});
