/** What those who watch are answered: the last lists, the figures of the dashboard, reports. */
import { z } from 'zod';
import { strictKeys } from '../../slate/strict-schema.ts';
import type { DashboardAnswer, RecentListsAnswer, ReportsAnswer } from '../client/page-types.ts';
import { limitSchema } from './known-schemas.ts';
import { MOST_RECENT } from './limits.ts';
import { askedList } from './list-request.ts';
import { namedSchema } from './named.ts';

const recentList = namedSchema(
  'RecentAnswer',
  'A list that was answered lately.',
  z.strictObject({
    at: z.number().describe('When; epoch milliseconds.'),
    asked: z.enum(['generate', 'rank']),
    model: z.string(),
    request: askedList.describe('As it was asked; its items are what the list was made from.'),
    items: z
      .array(z.strictObject({ item: z.string(), probability: z.number().nullable() }))
      .describe('The list, from the top, with the probabilities that were answered.'),
    experiments: z.record(z.string(), z.string()).optional(),
    isShown: z.boolean().describe('A list of the same id was told as shown.'),
    clicked: z.array(z.string()).describe('Items that were clicked.'),
  }),
);

export const recentQuery: z.ZodType<{ readonly limit?: number | undefined }> = strictKeys({
  limit: limitSchema(MOST_RECENT),
});

export const recentListsAnswer: z.ZodType<RecentListsAnswer> = namedSchema(
  'RecentListsAnswer',
  'Lists that were answered by rank or generate and had an id, the latest first.',
  z.strictObject({ lists: z.array(recentList).max(MOST_RECENT) }),
);

const minute = z.strictObject({
  from: z.number().describe('Epoch milliseconds.'),
  lists: z.int().describe('Lists that were told as shown.'),
  shownItems: z.int(),
  clicks: z.int().describe('Clicks that were told in this minute.'),
  answeredItems: z.int().describe('Items of lists that were shown as they were answered.'),
  expectedClicks: z.number().describe('Clicks that were expected on these.'),
  answeredClicks: z.int().describe('Clicks that came on these so far.'),
});

const variant = z.strictObject({
  experiment: z.string(),
  variant: z.string(),
  lists: z.int().describe('Lists of it that were shown.'),
  clickedLists: z.int().describe('Those with a click.'),
  clicks: z.int(),
  low: z
    .number()
    .nullable()
    .describe('95 % interval (Wilson) of the share of lists with a click, as if lists were independent.'),
  high: z.number().nullable(),
});

const latency = z.strictObject({
  route: z.string(),
  calls: z.int().describe('Since the start.'),
  failed: z.int().describe('Of these, errors of the server.'),
  p50: z.number().describe('Milliseconds, of the last 1,000 calls.'),
  p95: z.number(),
  p99: z.number(),
});

const drift = z.strictObject({
  lists: z.int().describe('Lists that were shown in the last day, but for those whose clicks may still come.'),
  shownItems: z.int(),
  clicks: z.int(),
  trainedRate: z.number().nullable().describe('Clicks for each shown item in the training log.'),
  answeredClicks: z.int().describe('Clicks on lists that were shown as answered.'),
  expectedClicks: z.number().describe('Clicks that were expected on these.'),
  fields: z
    .array(z.strictObject({ field: z.string(), index: z.number(), low: z.number(), high: z.number() }))
    .describe('How far the values of each field have moved since training: the stability index, with its interval.'),
  alarms: z.array(z.string()).describe('What a person should look at.'),
});

export const dashboardAnswer: z.ZodType<DashboardAnswer> = namedSchema(
  'DashboardAnswer',
  'How the server and its lists are.',
  z.strictObject({
    now: z.number().describe('Epoch milliseconds.'),
    since: z.number().describe('When the process began; what is counted here began then.'),
    ready: z.boolean(),
    journal: z.string().describe('`open`, or why events cannot be taken.'),
    sequence: z.int(),
    lag: z.int().describe('Events that were written and that answers do not know of yet.'),
    memory: z.strictObject({
      users: z.int(),
      items: z.int(),
      openLists: z.int().describe('Lists that clicks may still come for.'),
      ageSeconds: z.number().nullable().describe('Since the latest event, by its own time.'),
      bytes: z.number().describe('Memory of the process.'),
    }),
    active: z.string().describe('The model that answers where a request names none.'),
    minutes: z.array(minute).describe('The last hour, the oldest first.'),
    latency: z.array(latency).describe('By route.'),
    variants: z.array(variant).describe('Of the experiments.'),
    drift,
  }),
);

const report = z.strictObject({
  name: z.string().describe('Its path within the folder of reports.'),
  title: z.string(),
  at: z.number().describe('When it was written; epoch milliseconds.'),
});

export const reportsAnswer: z.ZodType<ReportsAnswer> = namedSchema(
  'ReportsAnswer',
  'Pages that `slatewise report` and other commands wrote, the latest first.',
  z.strictObject({ reports: z.array(report) }),
);
