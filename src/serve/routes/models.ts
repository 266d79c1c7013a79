import type { ModelAnswer } from '../client/answer-types.ts';
import type { HostedModel } from '../host.ts';
import { modelsAnswer } from '../wire/admin-schemas.ts';
import { defineRoute, type Route } from './route.ts';

/** The models that there are. */
export const modelsRoute: Route = defineRoute({
  method: 'GET',
  path: '/v1/models',
  scope: 'rank',
  kind: 'ruling',
  summary: 'The models that can answer, how they were trained, and which one answers where a request names none.',
  answer: modelsAnswer,
  handle: async (_, { host }) => ({ active: host.active, models: host.models().map(modelAnswerOf) }),
});

/** Without what training read: its samples of rejected events are not for clients. */
export function modelAnswerOf({ name, state, report }: HostedModel): ModelAnswer {
  const { recipe, seed, fields, lists, validation, test } = report;
  return { name, state, recipe, seed, fields, lists, validation, ...(test ? { test } : {}) };
}
