import { z } from 'zod';
import { modelAnswer } from '../wire/admin-schemas.ts';
import { HttpFault } from '../wire/http-fault.ts';
import { modelName } from '../wire/model-name.ts';
import { modelAnswerOf } from './models.ts';
import { defineRoute, type Route } from './route.ts';

/** Lets another model answer. */
export const activateRoute: Route = defineRoute({
  method: 'POST',
  path: '/v1/models/{name}/activate',
  scope: 'admin',
  kind: 'ruling',
  summary:
    'Loads a model beside the one that answers, brings its memory up to now, and lets it answer. No request is lost.',
  params: z.strictObject({ name: modelName }),
  answer: modelAnswer,
  faults: [404, 409],
  async handle({ params: { name }, ofModel }, { host, activating }) {
    if (activating.size > 0)
      throw new HttpFault(
        'activation-under-way',
        `${name}: expected no other activation under way, found one; ask again after the seconds of the header retry-after`,
      );
    activating.add(name);
    try {
      const model = await host.activate(name);
      ofModel(model.name);
      return modelAnswerOf(model);
    } finally {
      activating.delete(name);
    }
  },
});
