/** What is asked, and how. */
import { z } from 'zod';
import { generatorNames } from '../../generate/generators.ts';
import { objectiveNames } from '../../generate/request/objective.ts';
import { ruleKinds } from '../../generate/rules/rules.ts';
import { unlike } from '../../slate/nearest-name.ts';
import { oneOf, strictKeys } from '../../slate/strict-schema.ts';
import type { ExplainBody, GenerateBody, ScoreBody } from '../client/body-types.ts';
import { LONGEST_DEADLINE } from './limits.ts';
import { askedLists, explainedLists } from './list-request.ts';
import { modelName } from './model-name.ts';
import { namedSchema } from './named.ts';
import { asIfSchema } from './what-if-schemas.ts';

/** Of a number above zero: what is far smaller may be zero to a processor. */
const SMALLEST = 1e-6;

/** Kinds of a host's own may come beside those of the program: what is no rule is refused where it is read. */
const rulesSchema = namedSchema(
  'RulesByName',
  'What every list must keep, such as `{"unique": ["shop"]}`.',
  z.record(z.string(), z.unknown()),
  strictKeys(Object.fromEntries(ruleKinds.all.map(({ name, schema }) => [name, schema.optional()]))),
);

/** Those that need no folder of their own. */
const SEARCHES = generatorNames.filter((name) => name !== 'pointer');

const asking = {
  model: modelName.optional().describe('The active one where it is left out.'),
  requests: askedLists.describe('One list or several.'),
  deadlineMs: z
    .int()
    .min(1)
    .max(LONGEST_DEADLINE)
    .optional()
    .describe('Milliseconds after which a cheaper answer comes; its `fallback` says which.'),
};

/** Of what a server may note. */
const noting = {
  note: z
    .boolean()
    .optional()
    .describe(
      'False: nobody is shown the answer. It stands in no journal and among no last lists, and takes part in no experiment. True where it is left out.',
    ),
};

export const scoreBody: z.ZodType<ScoreBody> = namedSchema(
  'ScoreBody',
  'Lists to be scored or ranked.',
  strictKeys({ ...asking, ...noting }),
);

export const generateBody: z.ZodType<GenerateBody> = namedSchema(
  'GenerateBody',
  'Candidates, and what kind of list is to be made of them.',
  strictKeys({
    ...asking,
    ...noting,
    size: z
      .int()
      .min(1)
      .max(1000)
      .optional()
      .describe(
        'Items wanted; as many as the lists had that the model learned from, 10 at most, where it is left out.',
      ),
    rules: (rulesSchema as z.ZodType as z.ZodType<GenerateBody['rules']>)
      .optional()
      .describe('What every list must keep, such as `{"unique": ["shop"]}`.'),
    generator: (oneOf(SEARCHES) as z.ZodType as z.ZodType<GenerateBody['generator']>)
      .optional()
      .describe('`beam+swap` where it is left out.'),
    objective: z
      .string()
      .max(200)
      .regex(/^(clicks|any|value:[^\n]+)$/, { error: ({ input }) => unlike(input, objectiveNames) })
      .optional()
      .describe('`clicks`, `any`, or `value:<field>`: clicks, each times a numeric field of its item.'),
    alternatives: z.int().min(0).max(20).optional().describe('Further lists, the next best.'),
    diversity: z
      .number()
      .min(0)
      .max(1000)
      .optional()
      .describe('Taken off the value for the mean likeness of the items.'),
    page: z
      .union([z.int().min(1).max(1000), z.literal('candidates')])
      .optional()
      .describe('Items of the page whose top the list is.'),
    best: oneOf(['none', 'if-few', 'search'])
      .optional()
      .describe(
        'Whether to look for the best list there is, to tell how far the answer is from it; `none` where it is left out.',
      ),
    prices: z.boolean().optional().describe('Whether to tell what each rule costs; not told where it is left out.'),
    asIf: asIfSchema.optional(),
    explore: (
      strictKeys({
        policy: oneOf(['plackett-luce', 'epsilon']),
        temperature: z
          .number()
          .min(SMALLEST)
          .optional()
          .describe(
            'Of plackett-luce, in units of the objective: an item that adds so much more is e times as likely.',
          ),
        values: oneOf(['above', 'alone'])
          .optional()
          .describe(
            'Of plackett-luce: what an item is worth below those above it, or by itself; `above` where left out.',
          ),
        epsilon: z.number().min(SMALLEST).max(1).optional().describe('Of epsilon: the share of lists that are drawn.'),
        price: z.boolean().optional().describe('Whether to tell what exploring costs on average, which takes time.'),
      }) as z.ZodType as z.ZodType<GenerateBody['explore']>
    )
      .optional()
      .describe(
        'Draws the list at random with known probabilities instead of taking the best. Each request needs an `id` of its own, or is given one.',
      ),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31)
      .optional(),
  }),
);

export const explainBody: z.ZodType<ExplainBody> = namedSchema(
  'ExplainBody',
  'Lists to be explained.',
  strictKeys({ ...asking, requests: explainedLists.describe('Short lists, as they are shown.') }),
);
