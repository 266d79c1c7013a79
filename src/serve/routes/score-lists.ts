/** Lists that are scored: what the routes for it share. */
import type { ScoredItems } from '../client/answer-types.ts';
import type { AskedList, ScoreBody } from '../client/body-types.ts';
import { type Asking, answered, asked, idsOf, inTurn } from './ask.ts';
import type { Serving } from './route.ts';

export interface ScoredLists {
  readonly model: string;
  readonly sequence: number;
  readonly lists: readonly ScoredItems[];
}

/** Scores the lists of a call, in the order that was given; past the deadline it answers with that order alone. */
export async function scoreLists(body: ScoreBody, call: Asking, serving: Serving): Promise<ScoredLists> {
  const { model, requests, sequence } = await asked(body, call, serving);
  const lists = await answered(requests, {
    ask: async (full) => {
      const scored = await inTurn(call, serving, {
        part: 'score',
        milliseconds: body.deadlineMs,
        work: () => model.score(full.map(withoutEvent), { signal: call.signal }),
      });
      if (scored === 'late') return full.map(givenOrder);
      return scored.map(({ items, ...list }) => ({
        ...list,
        items: items.map(({ item, probability, rank }) => ({ item, probability, rank })),
      }));
    },
    empty: ({ id }) => ({ request: id, items: [], expectedClicks: 0, anyClick: 0 }),
  });
  return { model: model.name, sequence, lists: lists as readonly ScoredItems[] };
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
