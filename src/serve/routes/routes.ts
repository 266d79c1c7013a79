/** Every route, in the order of the documents. */
import { activateRoute } from './activate.ts';
import { docsRoute, documentRoute } from './document.ts';
import { eraseUserRoute } from './erase-user.ts';
import { eventsRoute } from './events.ts';
import { explainRoute } from './explain.ts';
import { generateRoute } from './generate.ts';
import { liveRoute, readyRoute } from './health.ts';
import { itemsRoute, usersRoute } from './known.ts';
import { metarankFeedbackRoute } from './metarank-feedback.ts';
import { metarankRankRoute } from './metarank-rank.ts';
import { metricsRoute } from './metrics.ts';
import { modelsRoute } from './models.ts';
import { rankRoute } from './rank.ts';
import { reportRoute, reportsRoute } from './reports.ts';
import type { Route } from './route.ts';
import { scoreRoute } from './score.ts';
import { startRoute } from './start.ts';
import { dashboardRoute, recentListsRoute } from './watch.ts';
import { whatIfRoute } from './what-if.ts';

export const routes: readonly Route[] = [
  scoreRoute,
  rankRoute,
  generateRoute,
  explainRoute,
  whatIfRoute,
  eventsRoute,
  modelsRoute,
  itemsRoute,
  usersRoute,
  activateRoute,
  eraseUserRoute,
  metarankRankRoute,
  metarankFeedbackRoute,
  liveRoute,
  readyRoute,
  metricsRoute,
  startRoute,
  dashboardRoute,
  recentListsRoute,
  reportsRoute,
  reportRoute,
  documentRoute,
  docsRoute,
];
