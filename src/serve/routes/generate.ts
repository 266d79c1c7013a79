import { isInExperiments, partsOfCall, withIds } from '../experiments/parts.ts';
import { generateAnswer } from '../wire/answers.ts';
import { generateBody } from '../wire/bodies.ts';
import { afterQuery, answered, asked } from './ask.ts';
import { generateExample } from './examples.ts';
import { emptyList, makeList, type Wanted } from './make-list.ts';
import { answeredOf, noteMade } from './note-answers.ts';
import { countRefused, noteUnanswered } from './note-unanswered.ts';
import { defineRoute, type Route } from './route.ts';
import { shadowAnswers } from './shadow-answers.ts';

const priceOf = ({ explore }: Wanted): { readonly price?: boolean } =>
  explore?.price === undefined ? {} : { price: explore.price };

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
  countRefused: (body, code, serving) => countRefused(body, { asked: 'generate', code }, serving),
  async handle({ body, ...call }, serving) {
    const arrivedAt = performance.now();
    const { host } = serving;
    const { experiments } = host;
    const partOf = partsOfCall(body, experiments);
    const given = body.explore || isInExperiments(body, experiments) ? withIds(body) : body;
    const { model, requests, sequence } = await asked(given, call, serving, partOf);
    const { model: _, requests: __, note = true, ...asks } = body;
    const wantedBy = (request: (typeof requests)[number]): Wanted => {
      const { generator, rules, explore } = partOf(request) ?? {};
      return {
        ...asks,
        ...(generator === undefined ? {} : { generator: generator as Wanted['generator'] }),
        ...(rules === undefined ? {} : { rules: { ...asks.rules, ...rules } }),
        // Whether to tell what it costs is asked by the call, however its users are explored.
        ...(explore === undefined ? {} : { explore: { ...priceOf(asks), ...explore } as Wanted['explore'] }),
      };
    };
    try {
      const lists = await answered(requests, {
        // One after the other: a call with many lists takes one place in the queue.
        ask: async (full) => {
          const made = [];
          for (const request of full) {
            const part = partOf(request);
            const own = part?.model === undefined ? model : host.model(part.model);
            const list = await makeList(request, { model: own, wanted: wantedBy(request), call, serving, arrivedAt });
            made.push(part ? { ...list, model: own.name, experiments: part.experiments } : list);
          }
          return made;
        },
        empty: (request) => emptyList(request.id, wantedBy(request)),
      });
      const took = performance.now() - arrivedAt;
      const told = answeredOf(given.requests, lists);
      const rules = new Map(requests.map((request) => [request.id, wantedBy(request).rules]));
      if (note) noteMade(told, { model: model.name, rulesOf: (id) => rules.get(id), took }, serving);
      shadowAnswers(requests, lists, { partOf, serving, call });
      return { model: model.name, sequence, lists };
    } catch (error) {
      const { signal } = call;
      noteUnanswered(requests, error, { asked: 'generate', model: model.name, partOf, arrivedAt, signal }, serving);
      throw error;
    }
  },
});
