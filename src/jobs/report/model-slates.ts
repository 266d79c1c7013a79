/** What a model says of some of the lists that it keeps. */
import { inCompany } from '../../scoring/average-company.ts';
import { createCandidateScorer } from '../../scoring/candidate-scorer.ts';
import { influence } from '../../scoring/influence.ts';
import type { StoredModel } from '../../scoring/model-folder.ts';
import { pagePlaces } from '../../scoring/page-places.ts';
import { EMPTY } from '../../slate/places.ts';
import { type ExampleSlate, fitsPicture, nameOf, namingField, SLATES } from './example-slates.ts';

/** Answered from what the model knows now, as `explain` does; none of a model that sees no list or keeps none. */
export async function modelSlates(stored: StoredModel): Promise<readonly ExampleSlate[]> {
  const { lists = [], model, features, memory } = stored;
  if (!model.scorer.seesCompany) return [];
  const field = namingField(features.schema.item.map(({ name }) => name));
  const scorer = await createCandidateScorer(stored, { workers: 1 });
  try {
    const slates: ExampleSlate[] = [];
    for (const list of lists.filter(({ items }) => fitsPicture(items.length)).slice(0, SLATES)) {
      const others = lists.filter((each) => each !== list);
      const { request, companies } = inCompany({ ...list, time: Math.max(list.time, memory.clock) }, others);
      const places = pagePlaces(list);
      const open = scorer.open(request);
      const found = await influence(places, (asked) => open.score(asked, { missing: 'nothing' }), { companies });
      const present = [...places.keys()].filter((place) => places[place] !== EMPTY);
      slates.push({
        items: present.map((place) => {
          const { id, fields } = list.items[places[place]];
          const { mean, low, high } = found.averageK[place];
          return {
            ...{ id, name: nameOf({ id, fields: { ...memory.items.fieldsOf(id), ...fields } }, field) },
            probability: found.togetherK[place],
            ...(Number.isNaN(mean) ? {} : { average: { mean, low, high } }),
          };
        }),
        influence: present.map((j) => present.map((i) => (i === j ? 0 : found.influenceKK[j][i]))),
      });
    }
    return slates;
  } finally {
    await scorer.close();
  }
}
