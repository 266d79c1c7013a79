/** Requests and answers in the form of Metarank's clients. */
import { z } from 'zod';
import type { MetarankEventsAnswer, MetarankRankAnswer } from '../client/metarank-types.ts';
import { eventsBody } from './event-schemas.ts';
import { askedList } from './list-request.ts';
import { namedSchema } from './named.ts';

/** Keys of Metarank's form that say nothing to a list model. */
const UNREAD_OF_EVENT = ['tenant'];

const without = (value: object, keys: readonly string[]): object =>
  Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key)));

/** Keys by which a program of theirs says that it knows of nobody. */
const MAY_BE_NULL = ['user', 'session'];

/** Of their first versions: a field of the item, written beside its fields. */
const RELEVANCY = 'relevancy';

/** An item without its label, its relevancy among its fields. */
function plainItem(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return item;
  const { [RELEVANCY]: value, fields, ...rest } = without(item, ['label']) as Record<string, unknown>;
  if (value === undefined || value === null) return without(item, ['label', RELEVANCY]);
  if (fields === undefined || Array.isArray(fields))
    return { ...rest, fields: [...(fields ?? []), { name: RELEVANCY, value }] };
  return { ...rest, fields: { ...(fields as object), [RELEVANCY]: value } };
}

/** An event or a request of Metarank's form as one of ours. */
function plainForm(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  const ofNobody = MAY_BE_NULL.filter((key) => (given as Readonly<Record<string, unknown>>)[key] === null);
  const event = without(given, [...UNREAD_OF_EVENT, ...ofNobody]) as {
    readonly event?: unknown;
    readonly items?: unknown;
  };
  // What happened beside the click has no place in a list model.
  if (event.event === 'interaction') return without(event, ['fields']);
  return Array.isArray(event.items) ? { ...event, items: event.items.map(plainItem) } : event;
}

export const metarankRankBody: z.ZodType<z.output<typeof askedList>> = namedSchema(
  'MetarankRankBody',
  "A request of Metarank's form. `label` and `tenant` are passed over, and so are a user and a session that are null; `relevancy` of an item is one of its fields.",
  z.preprocess(plainForm, askedList),
  askedList,
);

export const metarankEventsBody: z.ZodType<z.output<typeof eventsBody>> = namedSchema(
  'MetarankEventsBody',
  "Events of Metarank's form: one, a list, or one a line. `label`, `tenant`, and fields of interactions are passed over.",
  z.preprocess((body) => (Array.isArray(body) ? body.map(plainForm) : plainForm(body)), eventsBody),
  eventsBody,
);

const feature = z.strictObject({ name: z.string(), value: z.number() });

export const metarankRankAnswer: z.ZodType<MetarankRankAnswer> = namedSchema(
  'MetarankRankAnswer',
  'The items, best first.',
  z.strictObject({
    took: z.int().min(0).describe('Milliseconds.'),
    items: z.array(
      z.strictObject({
        item: z.string(),
        score: z.number().describe('Click probability in the company of the list.'),
        features: z.array(feature).optional(),
      }),
    ),
    state: z
      .strictObject({
        session: z.array(feature),
        user: z.array(feature),
        global: z.array(feature),
        item: z.array(feature),
      })
      .optional(),
  }),
);

export const metarankEventsAnswer: z.ZodType<MetarankEventsAnswer> = namedSchema(
  'MetarankEventsAnswer',
  'How many events were taken.',
  z.strictObject({
    accepted: z.int().min(0),
    status: z.enum(['ok', 'rejected']).describe('`rejected`: some were.'),
    tookMillis: z.int().min(0),
    updated: z.int().min(0).describe('Events that changed what is known.'),
    rejected: z.array(z.strictObject({ code: z.string(), message: z.string() })).optional(),
  }),
);
