/** A server as the shop that a simulated market visits. */
import { setTimeout } from 'node:timers/promises';
import type { Shop, ShownList } from '../jobs/play/shop.ts';
import type { ComposedLists } from '../serve/client/answer-types.ts';
import type { GenerateBody, SentEvent } from '../serve/client/body-types.ts';
import { ClientError } from '../serve/client/client-error.ts';
import { createClient } from '../serve/client/create-client.ts';
import type { Visit } from '../simulator/visits/visited-market.ts';
import type { LogEvent } from '../slate/events.ts';
import { InputError } from '../slate/input-error.ts';

export interface ServerShopOptions {
  readonly url: string;
  readonly key?: string | undefined;
  /** Whether lists are composed, or all candidates ranked and the first of them shown. */
  readonly ask: 'generate' | 'rank';
  /** What composes lists; the server's own choice where it is left out. */
  readonly generator?: GenerateBody['generator'];
  readonly explore?: GenerateBody['explore'];
  /** Milliseconds for which a server may be away: it is asked and told again until then. */
  readonly patience: number;
  readonly note: (message: string) => void;
  readonly signal?: AbortSignal | undefined;
}

export interface ServerShop extends Shop {
  readonly facts: ServerShopFacts;
}

/** What a run met beside answers. */
export interface ServerShopFacts {
  /** Times when the server was away, or too busy. */
  readonly outages: number;
  /** Searches that the clock ended: another run may be answered otherwise. */
  readonly cut: number;
  /** Events that the server knew before they were first told: these days were played before. */
  readonly knownBefore: number;
}

/** Of one call. */
const MOST_EVENTS = 1000;
/** Milliseconds. */
const [FIRST_WAIT, LONGEST_WAIT] = [50, 2000];
/** Milliseconds of a call, and of the search within it: a search that ends by itself answers the same on a slow machine. */
const [CALL, SEARCH] = [60_000, 30_000];
/** It may come to itself: nothing answered, too busy, or something in front of it that found none. */
const AWAY: ReadonlySet<number> = new Set([0, 429, 502, 503, 504]);

export function serverShop(options: ServerShopOptions): ServerShop {
  const { ask, generator, explore, patience, signal, note } = options;
  const client = createClient({ url: options.url, key: options.key, retries: 0, timeoutMs: CALL });
  const facts = { outages: 0, cut: 0, knownBefore: 0 };
  /** Of the latest event told: every answer must know of it, whichever replica gives it. */
  let after: number | undefined;

  /** Until an answer comes. `isFirst`: no try before it can have reached the server. */
  async function untilAnswered<T>(call: (isFirst: boolean) => Promise<T>): Promise<T> {
    const began = performance.now();
    for (let tries = 0; ; tries++) {
      try {
        return await call(tries === 0);
      } catch (error) {
        if (!(error instanceof ClientError && AWAY.has(error.status))) throw error;
        if (tries === 0) {
          facts.outages++;
          note(`${error.message}; trying again for ${Math.round(patience / 1000)} s`);
        }
        if (performance.now() - began >= patience) throw error;
        await setTimeout(Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries), undefined, { signal });
      }
    }
  }

  async function tellSome(events: readonly LogEvent[]): Promise<void> {
    const { sequence, outcomes } = await untilAnswered(async (isFirst) => {
      const told = await client.events(events.map(asSent), { signal });
      if (isFirst) facts.knownBefore += told.outcomes.filter((each) => each.taken && each.applied === 'again').length;
      return told;
    });
    after = sequence;
    for (const outcome of outcomes)
      if (!outcome.taken)
        throw new InputError(
          `${options.url}: expected every event of the simulated market to be taken, found ${outcome.code}: ${outcome.message}`,
          'other-dataset',
        );
  }

  async function composed(visit: Visit, size: number): Promise<ShownList> {
    const body = { size, generator, explore, deadlineMs: SEARCH, requests: [requestOf(visit)] };
    const { lists } = await untilAnswered(() => client.generate(body, { after, signal }));
    const [list] = lists;
    if (list.cut === 'deadline' || list.fallback !== undefined) facts.cut++;
    return listOf(list);
  }

  async function ranked(visit: Visit, size: number): Promise<ShownList> {
    const { lists } = await untilAnswered(() => client.rank({ requests: [requestOf(visit)] }, { after, signal }));
    return { items: lists[0].items.slice(0, size).map(({ item }) => ({ id: item })) };
  }

  return {
    facts,
    show: ask === 'generate' ? composed : ranked,
    async tell(events) {
      for (let from = 0; from < events.length; from += MOST_EVENTS)
        await tellSome(events.slice(from, from + MOST_EVENTS));
    },
  };
}

const requestOf = ({ id, time, user, candidates }: Visit): GenerateBody['requests'][number] => ({
  ...{ id, time, user: user.id },
  items: candidates.map((item) => item.id),
});

function listOf({ slates, policy }: ComposedLists): ShownList {
  const [{ items, propensity }] = slates;
  return {
    ...(policy === undefined ? {} : { policy }),
    ...(propensity === undefined ? {} : { propensity }),
    items: items.map(({ item, propensity, placePropensity }) => ({
      id: item,
      ...(propensity === undefined ? {} : { propensity }),
      ...(placePropensity === undefined ? {} : { placePropensity }),
    })),
  };
}

/** With an id where the server could not tell by itself that it comes again; lists and clicks it knows. */
function asSent(event: LogEvent): SentEvent {
  if (event.event === 'item') return { ...event, id: `${event.item} ${event.time}` };
  if (event.event === 'user') return { ...event, id: `${event.user} ${event.time}` };
  return event;
}
