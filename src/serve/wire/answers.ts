/** What asking is answered with. */
import { z } from 'zod';
import type { ExplainAnswer, GenerateAnswer, ScoreAnswer } from '../client/answer-types.ts';
import { namedSchema } from './named.ts';

const told = {
  asOf: z
    .number()
    .optional()
    .describe(
      'Of a request from before the latest event: its time, as of which the request is answered; epoch milliseconds.',
    ),
  warnings: z.array(z.string()).optional().describe('What is odd about the request.'),
};
const head = {
  model: z.string().describe('That answered.'),
  sequence: z.int().min(0).describe('The answer knows of the events up to this one at least.'),
};
const part = {
  model: z.string().optional().describe('That answered this list; only where its user takes part in an experiment.'),
  experiments: z
    .record(z.string(), z.string())
    .optional()
    .describe('Of each experiment that the user takes part in: the name of the variant.'),
};
const probability = z
  .number()
  .nullable()
  .describe('That the item is clicked in the company of the list; null where the deadline left no time for it.');
const expectedClicks = z.number().nullable().describe('Sum of the probabilities.');
const anyClick = z.number().nullable().describe('Probability of at least one click.');

const fallback = z
  .enum(['top', 'given-order'])
  .optional()
  .describe(
    'The deadline left time for no more than this: the items one by one, or the order in which they were given.',
  );

const scoredItem = namedSchema(
  'ScoredPlace',
  'An item of a scored list.',
  z.strictObject({
    item: z.string(),
    probability,
    rank: z.int().min(1).describe('From 1, by probability; ties keep the order that was given.'),
  }),
);

const scoredList = namedSchema(
  'ScoredItems',
  'The answer for one list.',
  z.strictObject({
    request: z.string(),
    items: z.array(scoredItem),
    expectedClicks,
    anyClick,
    ...told,
    ...part,
    fallback,
  }),
);

export const scoreAnswer: z.ZodType<ScoreAnswer> = namedSchema(
  'ScoreAnswer',
  'Click probabilities, list by list.',
  z.strictObject({ ...head, lists: z.array(scoredList) }),
);

const madeList = namedSchema(
  'ComposedList',
  'A list that was composed.',
  z.strictObject({
    items: z.array(
      z.strictObject({
        item: z.string(),
        position: z.int().min(0),
        probability,
        propensity: z
          .number()
          .optional()
          .describe('Of an explored list: how probable the item was at this place, given those above it.'),
        placePropensity: z.number().optional().describe('The same whatever stands above; only where it is known.'),
      }),
    ),
    value: z.number().nullable().describe('What the objective gives it.'),
    expectedClicks,
    anyClick,
    propensity: z.number().optional().describe('Of an explored list: how probable it was as a whole.'),
  }),
);

const madeLists = namedSchema(
  'ComposedLists',
  'The answer for one set of candidates.',
  z.strictObject({
    request: z.string(),
    slates: z.array(madeList).min(1).describe('The best first, then the alternatives.'),
    policy: z.string().optional().describe('What drew the list, where lists are explored.'),
    explorePrice: z
      .strictObject({
        best: z.number().describe('The value of the list that would be answered if nothing were explored.'),
        expected: z.number().describe("The value of the policy's lists on average."),
        cost: z.number(),
        low: z.number().nullable(),
        high: z.number().nullable(),
        by: z.enum(['exhaustive', 'sample']),
      })
      .optional()
      .describe('What exploring costs on average, by the model, with a 95 % interval.'),
    generator: z.string(),
    objective: z.string(),
    diversity: z.number(),
    cut: z
      .enum(['bound', 'deadline'])
      .optional()
      .describe('Why the search ended before its own end, with the best list so far.'),
    best: z
      .strictObject({ value: z.number(), by: z.enum(['exhaustive', 'search']), items: z.array(z.string()) })
      .optional(),
    gap: z.number().optional().describe('Share of the best value that the list misses.'),
    rules: z.array(
      z.strictObject({
        rule: z.string(),
        price: z.number().nullable(),
        share: z.number().nullable(),
        sentence: z.string(),
      }),
    ),
    learnedObjective: z.string().optional(),
    ...told,
    ...part,
    fallback,
  }),
);

export const generateAnswer: z.ZodType<GenerateAnswer> = namedSchema(
  'GenerateAnswer',
  'Lists that were composed.',
  z.strictObject({ ...head, lists: z.array(madeLists) }),
);

const meanOfOthers = z
  .strictObject({ mean: z.number(), low: z.number().nullable(), high: z.number().nullable() })
  .nullable();
const matrix = z.array(z.array(z.number().nullable()));

const explainedList = namedSchema(
  'ExplainedItems',
  'What the items of a list do to each other.',
  z.strictObject({
    request: z.string(),
    items: z.array(
      z
        .strictObject({
          item: z.string(),
          position: z.int().min(0),
          probability: z.number(),
          average: meanOfOthers.describe('The same in average company, with an interval.'),
          anyClickChange: z
            .number()
            .describe('What its being there changes in the probability that anything is clicked.'),
        })
        .nullable(),
    ),
    expectedClicks: z.number(),
    anyClick: z.number(),
    influence: matrix.describe(
      'Row j, column i: what the item at place j does to the click probability of the item at place i.',
    ),
    logitInfluence: matrix,
    ...told,
  }),
);

export const explainAnswer: z.ZodType<ExplainAnswer> = namedSchema(
  'ExplainAnswer',
  'Lists that were explained.',
  z.strictObject({ ...head, lists: z.array(explainedList) }),
);
