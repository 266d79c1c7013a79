import { isInExperiments, partsOfCall, withIds } from '../experiments/parts.ts';
import { scoreAnswer } from '../wire/answers.ts';
import { scoreBody } from '../wire/bodies.ts';
import { afterQuery } from './ask.ts';
import { askExample } from './examples.ts';
import { answeredOf, noteRanked } from './note-answers.ts';
import { countRefused, noteUnanswered } from './note-unanswered.ts';
import { defineRoute, type Route } from './route.ts';
import { bestFirst, scoreLists } from './score-lists.ts';
import { shadowAnswers } from './shadow-answers.ts';

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
  countRefused: (body, code, serving) => countRefused(body, { asked: 'rank', code }, serving),
  async handle({ body, ...call }, serving) {
    const startedAt = performance.now();
    const { experiments } = serving.host;
    const partOf = partsOfCall(body, experiments);
    const given = isInExperiments(body, experiments) ? withIds(body) : body;
    const asked = given.requests.map((request, at) => ({ ...request, id: String(request.id ?? `request ${at + 1}`) }));
    try {
      const { lists, ...head } = await scoreLists({ ...given, requests: asked }, call, serving, partOf);
      const took = performance.now() - startedAt;
      if (body.note !== false) noteRanked(answeredOf(given.requests, lists), { model: head.model, took }, serving);
      const ranked = lists.map(bestFirst);
      shadowAnswers(asked, ranked, { partOf, serving, call });
      return { ...head, lists: ranked };
    } catch (error) {
      const { active: model } = serving.host;
      const { signal } = call;
      noteUnanswered(asked, error, { asked: 'rank', model, partOf, arrivedAt: startedAt, signal }, serving);
      throw error;
    }
  },
});
