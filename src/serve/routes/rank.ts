import { scoreAnswer } from '../wire/answers.ts';
import { scoreBody } from '../wire/bodies.ts';
import { afterQuery } from './ask.ts';
import { askExample } from './examples.ts';
import { noteRanked, withOwnId } from './note-answers.ts';
import { defineRoute, type Route } from './route.ts';
import { bestFirst, scoreLists } from './score-lists.ts';

/** The same items, best first. */
export const rankRoute: Route = defineRoute({
  method: 'POST',
  path: '/v1/rank',
  scope: 'rank',
  kind: 'asking',
  summary: 'The items of each list by their click probability, best first.',
  query: afterQuery,
  body: scoreBody,
  answer: scoreAnswer,
  example: askExample,
  async handle({ body, ...call }, serving) {
    const startedAt = performance.now();
    const { lists, ...head } = await scoreLists(body, call, serving);
    const took = performance.now() - startedAt;
    noteRanked(withOwnId(body.requests, lists), { model: head.model, took }, serving);
    return { ...head, lists: lists.map(bestFirst) };
  },
});
