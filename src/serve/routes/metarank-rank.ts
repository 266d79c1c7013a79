import { z } from 'zod';
import { strictKeys } from '../../slate/strict-schema.ts';
import type { AskedList } from '../client/body-types.ts';
import type { MetarankRankAnswer } from '../client/metarank-types.ts';
import { MOST_EXPLAINED } from '../wire/limits.ts';
import { metarankRankAnswer, metarankRankBody } from '../wire/metarank-schemas.ts';
import { modelName } from '../wire/model-name.ts';
import { type Asking, afterQuery, asked, inTurn } from './ask.ts';
import { metarankExample } from './examples.ts';
import { answeredOf, noteRanked } from './note-answers.ts';
import { defineRoute, type Route, type Serving } from './route.ts';
import { bestFirst, scoreLists, withoutEvent } from './score-lists.ts';

/** What Metarank's clients ask: `POST /rank/{model}`. */
export const metarankRankRoute: Route = defineRoute({
  method: 'POST',
  path: '/rank/{model}',
  scope: 'rank',
  kind: 'asking',
  summary:
    "For Metarank's clients: the items of a list, best first. With `explain=true` also what the company does to each.",
  isMetarank: true,
  params: z.strictObject({ model: modelName }),
  query: strictKeys({
    explain: z.enum(['true', 'false']).optional(),
    after: z
      .string()
      .regex(/^[0-9]{1,15}$/)
      .optional(),
  }),
  body: metarankRankBody,
  answer: metarankRankAnswer,
  faults: [404],
  example: metarankExample,
  async handle({ body, params: { model }, query, ...rest }, serving) {
    const startedAt = performance.now();
    const call = { ...rest, query: afterQuery.parse(query.after === undefined ? {} : { after: query.after }) };
    const { lists } = await scoreLists({ model, requests: [body] }, call, serving);
    noteRanked(answeredOf([body], lists), { model, took: performance.now() - startedAt }, serving);
    const features = query.explain === 'true' ? await featuresOf({ model, body }, call, serving) : undefined;
    const items = bestFirst(lists[0]).items.map(({ item, probability }) => ({
      item,
      score: probability ?? 0,
      ...(features ? { features: features.get(item) ?? [] } : {}),
    }));
    const state = features ? { state: { session: [], user: [], global: [], item: [] } } : {};
    return { took: Math.round(performance.now() - startedAt), items, ...state };
  },
});

type Features = NonNullable<MetarankRankAnswer['items'][number]['features']>;

/** What is known of each item beside its score; of the first items of a long list. */
async function featuresOf(
  { model, body }: { readonly model: string; readonly body: AskedList },
  call: Asking,
  serving: Serving,
): Promise<ReadonlyMap<string, Features>> {
  const found = await asked({ model, requests: [body] }, call, serving);
  const [request] = found.requests;
  if (request.items.length === 0) return new Map();
  const short = { ...request, items: request.items.slice(0, MOST_EXPLAINED) };
  const explained = await inTurn(call, serving, {
    part: 'explain',
    milliseconds: undefined,
    work: () => found.model.explain(withoutEvent(short), { signal: call.signal }),
  });
  if (explained === 'late') return new Map();
  return new Map(
    explained.items.flatMap((item): readonly (readonly [string, Features])[] =>
      item === null
        ? []
        : [
            [
              item.item,
              [
                { name: 'anyClickChange', value: item.anyClickChange },
                ...(item.average ? [{ name: 'averageCompany', value: item.average.mean }] : []),
              ],
            ],
          ],
    ),
  );
}
