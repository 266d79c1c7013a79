/** What the routes that ask a model have in common: their turn in the queue, their deadline, `after`, and lists without items. */
import { z } from 'zod';
import { strictKeys } from '../../slate/strict-schema.ts';
import type { AskedList } from '../client/body-types.ts';
import type { PartOf } from '../experiments/parts.ts';
import type { HostedModel } from '../host.ts';
import { waitFor } from '../load/after.ts';
import { within } from '../load/deadline.ts';
import type { TracedPart } from '../watch/tracing.ts';
import { HttpFault } from '../wire/http-fault.ts';
import { MOST_ITEMS_OF_CALL } from '../wire/limits.ts';
import type { Call, Serving } from './route.ts';

export interface AfterQuery {
  readonly after?: number | undefined;
}

/** `?after=12`: the answer must know of the event of this sequence. */
export const afterQuery: z.ZodType<AfterQuery> = strictKeys({
  after: z
    .string()
    .regex(/^[0-9]{1,15}$/, { error: 'expected a sequence, a whole number that POST /v1/events answered' })
    .transform(Number)
    .optional()
    .describe(
      'A sequence that `POST /v1/events` answered: the answer knows of that event. Waits for it, within bounds.',
    ),
});

/** What asking begins with. */
export interface Asked {
  readonly model: HostedModel;
  /** Each with an id: by its place where it brought none. */
  readonly requests: readonly (AskedList & { readonly id: string })[];
  /** The answer knows of the events up to it. */
  readonly sequence: number;
}

/** A call of a route that asks a model. */
export type Asking = Pick<Call<unknown, AfterQuery>, 'query' | 'signal' | 'client' | 'trace' | 'ofModel'>;

/** Finds the model, tells watching which models answer, checks how much is asked, and waits for what the answer must know of. */
export async function asked(
  { model: name, requests }: { readonly model?: string | undefined; readonly requests: readonly AskedList[] },
  { query: { after }, ofModel }: Pick<Asking, 'query' | 'ofModel'>,
  { host, afterMs }: Serving,
  partOf: PartOf = () => undefined,
): Promise<Asked> {
  const model = host.model(name);
  const named = requests.map((request, at) => ({ ...request, id: String(request.id ?? `request ${at + 1}`) }));
  ofModel(modelLabel(named, { partOf, model: model.name }));
  const items = requests.reduce((sum, list) => sum + list.items.length, 0);
  if (items > MOST_ITEMS_OF_CALL)
    throw new HttpFault(
      'too-large',
      `requests: expected at most ${MOST_ITEMS_OF_CALL} items in all of them, found ${items}; ask in several calls`,
    );
  await waitFor(host, after, afterMs);
  return { model, requests: named, sequence: host.sequence };
}

/** What watching calls a call's model: its name, and `several` where the variants of an experiment give its lists to more than one. */
function modelLabel(
  requests: Asked['requests'],
  { partOf, model }: { readonly partOf: PartOf; readonly model: string },
): string {
  // A list without items is answered by no model.
  const full = requests.filter(({ items }) => items.length > 0);
  const [first = model, ...others] = new Set(full.map((request) => partOf(request)?.model ?? model));
  return others.length > 0 ? 'several' : first;
}

/** Whose turn it is. */
export type Waiting = Pick<Call, 'client' | 'signal' | 'trace'>;

/** What is done in it. */
export interface Turn<T> {
  readonly part: TracedPart;
  readonly milliseconds: number | undefined;
  readonly work: () => Promise<T>;
}

/** Does the work when its turn has come; `late` where the deadline passes first. Who is late while waiting is not worked for. */
export async function inTurn<T>(
  { client, signal, trace }: Waiting,
  { gate }: Serving,
  { part, milliseconds, work }: Turn<T>,
): Promise<T | 'late'> {
  const turn = async (until: AbortSignal): Promise<T> => {
    const leave = await trace.part('queue', () => gate.enter(client, until));
    try {
      return await trace.part(part, work);
    } finally {
      leave();
    }
  };
  if (milliseconds === undefined) return turn(signal);
  const over = new AbortController();
  const end = (): void => over.abort(signal.reason);
  signal.addEventListener('abort', end, { once: true });
  try {
    return await within(turn(over.signal), milliseconds);
  } finally {
    signal.removeEventListener('abort', end);
    // A reason of its own would have the stack written down.
    over.abort(LATE);
  }
}

const LATE = new Error('the deadline has passed');

/** Asks about the lists that hold something, and answers the others as empty ones, all in their order. */
export async function answered<R extends AskedList, A>(
  requests: readonly R[],
  { ask, empty }: { readonly ask: (full: readonly R[]) => Promise<readonly A[]>; readonly empty: (request: R) => A },
): Promise<readonly A[]> {
  const full = requests.filter(({ items }) => items.length > 0);
  const answers = full.length > 0 ? (await ask(full)).values() : [].values();
  return requests.map((request) => (request.items.length > 0 ? (answers.next().value as A) : empty(request)));
}

/** Ids of the items, as texts. */
export const idsOf = ({ items }: AskedList): readonly string[] =>
  items.map((item) => String(typeof item === 'object' ? item.id : item));
