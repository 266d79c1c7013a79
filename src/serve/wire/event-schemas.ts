/** What happened, as senders say it. */
import { z } from 'zod';
import { strictKeys } from '../../slate/strict-schema.ts';
import type { EventsAnswer } from '../client/answer-types.ts';
import type { SentEvent } from '../client/body-types.ts';
import { MOST_EVENTS, MOST_ITEMS } from './limits.ts';
import { namedSchema } from './named.ts';
import { changesSchema, fieldsSchema, idSchema, sequenceSchema, timeSchema, userSchema, wordSchema } from './values.ts';

/** Of an alternative that is answered, and that nobody should send. */
export const UNTYPED = 'Anything else is no event: it is answered as rejected, with the reason.';

const moment = {
  time: timeSchema.optional().describe('Now where it is left out.'),
  timestamp: timeSchema.optional().describe('The same, under the name that logs have.'),
};
const eventId = idSchema.optional().describe('Of the event: one that comes again is taken once.');
const probability = z.number().gt(0).max(1).optional();

const itemEvent = namedSchema(
  'SentItem',
  'What is known of an item from a time on: what is named changes, the rest stays, null deletes a field.',
  strictKeys({ event: z.literal('item'), id: eventId, item: idSchema, ...moment, fields: changesSchema.optional() }),
);

const userEvent = namedSchema(
  'SentUser',
  'What is known of a user, in the same way.',
  strictKeys({ event: z.literal('user'), id: eventId, user: idSchema, ...moment, fields: changesSchema.optional() }),
);

const shownItem = namedSchema(
  'SentListItem',
  'An item of a list that was shown.',
  strictKeys({
    id: idSchema,
    fields: fieldsSchema.optional(),
    position: z.int().min(0).optional(),
    row: z.int().min(0).optional(),
    col: z.int().min(0).optional(),
    propensity: probability,
    placePropensity: probability,
  }),
);

const shownList = namedSchema(
  'SentList',
  'A list that was shown, in the order in which it was shown.',
  strictKeys({
    event: z.literal('ranking'),
    id: idSchema.describe('Of the list: clicks name it.'),
    ...moment,
    user: userSchema.optional(),
    session: wordSchema.optional(),
    surface: wordSchema.optional(),
    variant: wordSchema.optional(),
    policy: wordSchema.optional(),
    propensity: z.number().optional(),
    fields: fieldsSchema.optional(),
    items: z
      .array(z.union([idSchema, shownItem]))
      .min(1)
      .max(MOST_ITEMS),
  }),
);

const interaction = namedSchema(
  'SentInteraction',
  'What a user did to an item of a list. It names the list, or the user who saw it, or both.',
  strictKeys({
    event: z.literal('interaction'),
    id: eventId,
    ...moment,
    ranking: idSchema.optional(),
    user: idSchema.optional(),
    session: wordSchema.optional(),
    item: idSchema,
    type: z.string().min(1).max(200).describe('`click` counts as a click; others where the model learned from them.'),
  }),
);

/** The client's types leave it out. What has the key `events` is no event, but would hold some. */
const otherEvent = z.record(z.string().regex(/^(?!(__proto__|events)$)/), z.unknown()).meta({ description: UNTYPED });

/** Judged one by one by the host: one event that cannot be used costs the others nothing. */
const anyEvent: z.ZodType<SentEvent> = namedSchema(
  'SentEvent',
  'An event.',
  z.looseObject(
    {},
    {
      error:
        'Invalid input: expected an event, an object such as { "event": "interaction", "ranking", "item", "type" }',
    },
  ) as unknown as z.ZodType<SentEvent>,
  z.union([itemEvent, userEvent, shownList, interaction, otherEvent]),
);

const many = z.array(anyEvent).min(1, 'expected at least one event, found an empty list').max(MOST_EVENTS);

/** One event, or a list of them; read as a list. */
export const eventsBody: z.ZodType<SentEvent[]> = namedSchema(
  'EventsBody',
  'One event, or a list of them. An event that cannot be used is answered as rejected, and costs the others nothing.',
  z.preprocess((body, context) => {
    if (Array.isArray(body)) return body;
    const fault = noEventFault(body);
    if (fault === undefined) return [body];
    context.addIssue({ code: 'custom', message: fault, input: body });
    return z.NEVER;
  }, many),
  z.union([anyEvent, many]),
);

const EXAMPLE = '{"event": "interaction", "ranking": "page-1", "item": "i1", "type": "click"}';

/** What is said of a body that is neither an event nor a list of them; undefined of an object that the host may judge. */
function noEventFault(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null)
    return `expected an event such as ${EXAMPLE}, or a list of them in [ ], found ${body === null ? 'null' : `a ${typeof body}`}; send JSON of one of these`;
  return 'events' in body
    ? `expected an event such as ${EXAMPLE}, or a list of them in [ ], found an object with a key "events"; send what is in it by itself`
    : undefined;
}

const outcome = namedSchema(
  'EventOutcome',
  'What became of an event.',
  z.union([
    z.strictObject({
      taken: z.literal(true),
      applied: z
        .enum(['taken', 'late', 'again', 'held', 'other'])
        .describe(
          '`late`: it entered at the time of the latest event; `again`: it was known; `held`: it is from the future and entered now; `other`: an interaction that is no click.',
        ),
      sequence: sequenceSchema,
    }),
    z.strictObject({ taken: z.literal(false), code: z.string(), message: z.string() }),
  ]),
);

export const eventsAnswer: z.ZodType<EventsAnswer> = namedSchema(
  'EventsAnswer',
  'What became of the events, in their order.',
  z.strictObject({
    sequence: sequenceSchema.describe('Answers that are asked for `after` it know of all of them.'),
    taken: z.int().min(0),
    rejected: z.int().min(0),
    outcomes: z.array(outcome),
  }),
);
