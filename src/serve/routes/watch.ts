/** What the dashboard shows. */
import type { DashboardAnswer } from '../client/page-types.ts';
import type { VariantCount } from '../watch/live-minutes.ts';
import { MOST_RECENT } from '../wire/limits.ts';
import { dashboardAnswer, recentListsAnswer, recentQuery } from '../wire/watch-schemas.ts';
import { defineRoute, type Route } from './route.ts';

export const recentListsRoute: Route = defineRoute({
  method: 'GET',
  path: '/v1/lists',
  scope: 'admin',
  kind: 'watching',
  summary: 'The lists that were answered last, what was expected of them, and what became of them.',
  query: recentQuery,
  answer: recentListsAnswer,
  handle: async ({ query: { limit = MOST_RECENT } }, { host }) => ({ lists: host.live.recent(limit) }),
});

export const dashboardRoute: Route = defineRoute({
  method: 'GET',
  path: '/v1/dashboard',
  scope: 'admin',
  kind: 'watching',
  summary: 'How the server and its lists are: the figures of the page at /.',
  answer: dashboardAnswer,
  async handle(_, { host, metrics, isOpen }): Promise<DashboardAnswer> {
    const { isReady, journal, lag, memory, drift } = host.health;
    const now = Date.now();
    const { clock, users, items, openLists } = memory;
    return {
      now,
      since: host.live.since,
      ready: isReady && isOpen(),
      journal: journal === 'open' ? 'open' : journal.fault,
      ...{ sequence: host.sequence, lag, active: host.active },
      memory: {
        ...{ users, items, openLists },
        ageSeconds: clock === undefined ? null : Math.max(0, (now - clock) / 1000),
        bytes: process.memoryUsage.rss(),
      },
      minutes: host.live.minutes(),
      latency: metrics.latency(),
      variants: host.live.variants().map((count) => ({ ...count, ...wilson(count) })),
      drift: { ...drift, trainedRate: drift.trainedRate ?? null },
    };
  },
});

/** Of the normal distribution, for 95 %. */
const Z = 1.959964;

/** The interval of Wilson 1927: also near 0 and 1 it stays within them. */
function wilson({ lists, clickedLists }: Pick<VariantCount, 'lists' | 'clickedLists'>): {
  readonly low: number | null;
  readonly high: number | null;
} {
  if (lists === 0) return { low: null, high: null };
  const share = clickedLists / lists;
  const middle = (share + (Z * Z) / (2 * lists)) / (1 + (Z * Z) / lists);
  const half = (Z / (1 + (Z * Z) / lists)) * Math.sqrt((share * (1 - share)) / lists + (Z * Z) / (4 * lists * lists));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
