import { randomUUID } from 'node:crypto';
import type { GenerateBody } from '../client/body-types.ts';
import { generateAnswer } from '../wire/answers.ts';
import { generateBody } from '../wire/bodies.ts';
import { afterQuery, answered, asked } from './ask.ts';
import { generateExample } from './examples.ts';
import { emptyList, makeList } from './make-list.ts';
import { noteMade, withOwnId } from './note-answers.ts';
import { defineRoute, type Route } from './route.ts';

/** An explored list is drawn by its id, and the list that is shown later names it. */
const withIds = (body: GenerateBody): GenerateBody => ({
  ...body,
  requests: body.requests.map((request) => ({ ...request, id: request.id ?? randomUUID() })),
});

/** Lists of K out of N candidates. */
export const generateRoute: Route = defineRoute({
  method: 'POST',
  path: '/v1/generate',
  scope: 'rank',
  kind: 'asking',
  summary: 'Composes the best list of some of the candidates, by rules, for an objective, within a deadline.',
  query: afterQuery,
  body: generateBody,
  answer: generateAnswer,
  example: generateExample,
  async handle({ body, ...call }, serving) {
    const arrivedAt = performance.now();
    const { model: _, requests: __, ...wanted } = body;
    const given = body.explore ? withIds(body) : body;
    const { model, requests, sequence } = await asked(given, call, serving);
    const lists = await answered(requests, {
      // One after the other: a call with many lists takes one place in the queue.
      ask: async (full) => {
        const made = [];
        for (const request of full) made.push(await makeList(request, { model, wanted, call, serving, arrivedAt }));
        return made;
      },
      empty: ({ id }) => emptyList(id, wanted),
    });
    const took = performance.now() - arrivedAt;
    noteMade(withOwnId(given.requests, lists), { model: model.name, rules: body.rules, took }, serving);
    return { model: model.name, sequence, lists };
  },
});
