/** Lists that are scored: what the routes for it share. */

import type { ScoredList } from '../../live/list-model.ts';
import type { ScoredItems } from '../client/answer-types.ts';
import type { AskedList, ScoreBody } from '../client/body-types.ts';
import type { PartOf } from '../experiments/parts.ts';
import type { HostedModel } from '../host.ts';
import { type Asking, answered, asked, idsOf, inTurn } from './ask.ts';
import type { Serving } from './route.ts';

export interface ScoredLists {
  readonly model: string;
  readonly sequence: number;
  readonly lists: readonly ScoredItems[];
}

/** Scores the lists of a call, in the order that was given; past the deadline it answers with that order alone. */
export async function scoreLists(
  body: ScoreBody,
  call: Asking,
  serving: Serving,
  partOf: PartOf = () => undefined,
): Promise<ScoredLists> {
  const { model, requests, sequence } = await asked(body, call, serving, partOf);
  const lists = await answered(requests, {
    ask: async (full) => {
      const scored = await inTurn(call, serving, {
        part: 'score',
        milliseconds: body.deadlineMs,
        work: () => scoreByModel(full, modelOf, call.signal),
      });
      if (scored === 'late') return full.map((request) => ({ ...givenOrder(request), ...told(request) }));
      return scored.map(({ items, ...list }, at) => ({
        ...list,
        ...told(full[at]),
        items: items.map(({ item, probability, rank }) => ({ item, probability, rank })),
      }));
    },
    empty: ({ id }) => ({ request: id, items: [], expectedClicks: 0, anyClick: 0 }),
  });
  return { model: model.name, sequence, lists: lists as readonly ScoredItems[] };

  function modelOf(request: Named): HostedModel {
    const name = partOf(request)?.model;
    return name === undefined ? model : serving.host.model(name);
  }

  function told(request: Named): Pick<ScoredItems, 'model' | 'experiments'> {
    const part = partOf(request);
    return part ? { model: modelOf(request).name, experiments: part.experiments } : {};
  }
}

type Named = AskedList & { readonly id: string };

/** The lists of each model together, in the order that was given. */
async function scoreByModel(
  requests: readonly Named[],
  modelOf: (request: Named) => HostedModel,
  signal: AbortSignal,
): Promise<readonly ScoredList[]> {
  const models = new Map(requests.map((request) => [modelOf(request).name, modelOf(request)]));
  const scored = new Map<Named, ScoredList>();
  for (const model of models.values()) {
    const own = requests.filter((request) => modelOf(request).name === model.name);
    const lists = await model.score(own.map(withoutEvent), { signal });
    for (const [at, request] of own.entries()) scored.set(request, lists[at]);
  }
  return requests.map((request) => scored.get(request) as ScoredList);
}

/** What a host is asked. */
export const withoutEvent = ({ event: _, ...request }: AskedList): unknown => request;

const givenOrder = (request: AskedList & { readonly id: string }): ScoredItems => ({
  request: request.id,
  items: idsOf(request).map((item, at) => ({ item, probability: null, rank: at + 1 })),
  expectedClicks: null,
  anyClick: null,
  fallback: 'given-order',
});

/** The same items, best first. */
export const bestFirst = (list: ScoredItems): ScoredItems => ({
  ...list,
  items: list.items.toSorted((a, b) => a.rank - b.rank),
});
