/** What was answered goes into the journal, so that it can be told later what was shown why. */
import { randomUUID } from 'node:crypto';
import { readRequest } from '../../live/request-input.ts';
import type { AnsweredItem, AnsweredList } from '../../slate/answered-list.ts';
import type { ComposedLists, ScoredItems } from '../client/answer-types.ts';
import type { AskedList } from '../client/body-types.ts';
import type { Serving } from './route.ts';
import { bestFirst, withoutEvent } from './score-lists.ts';

/** One answer of a call, and the request it is to. */
export interface Answered<A> {
  readonly request: AskedList & { readonly id: string };
  readonly answer: A;
}

/** What is the same for all lists of a call. */
export interface NotedCall {
  readonly model: string;
  /** Milliseconds that the answers took. */
  readonly took: number;
}

type About = Pick<AnsweredList, 'generator' | 'objective' | 'rules'>;

/** Notes lists that were made of candidates. */
export function noteMade(
  lists: readonly Answered<ComposedLists>[],
  call: NotedCall & { readonly rulesOf: (request: string) => AnsweredList['rules'] },
  { host, answers }: Pick<Serving, 'host' | 'answers'>,
): void {
  tellLive(
    lists.map(({ request, answer }) => ({ request, answer, items: answer.slates[0].items })),
    { asked: 'generate', model: call.model },
    host,
  );
  const kept = lists.filter(
    ({ answer }) => answers === 'all' || (answers === 'explored' && answer.policy) || answer.experiments,
  );
  const noted = kept.map(({ request, answer }): AnsweredList => {
    const { policy, generator, objective, fallback, slates } = answer;
    const [{ items, propensity }] = slates;
    const rules = call.rulesOf(answer.request);
    const about: About = { generator, objective, ...(rules === undefined ? {} : { rules }) };
    return {
      ...answerHeadOf(request, { ...call, model: answer.model ?? call.model }, host.now()),
      ...(answer.experiments === undefined ? {} : { experiments: answer.experiments }),
      ...{ asked: 'generate', ...about },
      ...(policy === undefined ? {} : { policy }),
      ...(fallback === undefined ? {} : { fallback }),
      ...(propensity === undefined ? {} : { propensity }),
      items: items.map(
        ({ item, position: _, ...told }): AnsweredItem => ({ id: item, ...(told as Omit<AnsweredItem, 'id'>) }),
      ),
    };
  });
  if (noted.length > 0) host.note(noted);
}

/** Notes lists that were ordered. */
export function noteRanked(
  lists: readonly Answered<ScoredItems>[],
  call: NotedCall,
  { host, answers }: Pick<Serving, 'host' | 'answers'>,
): void {
  tellLive(
    lists.map(({ request, answer }) => ({ request, answer, items: bestFirst(answer).items })),
    { asked: 'rank', model: call.model },
    host,
  );
  const kept = lists.filter(({ answer }) => answers === 'all' || answer.experiments);
  const noted = kept.map(
    ({ request, answer }): AnsweredList => ({
      ...answerHeadOf(request, { ...call, model: answer.model ?? call.model }, host.now()),
      asked: 'rank',
      ...(answer.experiments === undefined ? {} : { experiments: answer.experiments }),
      ...(answer.fallback === undefined ? {} : { fallback: answer.fallback }),
      items: bestFirst(answer).items.map(({ item, probability }) => ({ id: item, probability })),
    }),
  );
  if (noted.length > 0) host.note(noted);
}

interface ToldList {
  readonly request: AskedList & { readonly id: string };
  readonly answer: Pick<ComposedLists, 'model' | 'experiments'>;
  readonly items: readonly { readonly item: string; readonly probability: number | null }[];
}

/** Tells who watches. */
function tellLive(
  lists: readonly ToldList[],
  { asked, model }: Pick<AnsweredList, 'asked' | 'model'>,
  { live }: Serving['host'],
): void {
  live.answered(
    lists.map(({ request, answer, items }) => ({
      ...{ request, asked, model: answer.model ?? model, experiments: answer.experiments },
      items: items.map(({ item, probability }) => ({ item, probability })),
    })),
  );
}

/** The answers that hold something. One to a request without an id is noted under one of its own, which nobody is told: no list that is shown could name it. */
export const answeredOf = <A extends { readonly request: string }>(
  asked: readonly AskedList[],
  answers: readonly A[],
): readonly Answered<A>[] =>
  answers.flatMap((answer, at) => {
    const request = asked[at];
    const id = request.id === undefined ? randomUUID() : answer.request;
    return request.items.length === 0 ? [] : [{ request: { ...request, id }, answer }];
  });

/** Throws `InputError` for a request that cannot be read. */
export function answerHeadOf(
  request: AskedList & { readonly id: string },
  { model, took }: NotedCall,
  now: number,
): Omit<AnsweredList, 'asked' | 'items'> {
  const { policy: _, ...asked } = withoutEvent(request) as AskedList;
  const event = readRequest(asked, { at: 0, now, clock: 0 });
  const { id, time, user, session, surface, variant, fields, items } = event;
  return {
    ...{ id, time, user, fields, model, took: Math.round(took * 10) / 10 },
    ...(session === undefined ? {} : { session }),
    ...(surface === undefined ? {} : { surface }),
    ...(variant === undefined ? {} : { variant }),
    candidates: items.map((item) => ({ id: item.id, fields: item.fields })),
  };
}
