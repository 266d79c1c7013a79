/** One list out of candidates, within a deadline: what is asked for, else the items one by one, else the order in which they were given. */
import type { GenerateOptions } from '../../live/list-model.ts';
import type { ComposedLists } from '../client/answer-types.ts';
import type { AskedList, GenerateBody } from '../client/body-types.ts';
import type { HostedModel } from '../host.ts';
import { HttpFault } from '../wire/http-fault.ts';
import { idsOf, inTurn, type Waiting } from './ask.ts';
import type { Serving } from './route.ts';
import { withoutEvent } from './score-lists.ts';

export type Wanted = Omit<GenerateBody, 'model' | 'requests'>;

/** Items of a list of which nothing is known, where none says how many. */
const USUAL_SIZE = 10;

/** With less of its time than this a search would find little. */
const ENOUGH = 0.5;

export interface MakeOptions {
  readonly model: HostedModel;
  readonly wanted: Wanted;
  readonly call: Waiting;
  readonly serving: Serving;
  /** When the call came, in milliseconds of `performance.now()`. */
  readonly arrivedAt: number;
}

/** Throws `HttpFault` where not even the order that was given may be answered: rules may forbid it. */
export async function makeList(
  request: AskedList & { readonly id: string },
  { model, wanted, call, serving, arrivedAt }: MakeOptions,
): Promise<ComposedLists> {
  const { deadlineMs, best = 'none', prices = false, explore, ...options } = wanted;
  const stop = new AbortController();
  const end = (): void => stop.abort(call.signal.reason);
  call.signal.addEventListener('abort', end, { once: true });
  const left = (): number => (deadlineMs ?? serving.searchMs) - (performance.now() - arrivedAt);
  let isCheap = false;
  try {
    const made = await inTurn(call, serving, {
      part: 'search',
      milliseconds: deadlineMs === undefined ? undefined : left(),
      work: () => {
        isCheap = deadlineMs !== undefined && options.generator !== 'top' && left() < ENOUGH * deadlineMs;
        return model.generate(withoutEvent(request), {
          ...options,
          // Which keys belong to which policy is judged where it is read.
          explore: explore as GenerateOptions['explore'],
          ...(isCheap ? { generator: 'top', alternatives: 0 } : { best, prices }),
          ...(isCheap ? { best: 'none', prices: false } : {}),
          // What is found by then is answered: room is left for the way back.
          deadline: Math.max(1, left() * 0.8),
          signal: stop.signal,
        });
      },
    });
    if (made === 'late') return givenOrder(request, wanted);
    return { ...made, ...(isCheap ? { fallback: 'top' } : {}) } as ComposedLists;
  } finally {
    call.signal.removeEventListener('abort', end);
    stop.abort(new Error('the deadline has passed'));
  }
}

function givenOrder(request: AskedList & { readonly id: string }, wanted: Wanted): ComposedLists {
  if (wanted.rules !== undefined && Object.keys(wanted.rules).length > 0)
    throw new HttpFault(
      'deadline-passed',
      `${request.id}: expected a list that keeps the rules within ${wanted.deadlineMs} ms, found no time for one; give more time, or ask without rules`,
    );
  const items = idsOf(request).slice(0, wanted.size ?? USUAL_SIZE);
  return { ...nothingMade(request.id, wanted), slates: [listOf(items)], fallback: 'given-order' };
}

const listOf = (items: readonly string[]): ComposedLists['slates'][number] => ({
  items: items.map((item, position) => ({ item, position, probability: null })),
  value: null,
  expectedClicks: null,
  anyClick: null,
});

const nothingMade = (request: string, { generator, objective, diversity }: Wanted): Omit<ComposedLists, 'slates'> => ({
  request,
  generator: generator ?? 'beam+swap',
  objective: objective ?? 'clicks',
  diversity: diversity ?? 0,
  rules: [],
});

/** The list of no candidates. */
export const emptyList = (request: string, wanted: Wanted): ComposedLists => ({
  ...nothingMade(request, wanted),
  slates: [{ items: [], value: 0, expectedClicks: 0, anyClick: 0 }],
});
