/** Models, persons, and how the server is. */
import { z } from 'zod';
import type {
  ErasedAnswer,
  ErrorAnswer,
  LiveAnswer,
  ModelAnswer,
  ModelsAnswer,
  ReadyAnswer,
} from '../client/answer-types.ts';
import { namedSchema } from './named.ts';
import { sequenceSchema } from './values.ts';

const figures = z.strictObject({
  logLoss: z.number().nullable(),
  rocAuc: z.number().nullable(),
  ndcgAt10: z.number().nullable(),
});

export const modelAnswer: z.ZodType<ModelAnswer> = namedSchema(
  'ModelAnswer',
  'A model that can answer.',
  z.strictObject({
    name: z.string(),
    state: z.enum(['active', 'loaded', 'on disk']),
    recipe: z.string(),
    seed: z.number(),
    fields: z.record(z.string(), z.string()).describe('Kind of each field.'),
    lists: z
      .strictObject({ train: z.number(), validation: z.number(), test: z.number() })
      .describe('By part of the log.'),
    validation: figures,
    test: figures.optional(),
  }),
);

export const modelsAnswer: z.ZodType<ModelsAnswer> = namedSchema(
  'ModelsAnswer',
  'The models that there are.',
  z.strictObject({ active: z.string().describe('Answers where a request names none.'), models: z.array(modelAnswer) }),
);

export const erasedAnswer: z.ZodType<ErasedAnswer> = namedSchema(
  'ErasedAnswer',
  'That a person is forgotten.',
  z.strictObject({ erased: z.boolean().describe('Whether anything was known.') }),
);

export const liveAnswer: z.ZodType<LiveAnswer> = namedSchema(
  'LiveAnswer',
  'The process answers.',
  z.strictObject({ live: z.literal(true) }),
);

export const readyAnswer: z.ZodType<ReadyAnswer> = namedSchema(
  'ReadyAnswer',
  'Whether lists can be answered and events taken.',
  z.strictObject({
    ready: z.boolean(),
    journal: z.string().describe('`open`, or why events cannot be taken.'),
    sequence: sequenceSchema,
    lag: z.int().min(0).describe('Events that were written and that answers do not know of yet.'),
    model: z
      .string()
      .optional()
      .describe(
        'Why the model that all replicas were told to answer from does not answer here; left out where it does.',
      ),
    alarms: z.array(z.string()).optional(),
  }),
);

export const errorAnswer: z.ZodType<ErrorAnswer> = namedSchema(
  'ErrorAnswer',
  'What was wrong.',
  z.strictObject({
    code: z.string().describe('What is wrong in one stable word.'),
    message: z.string().describe('What was expected, what was found, where, and what to do.'),
    requestId: z.string().describe('By which the log knows the request.'),
  }),
);
